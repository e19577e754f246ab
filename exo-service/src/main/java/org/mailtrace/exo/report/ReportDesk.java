package org.mailtrace.exo.report;

import java.util.Optional;
import org.mailtrace.contract.Question;

/** What whoever takes a file in for a report has to know of it. */
public interface ReportDesk {
    /**
     * A report.
     *
     * @param owner who asked for it
     * @param over whether nothing is added to it any more
     * @param memory what another way of searching remembers; empty once it has been read, and if it is done another way
     */
    record Ordered(String owner, boolean over, Question question, Optional<String> memory) {}

    /** The report, whoever owns it. */
    Optional<Ordered> find(String id);
}
