package org.mailtrace.gateway.answer;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mailtrace.contract.Direction;
import org.mailtrace.contract.Outcome;

/**
 * What became of a message for one recipient.
 *
 * @param where the last proven custodian
 * @param via further addresses of the same mailbox
 * @param readdressedTo other people's addresses that it went on to
 * @param evidence what the sentence rests on
 */
public record TraceRecipient(
        String address,
        Outcome outcome,
        Direction direction,
        Optional<String> where,
        Optional<Instant> since,
        Optional<String> reason,
        List<String> via,
        List<String> readdressedTo,
        String sentence,
        Optional<String> nextAction,
        List<Evidence> evidence) {
    public TraceRecipient {
        via = List.copyOf(via);
        readdressedTo = List.copyOf(readdressedTo);
        evidence = List.copyOf(evidence);
    }

    /** One vendor's word that the conclusion rests on. */
    public record Evidence(
            String source,
            String sourceId,
            Instant at,
            String status,
            Optional<String> rawStatus,
            String explanation) {}
}
