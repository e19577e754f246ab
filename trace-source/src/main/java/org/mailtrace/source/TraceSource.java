package org.mailtrace.source;

import org.mailtrace.contract.Question;
import org.mailtrace.contract.SourceAnswer;
import org.mailtrace.contract.SourceInfo;

/**
 * One mail source. A service implements this port once; the addresses, errors and metrics around it are the same for all
 * of them. Implementations answer with a state instead of throwing whenever the vendor gave no answer, and never answer
 * with an empty list unless they looked. They may be called by many virtual threads at once.
 */
public interface TraceSource {
    /** The source's name, such as {@code exchange-online}. */
    String name();

    /**
     * Searches.
     *
     * @throws org.mailtrace.contract.InvalidQuestionException if the cursor is not one of ours
     */
    SourceAnswer search(Question question);

    /**
     * Looks one observation up with all its events. The answer holds one observation, or none together with a state
     * that says whether the source looked.
     */
    SourceAnswer find(String sourceId);

    /** How the source is doing; asks the vendor nothing. */
    SourceInfo info();
}
