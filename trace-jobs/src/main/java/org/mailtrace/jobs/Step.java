package org.mailtrace.jobs;

import java.util.List;
import java.util.Objects;

/**
 * A stretch of work that is done: its findings and where to go on are stored in one transaction, so that after a kill
 * nothing is lost and nothing is done twice in the result.
 *
 * @param checkpoint where the work goes on
 * @param progress how far it is
 * @param findings what was found
 */
public record Step(String checkpoint, String progress, List<Finding> findings) {
    public Step {
        Objects.requireNonNull(checkpoint, "checkpoint");
        Objects.requireNonNull(progress, "progress");
        findings = List.copyOf(findings);
    }
}
