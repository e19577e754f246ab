package org.mailtrace.standins.onprem;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Exchange's own probe messages, which keep a server's logs alive when nobody writes mail. */
@ApplicationScoped
class ProbeRows {
    private final Servers servers;

    ProbeRows(Servers servers) {
        this.servers = servers;
    }

    /** One row in each kind of file. */
    List<TrackingRow> at(Instant instant, String server) {
        return List.of(
                probe(instant, server, "STOREDRIVER", "SUBMIT", Writer.MAILBOX_SUBMISSION),
                probe(instant, server, "SMTP", "RECEIVE", Writer.TRANSPORT),
                probe(instant, server, "STOREDRIVER", "DELIVER", Writer.MAILBOX_DELIVERY));
    }

    private TrackingRow probe(Instant instant, String server, String source, String event, Writer writer) {
        UUID id = UUID.nameUUIDFromBytes((server + instant.toEpochMilli()).getBytes(StandardCharsets.UTF_8));
        String mailbox = "HealthMailbox"
                + UUID.nameUUIDFromBytes(server.getBytes(StandardCharsets.UTF_8))
                        .toString()
                        .replace("-", "")
                + "@" + servers.organisation().primaryDomain();
        return new RowBuilder(server, servers.version(), source, event)
                .writtenBy(writer)
                .from(servers.ip(server), servers.host(server))
                .at(servers.ip(server), server)
                .set("connector-id", writer == Writer.TRANSPORT ? server + "\\Default " + server : "")
                .set("internal-message-id", Long.toString(instant.toEpochMilli()))
                .set("message-id", "<" + id + "@" + servers.host(server) + ">")
                .set("network-message-id", id.toString())
                .set("total-bytes", "2112")
                .set("message-subject", id + "-MapiSubmitLAMProbe")
                .set("sender-address", mailbox)
                .set("return-path", mailbox)
                .set("directionality", "Originating")
                .recipients(List.of(mailbox), "")
                .build(instant, instant);
    }
}
