package org.mailtrace.gateway.conclude;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.mailtrace.contract.AddressPattern;
import org.mailtrace.contract.Direction;
import org.mailtrace.contract.Origin;
import org.mailtrace.gateway.join.Message;
import org.mailtrace.gateway.join.Sighting;
import org.mailtrace.gateway.settings.GatewaySettings;

/**
 * Where a message came from and goes to. Only what a source saw is an origin; the sender's domain never is, because a
 * spoof carries ours.
 */
@ApplicationScoped
public class Origins {
    private final Set<String> domains;
    private final List<GatewaySettings.Applicability> table;

    Origins(GatewaySettings settings) {
        this.domains = settings.domains().orElse(Set.of()).stream()
                .map(domain -> domain.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        this.table = settings.applicability().orElse(List.of());
    }

    /** The direction for one recipient. */
    public Direction direction(Message message, String recipient) {
        Optional<Sighting> origin = originOf(message);
        boolean ours = isOurs(recipient);
        if (origin.isEmpty()) {
            // A system that was handed the message by another of ours cannot tell where it began.
            return ours ? Direction.UNKNOWN : Direction.OUTBOUND;
        }
        boolean fromOutside = origin.get()
                .observation()
                .origin()
                .filter(Origin.OUTSIDE::equals)
                .isPresent();
        if (!ours) {
            return Direction.OUTBOUND;
        }
        return fromOutside ? Direction.INBOUND : Direction.INTERNAL;
    }

    /** Whether a source cannot have a row on this message, as far as its origin was observed. */
    public boolean cannotHave(String source, Message message, List<String> recipients) {
        Optional<String> origin = originOf(message).map(Origins::key);
        return origin.isPresent()
                && !recipients.isEmpty()
                && recipients.stream()
                        .allMatch(recipient -> table.stream()
                                .filter(line -> line.origin().equals(origin.get()))
                                .filter(line -> line.recipient().equals(isOurs(recipient) ? "ours" : "outside"))
                                .findFirst()
                                .filter(line -> line.none().contains(source))
                                .isPresent());
    }

    /** The sighting that saw where the message came from. */
    public Optional<Sighting> originOf(Message message) {
        return message.sightings().stream()
                .filter(sighting -> sighting.observation().origin().isPresent())
                .findFirst();
    }

    boolean isOurs(String address) {
        return domains.contains(AddressPattern.domainOf(address));
    }

    private static String key(Sighting sighting) {
        Origin origin = sighting.observation().origin().orElseThrow();
        return origin == Origin.MAILBOX ? origin + "@" + sighting.source() : origin.name();
    }
}
