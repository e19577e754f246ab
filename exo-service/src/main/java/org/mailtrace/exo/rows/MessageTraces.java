package org.mailtrace.exo.rows;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mailtrace.contract.CircuitState;
import org.mailtrace.exo.quota.Errand;

/**
 * Exchange Online's message traces, whichever interface carries them. Every request is paid for from the tenant's quota
 * by the errand it is sent for; none is ever held back to wait for it.
 */
public interface MessageTraces {
    /** Whether a filter may name several recipients; otherwise each needs a request of its own. */
    boolean takesSeveralRecipients();

    /** All rows that a filter selects, page by page. What was read stays, whatever happens later; never throws. */
    Rows rows(TraceFilter filter, Errand errand);

    /**
     * One page of the rows that a filter selects. A row at the edge of a page may come again on the next one; whoever
     * puts pages together keeps each {@link TraceRow.Key} once.
     *
     * @param filter the same for all pages
     * @param place where it begins, as an earlier page said, also long ago and in another process; empty for the first
     *     page
     * @throws org.mailtrace.http.guard.SourceFailure if there is no answer; {@code CANNOT_ANSWER} if the place is none of
     *     this interface at its configured address, which asking again does not change
     */
    RowPage page(TraceFilter filter, Optional<String> place, Errand errand);

    /**
     * The events of one recipient of one message, in no particular order.
     *
     * @throws org.mailtrace.http.guard.SourceFailure if there is no answer, or the address cannot be asked for
     */
    List<DetailRow> details(TraceRow row, Errand errand);

    /** State of the circuit towards the vendor. */
    CircuitState circuit();

    /** When the vendor last answered, UTC. */
    Optional<Instant> lastSuccess();
}
