package org.mailtrace.onprem.meaning;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.mailtrace.contract.Origin;
import org.mailtrace.onprem.record.TrackingRow;

/**
 * Who handed a message over, as one RECEIVE or SUBMIT row tells it. Sender domains and {@code directionality} say nothing (a
 * printer that relays anonymously shows as "Incoming"), and a host's name is what it called itself.
 *
 * @param kind what kind of host
 * @param who its address or name; for a mailbox the server
 * @param clientIp the address of the host, the real one behind a front end
 * @param detail what the decision rests on: the device's network, the connector, the name given, the source
 * @param name what the configuration calls it: the device's name, the system's; of a rule's message the internal id of its
 *     cause
 * @param frontEnd our server whose front end took it, if another connected for the host
 */
record Giver(
        Kind kind,
        String who,
        Optional<String> clientIp,
        Optional<String> detail,
        Optional<String> name,
        Optional<String> frontEnd) {
    private static final Pattern CLIENT_TYPE = Pattern.compile("\\bClientType:\\s*(\\w+)");
    private static final Set<String> EVENTS = Set.of("RECEIVE", "SUBMIT", "CLIENTSUBMISSION");

    /** Kinds of hosts; the sentences about them stand in the dictionary. */
    enum Kind {
        /** On the administrator's list of devices. */
        DEVICE,
        /** A mail program that logged in by SMTP. */
        CLIENT,
        /** A mailbox of ours. */
        MAILBOX,
        /** A public address that belongs to none of our systems. */
        INTERNET,
        OUR_SERVER,
        /** Another of our systems, by its address. */
        SYSTEM_BY_ADDRESS,
        /** Another of our systems, by the name that it gave. */
        SYSTEM_BY_NAME,
        /** An inside address that nobody listed. */
        INSIDE,
        /** By SMTP, and no host is named. */
        UNNAMED,
        /** Not by SMTP: an inbox rule, a file in the pickup directory, an agent. */
        NO_HOST
    }

    static boolean isTold(LogRow row) {
        return EVENTS.contains(row.event());
    }

    static Giver of(LogRow logged, Site site) {
        TrackingRow row = logged.row();
        Optional<String> client =
                row.optional("original-client-ip").or(() -> row.customData().first("ProxiedClientIPAddress"));
        return switch (row.source()) {
            case "STOREDRIVER" ->
                new Giver(Kind.MAILBOX, logged.server(), client, clientType(row), Optional.empty(), Optional.empty());
            case "SMTP" -> bySmtp(row, client.or(() -> row.optional("client-ip")), client.isPresent(), site);
            default ->
                new Giver(
                        Kind.NO_HOST,
                        logged.server(),
                        client,
                        row.optional("source"),
                        References.internalId(row),
                        Optional.empty());
        };
    }

    /** Only three kinds are an origin: what another system of ours hands over came from somewhere else. */
    Optional<Origin> origin() {
        return switch (kind) {
            case DEVICE -> Optional.of(Origin.DEVICE);
            case CLIENT, MAILBOX -> Optional.of(Origin.MAILBOX);
            case INTERNET -> Optional.of(Origin.OUTSIDE);
            default -> Optional.empty();
        };
    }

    private static Giver bySmtp(TrackingRow row, Optional<String> client, boolean proxied, Site site) {
        Optional<String> host = row.optional("client-hostname");
        if (!proxied && host.filter(site::isOurServer).isPresent()) {
            return new Giver(
                    Kind.OUR_SERVER, host.orElseThrow(), client, Optional.empty(), Optional.empty(), Optional.empty());
        }
        Optional<String> frontEnd = proxied ? frontEnd(row, host, site) : Optional.empty();
        Optional<InetAddress> address = client.flatMap(Cidr::address);
        Optional<Device> device = address.flatMap(site::device);
        String who = client.or(() -> host).orElse("");
        if (device.isPresent()) {
            return new Giver(
                    Kind.DEVICE,
                    who,
                    client,
                    device.map(each -> each.network().toString()),
                    device.flatMap(Device::name),
                    frontEnd);
        }
        Optional<String> byAddress = client.flatMap(site::systemOf);
        if (byAddress.isPresent()) {
            return new Giver(Kind.SYSTEM_BY_ADDRESS, who, client, Optional.empty(), byAddress, frontEnd);
        }
        Optional<String> given = Stream.of(row.customData().first("ProxiedClientHostname"), host)
                .flatMap(Optional::stream)
                .filter(name -> site.systemOf(name).isPresent())
                .findFirst();
        if (given.isPresent()) {
            return new Giver(Kind.SYSTEM_BY_NAME, who, client, given, given.flatMap(site::systemOf), frontEnd);
        }
        Optional<String> connector = row.optional("connector-id");
        if (connector.filter(Giver::isForClients).isPresent()) {
            return new Giver(Kind.CLIENT, who, client, connector, Optional.empty(), frontEnd);
        }
        Kind kind = address.map(ip -> Cidr.isPublic(ip) ? Kind.INTERNET : Kind.INSIDE)
                .orElse(Kind.UNNAMED);
        return new Giver(kind, who, client, Optional.empty(), Optional.empty(), frontEnd);
    }

    /** {@code SRV\Client Proxy SRV} takes over from the front end's port for mail programs, which makes them log in. */
    private static boolean isForClients(String connector) {
        return connector.toLowerCase(Locale.ROOT).contains("\\client proxy ");
    }

    private static Optional<String> frontEnd(TrackingRow row, Optional<String> host, Site site) {
        return row.customData()
                .first("ProxyHop1")
                .map(hop -> hop.indexOf('(') > 0 ? hop.substring(0, hop.indexOf('(')) : hop)
                .or(() -> host)
                .filter(site::isOurServer);
    }

    private static Optional<String> clientType(TrackingRow row) {
        Matcher matcher = CLIENT_TYPE.matcher(row.value("source-context"));
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
