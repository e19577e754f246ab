package org.mailtrace.onprem.meaning;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.mailtrace.contract.Direction;
import org.mailtrace.contract.Origin;
import org.mailtrace.onprem.record.TrackingRow;

/**
 * Where a message came from. Sender domains and {@code directionality} say nothing (a printer that relays anonymously
 * shows as "Incoming"): only who handed it over counts.
 *
 * @param origin absent when one of our other systems handed it over, or nobody knows
 * @param clientIp the host that handed it over, the real one behind a front end
 */
record Provenance(Optional<Origin> origin, Optional<String> clientIp) {
    private static final Set<String> SUBMISSIONS = Set.of("RECEIVE", "SUBMIT", "CLIENTSUBMISSION");

    static Provenance of(List<TrackingRow> rows, Site site) {
        Optional<TrackingRow> submitted = rows.stream()
                .filter(row -> row.source().equals("STOREDRIVER") && SUBMISSIONS.contains(row.event()))
                .findFirst();
        if (submitted.isPresent()) {
            return new Provenance(
                    Optional.of(Origin.MAILBOX), submitted.flatMap(row -> row.optional("original-client-ip")));
        }
        return rows.stream()
                .filter(row -> row.source().equals("SMTP") && row.event().equals("RECEIVE"))
                .filter(row -> !isFromOurServer(row, site))
                .findFirst()
                .map(row -> received(row, site))
                .orElse(new Provenance(Optional.empty(), Optional.empty()));
    }

    /** The direction for recipients of these addresses; unknown without an origin or without domains of ours. */
    Optional<Direction> direction(List<String> recipients, Site site) {
        if (origin.isEmpty() || recipients.isEmpty() || site.domains().isEmpty()) {
            return Optional.empty();
        }
        long ours = recipients.stream().filter(site::isOurs).count();
        if (ours > 0 && ours < recipients.size()) {
            return Optional.of(Direction.MIXED);
        }
        if (origin.get() == Origin.OUTSIDE) {
            return ours > 0 ? Optional.of(Direction.INBOUND) : Optional.empty();
        }
        return Optional.of(ours > 0 ? Direction.INTERNAL : Direction.OUTBOUND);
    }

    private static Provenance received(TrackingRow row, Site site) {
        Optional<String> client = row.optional("original-client-ip")
                .or(() -> row.customData().first("ProxiedClientIPAddress"))
                .or(() -> row.optional("client-ip"));
        Optional<InetAddress> address = client.flatMap(Cidr::address);
        if (address.filter(site::isDevice).isPresent()) {
            return new Provenance(Optional.of(Origin.DEVICE), client);
        }
        boolean knownHop = Stream.of(
                        client, row.customData().first("ProxiedClientHostname"), row.optional("client-hostname"))
                .flatMap(Optional::stream)
                .anyMatch(site::isKnownHop);
        if (knownHop) {
            return new Provenance(Optional.empty(), client);
        }
        if (row.value("connector-id").toLowerCase(Locale.ROOT).contains("\\client proxy ")) {
            return new Provenance(Optional.of(Origin.MAILBOX), client);
        }
        return new Provenance(address.filter(Provenance::isPublic).map(any -> Origin.OUTSIDE), client);
    }

    private static boolean isFromOurServer(TrackingRow row, Site site) {
        boolean proxied = row.optional("original-client-ip").isPresent()
                || row.customData().first("ProxiedClientIPAddress").isPresent();
        return !proxied && site.isOurServer(row.value("client-hostname"));
    }

    private static boolean isPublic(InetAddress address) {
        boolean uniqueLocal = address.getAddress().length == 16 && (address.getAddress()[0] & 0xFE) == 0xFC;
        return !address.isSiteLocalAddress()
                && !address.isLoopbackAddress()
                && !address.isLinkLocalAddress()
                && !address.isAnyLocalAddress()
                && !uniqueLocal;
    }
}
