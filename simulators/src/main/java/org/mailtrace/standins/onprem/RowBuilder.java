package org.mailtrace.standins.onprem;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.mailtrace.standins.story.Story;

/** Fills in one row; fields that are not set stay empty. */
final class RowBuilder {
    private final Map<String, String> values = new HashMap<>();
    private final String server;
    private Writer writer = Writer.TRANSPORT;

    RowBuilder(String server, String version, String source, String event) {
        this.server = server;
        set("source", source).set("event-id", event).set("schema-version", version);
        set("transport-traffic-type", "Email");
    }

    RowBuilder writtenBy(Writer other) {
        writer = other;
        return this;
    }

    RowBuilder set(String field, String value) {
        values.put(field, value);
        return this;
    }

    RowBuilder message(Story story, String internalId) {
        String sender = story.headerFrom()
                .map(from -> from.replaceAll("^.*<|>.*$", ""))
                .orElse(story.from().equals(Story.NULL_SENDER) ? "postmaster@" + story.senderDomain() : story.from());
        return set("internal-message-id", internalId)
                .set("message-id", story.messageId())
                .set("network-message-id", story.networkMessageId())
                .set("total-bytes", Long.toString(story.sizeBytes()))
                .set("message-subject", story.subject())
                .set("sender-address", sender)
                .set("return-path", story.from());
    }

    /** All recipients with the same status. */
    RowBuilder recipients(List<String> addresses, String status) {
        set("recipient-address", String.join(";", addresses));
        set("recipient-count", Integer.toString(addresses.size()));
        return set(
                "recipient-status",
                status.isEmpty() ? "" : addresses.stream().map(a -> status).collect(Collectors.joining(";")));
    }

    RowBuilder from(String ip, String hostname) {
        return set("client-ip", ip).set("client-hostname", hostname);
    }

    RowBuilder at(String ip, String hostname) {
        return set("server-ip", ip).set("server-hostname", hostname);
    }

    RowBuilder replaced(Map<String, String> raw) {
        raw.forEach(this::set);
        return this;
    }

    TrackingRow build(Instant at, Instant visibleAt) {
        String key = server
                + at
                + values.get("event-id")
                + values.getOrDefault("message-id", "")
                + values.getOrDefault("source-context", "")
                + writer;
        values.putIfAbsent(
                "log-id",
                UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)).toString());
        return new TrackingRow(at, visibleAt.isBefore(at) ? at : visibleAt, server, writer, values);
    }
}
