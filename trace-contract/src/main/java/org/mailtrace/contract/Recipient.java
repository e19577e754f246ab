package org.mailtrace.contract;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The last word of one source on one recipient of one message.
 *
 * @param address the envelope recipient as the source wrote it
 * @param status what became of it there
 * @param rawStatus the vendor's own word
 * @param at when that was, UTC
 * @param reason an open word such as {@code spam}, {@code bulk}, {@code moderation}, {@code tls}
 * @param nextHop who accepted it, for {@link RecipientStatus#PASSED_ON} and {@link RecipientStatus#DEFERRED}
 * @param relatedAddresses where it went on to, for resolved, expanded and redirected recipients
 * @param quarantine where it is held
 * @param explanation one sentence for a person
 * @param nextAction one sentence that says what to do
 */
public record Recipient(
        String address,
        RecipientStatus status,
        Optional<String> rawStatus,
        Optional<Instant> at,
        Optional<String> reason,
        Optional<NextHop> nextHop,
        List<String> relatedAddresses,
        Optional<Quarantine> quarantine,
        String explanation,
        Optional<String> nextAction) {
    public Recipient {
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(status, "status");
        rawStatus = Absent.toEmpty(rawStatus);
        at = Absent.toEmpty(at);
        reason = Absent.toEmpty(reason);
        nextHop = Absent.toEmpty(nextHop);
        relatedAddresses = Absent.toEmpty(relatedAddresses);
        quarantine = Absent.toEmpty(quarantine);
        Objects.requireNonNull(explanation, "explanation");
        nextAction = Absent.toEmpty(nextAction);
    }
}
