package org.mailtrace.exo.history;

import java.util.Optional;
import org.mailtrace.contract.Question;

/** What has to be known of a report to take a file in for it. */
public interface ReportDesk {
    /**
     * A report that is done by a historical search.
     *
     * @param owner who asked for it
     * @param over whether nothing is added to it any more
     * @param memory what its search remembers; empty once it has been read, and if it is done another way
     */
    record Ordered(String owner, boolean over, Question question, Optional<String> memory) {}

    /** The report, whoever owns it. */
    Optional<Ordered> find(String id);
}
