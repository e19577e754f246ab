package org.mailtrace.standins.story;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One thing that one system did with a message.
 *
 * @param at when, by that system's clock
 * @param visibleAt when the system first shows it; later than {@code at} for late rows
 * @param recipients those concerned, lower case, never empty
 * @param server the on-premises server that wrote it
 * @param clientIp the connecting host
 * @param device the real device behind a relay
 * @param nextHop the host it was handed to, or that was tried
 * @param reply that host's SMTP reply
 * @param code status text of a failure, deferral or refusal
 * @param resolvedTo the new address
 * @param raw vendor fields that replace what the renderer would write
 */
public record Hop(
        MailSystem system,
        Deed deed,
        Instant at,
        Instant visibleAt,
        List<String> recipients,
        Optional<String> server,
        Optional<String> clientIp,
        Optional<String> device,
        Optional<String> nextHop,
        Optional<String> reply,
        Optional<String> code,
        Optional<String> module,
        Optional<String> rule,
        Optional<String> folder,
        Optional<String> resolvedTo,
        Optional<String> group,
        List<String> members,
        Map<String, String> raw) {

    public Hop {
        recipients = List.copyOf(recipients);
        members = List.copyOf(members);
        raw = Map.copyOf(raw);
    }

    /** Whether the system shows this by then. */
    public boolean isVisibleAt(Instant now) {
        return !visibleAt.isAfter(now);
    }

    /** The addresses that the message goes on under after this, instead of {@link #recipients}. */
    public List<String> successors() {
        return switch (deed) {
            case RESOLVE, REDIRECT -> resolvedTo.map(List::of).orElse(recipients);
            case EXPAND -> members;
            default -> recipients;
        };
    }

    /** The same hop for some of its recipients. */
    public Hop concerning(List<String> concerned) {
        return new Hop(
                system,
                deed,
                at,
                visibleAt,
                concerned,
                server,
                clientIp,
                device,
                nextHop,
                reply,
                code,
                module,
                rule,
                folder,
                resolvedTo,
                group,
                members,
                raw);
    }
}
