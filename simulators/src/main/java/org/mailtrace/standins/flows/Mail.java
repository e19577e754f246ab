package org.mailtrace.standins.flows;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * One message while it is made up: what each system did goes into the story, with that system's own clock; what really
 * became of it goes into the truth. The two are written side by side, so that neither is derived from the other.
 */
final class Mail {
    private final String story;
    private final Chance chance;
    private final Instant begun;
    private final String sender;
    private final List<String> to;
    private final Map<String, Long> clocks = new HashMap<>();
    private final Map<String, Duration> delays = new HashMap<>();
    private final List<String> hops = new ArrayList<>();
    private final List<Seen> seen = new ArrayList<>();
    private final Map<String, Fate> fates = new LinkedHashMap<>();
    private final Set<String> notices = new LinkedHashSet<>();
    private final Set<String> senders = new LinkedHashSet<>();
    private String messageId;
    private String subject;
    private String headerFrom = "";
    private String origin = "OUTSIDE";
    private String originSystem = Party.PP;
    private boolean oneId = true;
    private String knownAsOneBy = "";
    private long elapsed;

    Mail(String story, Chance chance, Instant begun, String sender, List<String> to, String subject) {
        this.story = story;
        this.chance = chance;
        this.begun = begun;
        this.sender = sender;
        this.to = List.copyOf(to);
        this.subject = subject;
        this.senders.add(sender);
        this.messageId = "<" + story + "@" + sender.replaceAll(".*@|[<>]", "") + ">";
        if (sender.equals("<>")) {
            messageId = "<" + story + "@mail.example>";
            notices.add("NULL_SENDER");
        }
    }

    /** Another message with the same Message-ID, sender, recipients and subject. */
    Mail likewise(String otherStory, Instant otherTime) {
        Mail other = new Mail(otherStory, chance, otherTime, sender, to, subject).named(messageId);
        other.clocks.putAll(clocks);
        other.headerFrom = headerFrom;
        other.notices.addAll(notices);
        return other;
    }

    Mail about(String other) {
        subject = other;
        return this;
    }

    Mail named(String id) {
        messageId = id;
        return this;
    }

    String messageId() {
        return messageId;
    }

    Instant begins() {
        return begun;
    }

    List<String> to() {
        return to;
    }

    String sender() {
        return sender;
    }

    Chance chance() {
        return chance;
    }

    /** The From header differs. */
    Mail shownAs(String header) {
        headerFrom = header;
        notices.add("HEADER_FROM_DIFFERS");
        return this;
    }

    /** Who saw where it came from, and what that was. */
    Mail comesFrom(String what, String system) {
        origin = what;
        originSystem = system;
        return this;
    }

    /** Clocks of different systems may be 5 minutes apart. */
    Mail withClocksApart() {
        List.of(Party.PP, Party.ONPREM, Party.EXO)
                .forEach(system -> clocks.put(system, (long) chance.between(-150, 150)));
        return this;
    }

    /** What a system sees from now on, it shows only so much later. */
    Mail late(String system, Duration by) {
        delays.put(system, by);
        return this;
    }

    Mail notOneId() {
        oneId = false;
        return this;
    }

    /**
     * Proofpoint hands it to the cloud in a transaction of its own for these, and the cloud, which trusts no header of it, gives
     * the transaction a network message id of its own: only Proofpoint knows that it is one message.
     */
    Mail transaction(List<String> who) {
        knownAsOneBy = Party.PP;
        String id = UUID.nameUUIDFromBytes((story + who).getBytes(StandardCharsets.UTF_8))
                .toString();
        return gate("pass", who, "nextHop", Party.CLOUD_HOST)
                .cloud("receive", who, "clientIp", Party.GATE_IP, "raw", "{ network-message-id: " + id + " }");
    }

    Mail rewrittenTo(String other) {
        senders.add(other);
        notices.add("HEADER_FROM_DIFFERS");
        return this;
    }

    Mail notice(String code) {
        notices.add(code);
        return this;
    }

    /** Time passes. */
    Mail wait(Duration time) {
        elapsed += time.toSeconds();
        return this;
    }

    Mail gate(String event, List<String> who, String... keys) {
        return hop(Party.PP, event, who, keys);
    }

    Mail cloud(String event, List<String> who, String... keys) {
        return hop(Party.EXO, event, who, keys);
    }

    Mail server(String server, String event, List<String> who, String... keys) {
        String[] all = new String[keys.length + 2];
        all[0] = "server";
        all[1] = server;
        System.arraycopy(keys, 0, all, 2, keys.length);
        return hop(Party.ONPREM, event, who, all);
    }

    /** One hop; it takes some seconds. A value that begins with a brace or a bracket is written as it is. */
    private Mail hop(String system, String event, List<String> who, String... keys) {
        long after = elapsed + clocks.getOrDefault(system, 0L);
        Duration late = delays.getOrDefault(system, Duration.ZERO);
        StringBuilder text =
                new StringBuilder("      - { system: " + system + ", event: " + event + ", after: " + after + "s");
        boolean group = event.equals("expand");
        if (!group) {
            text.append(", recipients: ").append(list(who));
        }
        if (!late.isZero()) {
            text.append(", visibleAfter: ").append(late.toSeconds()).append('s');
        }
        List<String> concerned = new ArrayList<>(who);
        for (int i = 0; i < keys.length; i += 2) {
            String value = keys[i + 1];
            text.append(", ")
                    .append(keys[i])
                    .append(": ")
                    .append(value.startsWith("{") || value.startsWith("[") ? value : quoted(value));
            if (keys[i].equals("members")) {
                concerned.addAll(List.of(
                        value.substring(1, value.length() - 1).replace("\"", "").split(", ")));
            } else if (keys[i].equals("resolvedTo")) {
                concerned.add(value);
            }
        }
        hops.add(text.append(" }").toString());
        long at = begun.getEpochSecond() + after;
        concerned.forEach(address -> seen.add(new Seen(system, address, event, at, at + late.toSeconds())));
        elapsed += chance.between(1, 4);
        return this;
    }

    /** What became of it for these, proven by that one system alone. */
    Mail ends(List<String> who, String outcome, String where) {
        return ends(who, outcome, where, List.of(where));
    }

    Mail ends(List<String> who, String outcome, String where, List<String> needs) {
        boolean inMailbox = outcome.equals("DELIVERED") || outcome.equals("JUNKED");
        who.forEach(address -> fates.put(
                address,
                new Fate(address, outcome, where, direction(address), List.of(), inMailbox ? 1 : 0, "", needs)));
        return this;
    }

    Mail handedOff(List<String> who, String where, String host, List<String> needs) {
        who.forEach(address -> fates.put(
                address, new Fate(address, "HANDED_OFF", where, direction(address), List.of(), 0, host, needs)));
        return this;
    }

    /** It went on to others; their fates are known by now. */
    Mail wentOnTo(String address, String where, List<String> others) {
        int have = others.stream()
                .map(fates::get)
                .mapToInt(fate -> fate == null ? 0 : Math.min(1, fate.inMailboxOf()))
                .sum();
        fates.put(
                address, new Fate(address, "READDRESSED", where, direction(address), others, have, "", List.of(where)));
        return this;
    }

    /** It went on under another address of the same mailbox, whose fate is known by now. */
    Mail sameMailboxAs(String address, String alias, String resolver) {
        Fate fate = fates.get(alias);
        Set<String> needs = new LinkedHashSet<>(List.of(resolver));
        needs.addAll(fate.needs());
        fates.put(
                address,
                new Fate(
                        address,
                        fate.outcome(),
                        fate.where(),
                        direction(address),
                        List.of(),
                        fate.inMailboxOf(),
                        fate.host(),
                        fate.needs().isEmpty() ? List.of() : List.copyOf(needs)));
        return this;
    }

    String story() {
        return "  - id: " + story + "\n    title: " + quoted("Generated " + story) + "\n    at: " + begun
                + "\n    messageId: "
                + quoted(messageId) + "\n    from: " + quoted(sender)
                + (headerFrom.isEmpty() ? "" : "\n    headerFrom: " + quoted(headerFrom)) + "\n    to: " + list(to)
                + "\n    subject: " + quoted(subject) + "\n    hops:\n" + String.join("\n", hops) + "\n";
    }

    Truth truth() {
        return new Truth(
                story,
                messageId,
                sender,
                List.copyOf(senders),
                headerFrom,
                subject,
                to,
                begun.getEpochSecond(),
                origin,
                originSystem,
                oneId,
                knownAsOneBy,
                List.copyOf(fates.values()),
                seen,
                List.copyOf(notices));
    }

    private String direction(String address) {
        if (!Party.isOurs(address)) {
            return "OUTBOUND";
        }
        return origin.equals("OUTSIDE") ? "INBOUND" : "INTERNAL";
    }

    static String list(List<String> values) {
        return values.stream().map(Mail::quoted).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
