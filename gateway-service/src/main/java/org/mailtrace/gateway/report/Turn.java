package org.mailtrace.gateway.report;

import java.util.List;
import org.mailtrace.jobs.Finding;

/** What one step with one source brought. */
record Turn(Leg leg, List<Finding> findings) {
    Turn {
        findings = List.copyOf(findings);
    }

    static Turn to(Leg leg) {
        return new Turn(leg, List.of());
    }
}
