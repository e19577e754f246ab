package org.mailtrace.exo.report;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mailtrace.jobs.Finding;

/**
 * What one step brought: what is stored, and where it goes on.
 *
 * @param pause when it goes on, if not at once
 */
record Turn(Checkpoint checkpoint, List<Finding> findings, Optional<Pause> pause) {
    /**
     * A pause.
     *
     * @param until UTC
     * @param reason one sentence
     */
    record Pause(Instant until, String reason) {}

    Turn {
        findings = List.copyOf(findings);
    }

    Turn(Checkpoint checkpoint, List<Finding> findings) {
        this(checkpoint, findings, Optional.empty());
    }

    static Turn to(Checkpoint checkpoint) {
        return new Turn(checkpoint, List.of());
    }
}
