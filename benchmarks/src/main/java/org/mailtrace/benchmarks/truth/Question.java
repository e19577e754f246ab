package org.mailtrace.benchmarks.truth;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailtrace.standins.flows.Fate;
import org.mailtrace.standins.flows.FlowTruth;
import org.mailtrace.standins.flows.Truth;

/**
 * One question about a flow.
 *
 * @param kind how it is put
 * @param parameters as the gateway takes them
 */
record Question(FlowTruth flow, String kind, Map<String, String> parameters) {
    private static final Duration BEFORE = Duration.ofMinutes(10);
    private static final Duration OLD = Duration.ofDays(9);

    /** The questions about a flow, the most telling first. */
    static List<Question> about(FlowTruth flow, Instant now) {
        List<Question> questions = new ArrayList<>();
        List<Truth> messages = flow.messages();
        Truth first = messages.get(flow.number() % messages.size());
        String recipient = first.to().get(flow.number() % first.to().size());
        questions.add(of(flow, "messageId", now, Map.of("messageId", first.messageId())));
        questions.add(of(flow, "recipient", now, Map.of("recipient", recipient)));
        questions.add(of(flow, "sender and recipient", now, Map.of("sender", first.sender(), "recipient", recipient)));
        derived(first)
                .ifPresent(address -> questions.add(of(flow, "derived recipient", now, Map.of("recipient", address))));
        return List.copyOf(questions);
    }

    private static Optional<String> derived(Truth message) {
        return message.fates().stream()
                .filter(fate -> !fate.needs().isEmpty())
                .map(Fate::recipient)
                .filter(address -> !message.to().contains(address))
                .findFirst();
    }

    private static Question of(FlowTruth flow, String kind, Instant now, Map<String, String> what) {
        Instant begun = Instant.ofEpochSecond(
                flow.messages().stream().mapToLong(Truth::begun).min().orElseThrow());
        Map<String, String> parameters = new LinkedHashMap<>(what);
        parameters.put("from", begun.minus(BEFORE).toString());
        if (begun.isBefore(now.minus(OLD))) {
            parameters.put("to", begun.plus(Duration.ofDays(1)).toString());
        }
        return new Question(flow, kind, parameters);
    }

    boolean asksById() {
        return parameters.containsKey("messageId");
    }

    /** Whether a message is one that is asked for, by any of the addresses that it had. */
    boolean asksFor(Truth message) {
        String id = parameters.get("messageId");
        String sender = parameters.get("sender");
        return (id == null || (id.equalsIgnoreCase(message.messageId()) && isKnownById(message)))
                && (sender == null || message.senders().contains(sender))
                && (parameters.get("recipient") == null
                        || message.fates().stream().anyMatch(this::asksFor));
    }

    /** A message that came without an id has one from the second system on. */
    private static boolean isKnownById(Truth message) {
        return message.oneId()
                || message.seen().stream().anyMatch(seen -> !seen.system().equals(message.originSystem()));
    }

    /** Whether this recipient's fate is what is asked for. */
    boolean asksFor(Fate fate) {
        String recipient = parameters.get("recipient");
        return recipient != null && recipient.equalsIgnoreCase(fate.recipient());
    }
}
