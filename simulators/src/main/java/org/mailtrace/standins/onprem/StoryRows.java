package org.mailtrace.standins.onprem;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.mailtrace.standins.story.Deed;
import org.mailtrace.standins.story.Hop;
import org.mailtrace.standins.story.HostAddress;
import org.mailtrace.standins.story.MailSystem;
import org.mailtrace.standins.story.Story;

/**
 * Renders a story into tracking rows. Layout, quoting, connectors, proxied clients and the two SEND flavours follow public
 * samples; rows of which no public sample exists (DELIVER, EXPAND, RESOLVE, REDIRECT, TRANSFER, DSN, DEFER, FAIL in a file)
 * follow the documented meaning of their fields and are synthetic.
 */
final class StoryRows {
    private static final String INTRA_ORG = "Intra-Organization SMTP Send Connector";
    private static final String RECIPIENT_OK = "250 2.1.5 Recipient OK";
    private static final Duration NEXT_ROW = Duration.ofMillis(23);
    private static final Duration SHADOW_LIFE = Duration.ofMinutes(4);
    private static final long FIRST_ID = 25_769_803_776L;
    private static final int IDS_PER_STORY = 16;

    private final Story story;
    private final Servers servers;
    private final List<TrackingRow> rows = new ArrayList<>();
    private final Map<String, Instant> lastRow = new HashMap<>();
    private final Map<String, Hop> lastHopOf = new HashMap<>();
    private boolean originating;

    StoryRows(Story story, Servers servers) {
        this.story = story;
        this.servers = servers;
    }

    List<TrackingRow> render() {
        story.hopsOf(MailSystem.ONPREM_EXCHANGE).forEach(hop -> {
            render(hop);
            hop.recipients().forEach(r -> lastHopOf.put(r, hop));
            hop.successors().forEach(r -> lastHopOf.put(r, hop));
        });
        return List.copyOf(rows);
    }

    private void render(Hop hop) {
        switch (hop.deed()) {
            case SUBMIT -> submit(hop);
            case RECEIVE -> receive(hop);
            case RESOLVE, REDIRECT -> readdress(hop, hop.recipients());
            case EXPAND -> readdress(hop, hop.group().stream().toList());
            case TRANSFER -> transfer(hop);
            case SEND, SENDEXTERNAL -> handOver(hop);
            case DELIVER -> deliver(hop);
            case DSN -> dsn(hop);
            case DROP ->
                add(
                        hop,
                        row(hop, "AGENT", "DROP")
                                .recipients(hop.recipients(), hop.code().orElse("")));
            default -> failing(hop);
        }
    }

    private void submit(Hop hop) {
        originating = true;
        String context = "MDB:" + guid("mdb") + ", Mailbox:" + guid(story.from()) + ", Event:63779422, "
                + "MessageClass:IPM.Note, CreationTime:" + TrackingRow.time(hop.at()) + ", ClientType:MOMT";
        String server = server(hop);
        RowBuilder notice = new RowBuilder(server, servers.version(), "STOREDRIVER", "NOTIFYMAPI")
                .writtenBy(Writer.MAILBOX_SUBMISSION)
                .from(servers.ip(server), server)
                .set("source-context", context)
                .set("custom-data", "S:ItemEntryId=00-00-00-00-37-DB");
        add(hop, notice);
        for (String event : List.of("RECEIVE", "SUBMIT")) {
            add(
                    hop,
                    row(hop, "STOREDRIVER", event)
                            .writtenBy(Writer.MAILBOX_SUBMISSION)
                            .from(servers.ip(server), servers.host(server))
                            .at(servers.ip(server), server)
                            .set("source-context", context)
                            .set("message-info", "04I: ")
                            .set("original-client-ip", hop.clientIp().orElse(""))
                            .recipients(hop.recipients(), "To")
                            .set("custom-data", custom("S:MailboxDatabaseGuid=" + guid("mdb"))));
        }
    }

    private void receive(Hop hop) {
        String server = server(hop);
        Optional<Hop> before =
                Optional.ofNullable(lastHopOf.get(hop.recipients().getFirst()));
        RowBuilder row = row(hop, "SMTP", "RECEIVE")
                .at(servers.ip(server), server)
                .set("connector-id", server + "\\Default " + server)
                .set("source-context", sessionId() + ";" + TrackingRow.time(hop.at()) + ";0")
                .set("message-info", "0cA: ")
                .recipients(hop.recipients(), "");
        if (before.filter(b -> b.deed() == Deed.SEND || b.deed() == Deed.SUBMIT).isPresent()) {
            String sending = before.get().server().orElse(server);
            row.from(servers.ip(sending), servers.host(sending)).set("custom-data", custom("S:FromEntity=Hosted"));
        } else {
            String client = hop.device().or(hop::clientIp).orElse("");
            String proxy = hop.device().isPresent() ? hop.clientIp().orElse(servers.ip(server)) : servers.ip(server);
            String front = servers.at(proxy).orElse(server);
            row.from(proxy, servers.host(front))
                    .set("original-client-ip", client)
                    .set("original-server-ip", proxy)
                    .set(
                            "custom-data",
                            custom("S:ProxiedClientIPAddress=" + client + ";S:ProxiedClientHostname=[" + client
                                    + "];S:ProxyHop1=" + servers.host(front) + "(" + proxy
                                    + ");S:FromEntity=Internet"));
        }
        add(hop, row);
        noise(hop, server);
    }

    /** What Exchange writes about itself: it says nothing of the message's fate. */
    private void noise(Hop hop, String server) {
        add(
                hop,
                row(hop, "AGENT", "AGENTINFO")
                        .from("", server)
                        .recipients(hop.recipients(), "")
                        .set("custom-data", custom("S:AMA=SUM|action=p|error=|atch=0;S:CompCost=|ETR=0")));
        servers.partner(server).ifPresent(partner -> {
            add(
                    hop,
                    row(hop, "SMTP", "HAREDIRECT")
                            .at("", server)
                            .recipients(hop.recipients(), "")
                            .set(
                                    "source-context",
                                    servers.host(partner) + "=250 2.6.0 " + story.messageId() + " [InternalId="
                                            + shadowId(partner) + ", Hostname=" + servers.host(partner)
                                            + "] Queued mail for redundancy"));
            Instant at = lastRow.get(server);
            rows.add(new RowBuilder(partner, servers.version(), "SMTP", "HARECEIVE")
                    .message(story, shadowId(partner))
                    .from(servers.ip(server), servers.host(server))
                    .at(servers.ip(partner), partner)
                    .recipients(hop.recipients(), "")
                    .set("directionality", directionality())
                    .build(at.plus(NEXT_ROW), hop.visibleAt()));
            rows.add(new RowBuilder(partner, servers.version(), "REDUNDANCY", "HADISCARD")
                    .message(story, shadowId(partner))
                    .recipients(hop.recipients(), "")
                    .set("directionality", directionality())
                    .set("source-context", "AutoDiscard")
                    .build(at.plus(SHADOW_LIFE), hop.visibleAt()));
        });
    }

    private void readdress(Hop hop, List<String> old) {
        String event = hop.deed().word().toUpperCase(Locale.ROOT);
        add(
                hop,
                row(hop, "ROUTING", event)
                        .recipients(hop.successors(), hop.deed() == Deed.EXPAND ? RECIPIENT_OK : "")
                        .set("related-recipient-address", String.join(";", old)));
    }

    private void transfer(Hop hop) {
        String fork = Long.toString(Long.parseLong(internalId(server(hop))) + 1);
        add(
                hop,
                row(hop, "ROUTING", "TRANSFER")
                        .set("source-context", "Resolver")
                        .set("internal-message-id", fork)
                        .set("reference", internalId(server(hop)))
                        .recipients(hop.recipients(), ""));
    }

    private void handOver(Hop hop) {
        String host = hop.nextHop().orElse("");
        Optional<String> ours = servers.organisation().serverAt(host);
        boolean external = hop.deed() == Deed.SENDEXTERNAL;
        String remote = ours.map(servers::host).orElse(host);
        String context = external
                ? sessionId() + ";" + hop.reply().orElse(queued(host)) + ";ClientSubmitTime:"
                        + TrackingRow.time(story.at())
                : sessionId() + ";250 2.6.0 " + story.messageId() + " [InternalId="
                        + ours.map(this::internalId).orElse("0") + ", Hostname=" + remote
                        + "] Queued mail for delivery;ClientSubmitTime:" + TrackingRow.time(story.at());
        add(
                hop,
                row(hop, "SMTP", external ? "SENDEXTERNAL" : "SEND")
                        .from(servers.ip(server(hop)), servers.host(server(hop)))
                        .at(address(host), remote)
                        .set("source-context", context)
                        .set("connector-id", external ? connector(host) : INTRA_ORG)
                        .set("message-info", latency(hop))
                        .recipients(hop.recipients(), external ? hop.reply().orElse(RECIPIENT_OK) : RECIPIENT_OK)
                        .set("custom-data", custom("S:ToEntity=" + (external ? "Internet" : "Hosted"))));
    }

    private String queued(String host) {
        return "250 2.6.0 " + story.messageId() + " [InternalId=8796093022208, Hostname=" + host
                + "] 15321 bytes in 0.187, 79.800 KB/sec Queued mail for delivery";
    }

    private String connector(String host) {
        boolean cloud = servers.organisation()
                .systemAt(host)
                .filter(MailSystem.EXCHANGE_ONLINE::equals)
                .isPresent();
        return cloud ? "Outbound to Office 365 - " + servers.cloudConnector() : "Outbound to Internet";
    }

    private void deliver(Hop hop) {
        String server = server(hop);
        add(
                hop,
                row(hop, "SMTP", "SEND")
                        .from(servers.ip(server), servers.host(server))
                        .at(servers.ip(server), servers.host(server))
                        .set("connector-id", INTRA_ORG)
                        .set(
                                "source-context",
                                sessionId() + ";250 2.0.0 OK " + story.messageId() + " [Hostname="
                                        + servers.host(server) + "];ClientSubmitTime:" + TrackingRow.time(story.at()))
                        .set("message-info", latency(hop))
                        .recipients(hop.recipients(), RECIPIENT_OK));
        add(
                hop,
                row(hop, "STOREDRIVER", "DELIVER")
                        .writtenBy(Writer.MAILBOX_DELIVERY)
                        .from(servers.ip(server), servers.host(server))
                        .at(servers.ip(server), server)
                        .set("source-context", sessionId() + ";" + TrackingRow.time(hop.at()) + ";ClientSubmitTime:")
                        .set("message-info", latency(hop))
                        .recipients(hop.recipients(), "")
                        .set("custom-data", custom("S:MailboxDatabaseName=DB01;S:E2ELatency=1.4")));
    }

    private void failing(Hop hop) {
        String host = hop.nextHop().orElse(servers.host(server(hop)));
        String status = "[{LED=" + hop.code().orElse("") + "};{MSG=};{FQDN=" + host + "};{IP=" + address(host)
                + "};{LRT=" + TrackingRow.time(hop.at()) + "}]";
        RowBuilder row = row(
                        hop, hop.nextHop().isPresent() ? "SMTP" : "ROUTING", hop.deed() == Deed.FAIL ? "FAIL" : "DEFER")
                .from(servers.ip(server(hop)), servers.host(server(hop)))
                .at(address(host), host)
                .recipients(hop.recipients(), status);
        if (hop.deed() == Deed.FAIL && notified(hop)) {
            row.set("reference", notificationId(hop));
        }
        add(hop, row);
    }

    private boolean notified(Hop failure) {
        return story.hopsOf(MailSystem.ONPREM_EXCHANGE)
                .anyMatch(hop -> hop.deed() == Deed.DSN && hop.server().equals(failure.server()));
    }

    private void dsn(Hop hop) {
        String server = server(hop);
        RowBuilder row = new RowBuilder(server, servers.version(), "DSN", "DSN")
                .message(story, Long.toString(Long.parseLong(internalId(server)) + 2))
                .set("message-id", notificationId(hop))
                .set("network-message-id", guid("dsn" + server))
                .set("message-subject", "Undeliverable: " + story.subject())
                .set("sender-address", "postmaster@" + servers.organisation().primaryDomain())
                .set("return-path", Story.NULL_SENDER)
                .set("reference", story.messageId())
                .set("directionality", "Originating")
                .recipients(List.of(story.from()), "");
        add(hop, row);
    }

    private String notificationId(Hop hop) {
        return "<" + guid("dsn" + server(hop)) + "@" + servers.host(server(hop)) + ">";
    }

    private RowBuilder row(Hop hop, String source, String event) {
        String server = server(hop);
        return new RowBuilder(server, servers.version(), source, event)
                .message(story, internalId(server))
                .set("directionality", directionality());
    }

    /** Rows of one message keep their order although hops may share a second. */
    private void add(Hop hop, RowBuilder row) {
        Instant at = hop.at();
        Instant last = lastRow.get(server(hop));
        if (last != null && !at.isAfter(last)) {
            at = last.plus(NEXT_ROW);
        }
        lastRow.put(server(hop), at);
        rows.add(row.replaced(hop.raw()).build(at, hop.visibleAt()));
    }

    private String address(String host) {
        return servers.organisation().serverAt(host).map(servers::ip).orElseGet(() -> HostAddress.of(host));
    }

    private String server(Hop hop) {
        return hop.server().orElseThrow();
    }

    private String directionality() {
        return originating ? "Originating" : "Incoming";
    }

    private String custom(String specific) {
        return specific + ";S:DeliveryPriority=Normal;S:AccountForest="
                + servers.organisation().primaryDomain();
    }

    private String latency(Hop hop) {
        return TrackingRow.time(story.at()) + ";LSRV=" + servers.host(server(hop))
                + ":TOTAL-HUB=0.369|SMR=0.113|CAT=0.146";
    }

    private String internalId(String server) {
        long slot = Math.floorMod(story.networkMessageId().hashCode(), 1_000_000) * 2L
                + servers.names().indexOf(server);
        return Long.toString(FIRST_ID + slot * IDS_PER_STORY);
    }

    private String shadowId(String server) {
        return Long.toString(Long.parseLong(internalId(server)) + 3);
    }

    private String sessionId() {
        return "08DD" + guid("session").replace("-", "").substring(0, 12).toUpperCase(Locale.ROOT);
    }

    private String guid(String purpose) {
        return UUID.nameUUIDFromBytes((story.id() + purpose).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
