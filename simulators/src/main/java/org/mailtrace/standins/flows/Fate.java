package org.mailtrace.standins.flows;

import java.util.List;

/**
 * What really became of a message for one recipient.
 *
 * @param recipient the address
 * @param outcome the outcome word; {@code GONE} for what left a quarantine without a trace
 * @param where the system that has, ended or handed it over; empty if nobody of ours did
 * @param direction where it came from and goes to
 * @param readdressedTo whom it really went on to
 * @param inMailboxOf how many of those it went on to, or the recipient alone, really have it in a mailbox
 * @param host the outside host that took it; empty if none did
 * @param needs the systems whose rows suffice, together, to prove the outcome; empty if nobody can
 */
public record Fate(
        String recipient,
        String outcome,
        String where,
        String direction,
        List<String> readdressedTo,
        int inMailboxOf,
        String host,
        List<String> needs) {
    /** The outcome of a message that was held, is held no more, and of which no system knows more. */
    public static final String GONE = "GONE";

    public Fate {
        readdressedTo = List.copyOf(readdressedTo);
        needs = List.copyOf(needs);
    }
}
