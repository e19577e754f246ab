package org.mailtrace.gateway.report;

import java.util.Optional;
import org.mailtrace.contract.Question;
import org.mailtrace.contract.Report;
import org.mailtrace.contract.SourceAnswer;
import org.mailtrace.gateway.ask.Caller;

/** The sources as a report asks them. Every method but {@link #ask} throws a {@code SourceFailure} if there is no answer. */
interface Desk {
    /** One page, answered at once; never throws. */
    SourceAnswer ask(String source, Question question, Caller caller);

    /** Orders a report of the source's own; the same key leads to the same report. */
    Report order(String source, Question question, String key, Caller caller);

    /** How far that is; empty if the source says that there is no such report. */
    Optional<Report> look(String source, String id, Caller caller);

    /**
     * A page of what it found, together with how well the source looked; believed no further than an answer at once.
     *
     * @param page the question that the report answers, with the size and the cursor of the page
     */
    SourceAnswer read(String source, String id, Question page, Caller caller);

    /** Cancels it. */
    void cancel(String source, String id, Caller caller);
}
