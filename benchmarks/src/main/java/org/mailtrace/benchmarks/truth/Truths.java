package org.mailtrace.benchmarks.truth;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mailtrace.standins.flows.FlowTruth;
import org.mailtrace.standins.flows.Seen;
import org.mailtrace.standins.flows.Truth;

/** All truths of a run, and which of them a trace is about. */
final class Truths {
    /** Sources round times; on-premises rows of one second follow each other. */
    static final long TOLERANCE_SECONDS = 3;

    private final List<Truth> all;
    private final Map<String, List<Truth>> byId = new HashMap<>();
    private final Map<String, List<Truth>> bySubject = new HashMap<>();

    Truths(List<FlowTruth> flows) {
        all = flows.stream().flatMap(flow -> flow.messages().stream()).toList();
        all.forEach(truth -> {
            byId.computeIfAbsent(key(truth.messageId()), any -> new ArrayList<>())
                    .add(truth);
            bySubject.computeIfAbsent(truth.subject(), any -> new ArrayList<>()).add(truth);
        });
    }

    List<Truth> all() {
        return all;
    }

    /**
     * The message that a trace is about: of those with its id, the one whose records carry its times. By a wrong clock two may
     * have records at the same seconds; then the one with its subject.
     */
    Optional<Truth> of(JsonNode trace) {
        List<Truth> candidates = trace.hasNonNull("messageId")
                ? byId.getOrDefault(key(trace.path("messageId").asText()), List.of())
                : bySubject.getOrDefault(trace.path("subject").asText(), List.of());
        return candidates.stream()
                .max(Comparator.comparingLong((Truth truth) -> matches(truth, trace))
                        .thenComparing(truth ->
                                truth.subject().equals(trace.path("subject").asText()))
                        .thenComparingLong(truth -> -distance(truth, trace)));
    }

    /**
     * How many of the trace's records are this message's. By a wrong clock another message may have one at the same second;
     * but a record about somebody whom a message was never for is not its own.
     */
    private static long matches(Truth truth, JsonNode trace) {
        Set<String> addresses = addresses(truth);
        long count = 0;
        for (JsonNode recipient : trace.path("recipients")) {
            if (!addresses.contains(recipient.path("address").asText().toLowerCase(Locale.ROOT))) {
                continue;
            }
            for (JsonNode evidence : recipient.path("evidence")) {
                count += holds(truth, evidence) ? 1 : 0;
            }
        }
        return count;
    }

    private static long distance(Truth truth, JsonNode trace) {
        return Math.abs(truth.begun() - seconds(trace.path("firstSeen")));
    }

    /** Whether a record is this message's: one of that source at that time. */
    static boolean holds(Truth truth, JsonNode evidence) {
        String source = evidence.path("source").asText();
        long at = seconds(evidence.path("at"));
        return truth.seen().stream().anyMatch(seen -> seen.system().equals(source) && near(seen, at));
    }

    static boolean near(Seen seen, long at) {
        return Math.abs(seen.at() - at) <= TOLERANCE_SECONDS;
    }

    static long seconds(JsonNode instant) {
        return instant.isTextual() ? Instant.parse(instant.asText()).getEpochSecond() : 0;
    }

    static Set<String> addresses(Truth truth) {
        Set<String> addresses = new HashSet<>();
        truth.fates().forEach(fate -> addresses.add(fate.recipient().toLowerCase(Locale.ROOT)));
        truth.seen().forEach(seen -> addresses.add(seen.address().toLowerCase(Locale.ROOT)));
        return addresses;
    }

    private static String key(String messageId) {
        return messageId.toLowerCase(Locale.ROOT).replaceAll("[<>]", "");
    }
}
