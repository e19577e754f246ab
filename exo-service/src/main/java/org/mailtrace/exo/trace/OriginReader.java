package org.mailtrace.exo.trace;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.mailtrace.contract.Direction;
import org.mailtrace.contract.EventType;
import org.mailtrace.contract.Origin;
import org.mailtrace.exo.detail.DetailEvent;
import org.mailtrace.exo.rows.TraceRow;

/**
 * Says where a message came from, if Exchange Online saw that. A message that another system of ours handed over has its
 * origin there, and the sender's domain proves nothing: so most often nothing is said.
 */
@ApplicationScoped
class OriginReader {
    private final Organisation organisation;

    OriginReader(Organisation organisation) {
        this.organisation = organisation;
    }

    /** The origin that these events of one of its recipients prove. */
    Optional<Origin> origin(TraceRow row, List<DetailEvent> events) {
        Optional<DetailEvent> first = events.stream()
                .filter(event -> event.type() == EventType.SUBMIT || event.type() == EventType.RECEIVE)
                .findFirst();
        if (first.isEmpty()) {
            return Optional.empty();
        }
        boolean fromPublicHost = row.fromIp().filter(AddressRange::isPublic).isPresent();
        if (!fromPublicHost) {
            boolean mailbox = organisation.isOurs(row.sender())
                    && (first.orElseThrow().type() == EventType.SUBMIT
                            || row.fromIp().isEmpty());
            return mailbox ? Optional.of(Origin.MAILBOX) : Optional.empty();
        }
        return first.orElseThrow().type() == EventType.RECEIVE && isOutside(row, first.orElseThrow())
                ? Optional.of(Origin.OUTSIDE)
                : Optional.empty();
    }

    /** Direction as it follows from origin and recipients; absent without an origin. */
    Optional<Direction> direction(Optional<Origin> origin, List<String> recipients) {
        return origin.flatMap(from -> recipients.stream()
                .map(address -> direction(from, organisation.isOurs(address)))
                .reduce((one, other) -> one == other ? one : Direction.MIXED));
    }

    private static Direction direction(Origin origin, boolean ours) {
        if (origin == Origin.OUTSIDE) {
            return ours ? Direction.INBOUND : Direction.OUTBOUND;
        }
        return ours ? Direction.INTERNAL : Direction.OUTBOUND;
    }

    /** A host is outside only if it can be told from our own: by the configured ranges, or by its name. */
    private boolean isOutside(TraceRow row, DetailEvent receive) {
        if (row.fromIp().filter(organisation::isRelay).isPresent()) {
            return false;
        }
        Optional<String> host = receive.field("ClientHostName", "ClientName", "ClientHostname", "RemoteHostName");
        if (host.isPresent() && organisation.knowsHosts()) {
            return host.filter(organisation::knowsHost).isEmpty();
        }
        return organisation.knowsRelays();
    }
}
