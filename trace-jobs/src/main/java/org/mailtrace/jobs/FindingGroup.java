package org.mailtrace.jobs;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Findings that belong together.
 *
 * @param firstAt the earliest of them, UTC, to the millisecond
 * @param findings at least one, ordered by key
 */
public record FindingGroup(String key, Instant firstAt, List<Finding> findings) {
    public FindingGroup {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(firstAt, "firstAt");
        findings = List.copyOf(findings);
    }
}
