package org.mailtrace.onprem.live;

import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.mailtrace.contract.MailId;
import org.mailtrace.index.IndexRow;

/**
 * One question to all servers.
 *
 * @param plan what is asked in the first round, for a server's window
 * @param to end of the window, UTC, exclusive
 * @param followTo up to when the other rows of a message are looked for, UTC, exclusive
 * @param wanted whether rows of one message answer the question
 * @param known messages that are asked for again although no server has found them yet
 */
record LiveInquiry(PlanFor plan, Instant to, Instant followTo, Predicate<List<IndexRow>> wanted, List<MailId> known) {
    LiveInquiry {
        known = List.copyOf(known);
    }

    /** What is asked for the window that one server is asked about. */
    @FunctionalInterface
    interface PlanFor {
        CmdletPlan from(Instant from);
    }
}
