package org.mailtrace.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A story that the stand-ins play: how to ask about it, and what a truthful answer concludes. */
record Story(
        String id,
        String title,
        Instant at,
        String messageId,
        String subject,
        Map<String, String> ask,
        List<Fate> fates,
        List<String> notices,
        List<String> related) {
    /** What must be concluded for one recipient; an absent field is not examined. */
    record Fate(
            String recipient,
            String outcome,
            Optional<String> where,
            Optional<String> direction,
            Optional<String> reason,
            List<String> via,
            List<String> readdressedTo) {}

    static List<Story> all() {
        List<Story> stories = new ArrayList<>();
        Gateway.json(Gateway.anonymous().get(Launcher.url(8090) + "/stories")).forEach(told -> stories.add(of(told)));
        return stories;
    }

    /** What is seen so much later is another message with the same Message-ID. */
    private static final Duration SENT_AGAIN = Duration.ofHours(2);

    /** The trace of this story's message in an answer; of several with its Message-ID, the one that began when it did. */
    Optional<JsonNode> traceIn(JsonNode answer) {
        List<JsonNode> named = new ArrayList<>();
        for (JsonNode trace : answer.path("traces")) {
            if (messageId.equals(trace.path("messageId").asText())
                    && distance(trace).compareTo(SENT_AGAIN) < 0) {
                named.add(trace);
            }
        }
        if (!named.isEmpty()) {
            return named.stream().min(Comparator.comparing(this::distance));
        }
        for (JsonNode trace : answer.path("traces")) {
            if (!trace.has("messageId") && subject.equals(trace.path("subject").asText())) {
                return Optional.of(trace);
            }
        }
        return Optional.empty();
    }

    private Duration distance(JsonNode trace) {
        return Duration.between(at, Instant.parse(trace.path("firstSeen").asText()))
                .abs();
    }

    static Optional<JsonNode> recipientIn(JsonNode trace, String address) {
        for (JsonNode recipient : trace.path("recipients")) {
            if (address.equalsIgnoreCase(recipient.path("address").asText())) {
                return Optional.of(recipient);
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return id + ": " + title;
    }

    private static Story of(JsonNode told) {
        Map<String, String> ask = new LinkedHashMap<>();
        told.path("ask").properties().forEach(field -> ask.put(field.getKey(), text(field.getValue())));
        List<Fate> fates = new ArrayList<>();
        told.path("expect")
                .forEach(fate -> fates.add(new Fate(
                        fate.path("recipient").asText(),
                        fate.path("outcome").asText(),
                        optional(fate, "where"),
                        optional(fate, "direction"),
                        optional(fate, "reason"),
                        texts(fate.path("via")),
                        texts(fate.path("readdressedTo")))));
        return new Story(
                told.path("id").asText(),
                told.path("title").asText(),
                Instant.parse(told.path("at").asText()),
                told.path("messageId").asText(),
                told.path("subject").asText(),
                ask,
                fates,
                texts(told.path("notices")),
                texts(told.path("related")));
    }

    private static String text(JsonNode value) {
        return value.isArray() ? String.join(",", texts(value)) : value.asText();
    }

    static List<String> texts(JsonNode values) {
        List<String> texts = new ArrayList<>();
        values.forEach(value -> texts.add(value.asText()));
        return texts;
    }

    private static Optional<String> optional(JsonNode node, String field) {
        return Optional.ofNullable(node.path(field).textValue());
    }
}
