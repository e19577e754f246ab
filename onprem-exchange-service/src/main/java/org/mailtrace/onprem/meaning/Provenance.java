package org.mailtrace.onprem.meaning;

import java.util.List;
import java.util.Optional;
import org.mailtrace.contract.Direction;
import org.mailtrace.contract.Origin;

/**
 * Where a message came from: a mailbox if it was submitted from one, else whoever handed it to the first of our servers.
 *
 * @param giver absent when no row tells
 */
record Provenance(Optional<Giver> giver) {
    /** Of rows in the order of custody. */
    static Provenance of(List<LogRow> rows, Site site) {
        List<Giver> givers = rows.stream()
                .filter(Giver::isTold)
                .map(row -> Giver.of(row, site))
                .toList();
        return new Provenance(givers.stream()
                .filter(giver -> giver.kind() == Giver.Kind.MAILBOX)
                .findFirst()
                .or(() -> givers.stream()
                        .filter(giver -> giver.kind() != Giver.Kind.OUR_SERVER)
                        .findFirst()));
    }

    /** Absent when one of our other systems handed it over, or nobody knows. */
    Optional<Origin> origin() {
        return giver.flatMap(Giver::origin);
    }

    /** The host that handed it over, the real one behind a front end. */
    Optional<String> clientIp() {
        return giver.flatMap(Giver::clientIp);
    }

    /** The direction for recipients of these addresses; unknown without an origin or without domains of ours. */
    Optional<Direction> direction(List<String> recipients, Site site) {
        if (origin().isEmpty() || recipients.isEmpty() || site.domains().isEmpty()) {
            return Optional.empty();
        }
        long ours = recipients.stream().filter(site::isOurs).count();
        if (ours > 0 && ours < recipients.size()) {
            return Optional.of(Direction.MIXED);
        }
        if (origin().get() == Origin.OUTSIDE) {
            return ours > 0 ? Optional.of(Direction.INBOUND) : Optional.empty();
        }
        return Optional.of(ours > 0 ? Direction.INTERNAL : Direction.OUTBOUND);
    }
}
