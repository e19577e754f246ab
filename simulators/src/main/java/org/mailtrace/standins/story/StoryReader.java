package org.mailtrace.standins.story;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.mailtrace.contract.Direction;
import org.mailtrace.contract.MailId;
import org.mailtrace.contract.Outcome;
import org.yaml.snakeyaml.nodes.Node;

/** Reads one story. */
final class StoryReader {
    private static final Set<String> KEYS = Set.of(
            "id",
            "title",
            "at",
            "messageId",
            "networkMessageId",
            "from",
            "headerFrom",
            "to",
            "subject",
            "sizeBytes",
            "hops",
            "ask",
            "expect",
            "notices",
            "related");
    private static final Set<String> ASK_KEYS = Set.of("messageId", "sender", "recipient", "subject", "from", "to");
    private static final Set<String> EXPECT_KEYS =
            Set.of("recipient", "outcome", "where", "direction", "reason", "via", "readdressedTo");
    private static final long USUAL_SIZE = 24_576;

    private final Faults faults;
    private final Organisation organisation;
    private final Instant start;
    private final Addresses addresses;

    StoryReader(Faults faults, Organisation organisation, Instant start) {
        this.faults = faults;
        this.organisation = organisation;
        this.start = start;
        this.addresses = new Addresses(faults);
    }

    Story read(Node node) {
        Fields fields = new Fields(faults, node, "a story", KEYS);
        String id = fields.requiredText("id");
        if (!id.isEmpty() && !id.matches("[a-z0-9][a-z0-9-]{0,79}")) {
            faults.add(fields.nodeOf("id"), "an id has lower-case letters, digits and hyphens");
        }
        fields.requiredText("at");
        Instant at = time(fields, "at").orElse(start);
        String from = sender(fields);
        List<String> to = addresses.all(fields, "to");
        if (to.isEmpty()) {
            faults.add(fields.nodeOf("to"), "a story needs at least one recipient in 'to'");
        }
        Custody custody = new Custody(organisation, faults, to);
        List<Hop> hops = hops(fields, at, custody);
        String messageId = messageId(fields, id, at, from);
        return new Story(
                id,
                fields.requiredText("title"),
                at,
                messageId,
                networkMessageId(fields, id, at),
                from,
                fields.text("headerFrom"),
                to,
                fields.text("subject").orElse(""),
                fields.parsed("sizeBytes", "a number of bytes", StoryReader::size)
                        .orElse(USUAL_SIZE),
                hops,
                ask(fields, messageId),
                fields.items("expect").stream()
                        .flatMap(item -> expectation(item, custody).stream())
                        .toList(),
                fields.texts("notices"),
                fields.texts("related"));
    }

    private List<Hop> hops(Fields fields, Instant at, Custody custody) {
        List<Hop> hops = new ArrayList<>();
        HopReader reader = new HopReader(faults, organisation);
        if (fields.items("hops").isEmpty()) {
            faults.add(fields.nodeOf("hops"), "a story needs at least one of 'hops'");
        }
        for (Node item : fields.items("hops")) {
            int before = faults.count();
            Optional<Hop> hop = reader.read(item, at);
            if (hop.isEmpty() || faults.count() > before) {
                // What follows a hop that is not understood cannot be judged: one cause, one fault.
                return hops;
            }
            Optional<Hop> followed = custody.follow(item, hop.get());
            if (followed.isEmpty()) {
                return hops;
            }
            hops.add(followed.get());
        }
        return hops;
    }

    private String sender(Fields fields) {
        String text = fields.requiredText("from");
        return text.equals(Story.NULL_SENDER) || text.isEmpty()
                ? text
                : addresses.one(fields, "from").orElse("");
    }

    private Ask ask(Fields fields, String messageId) {
        Optional<Ask> asked = fields.child("ask").map(node -> {
            Fields ask = new Fields(faults, node, "ask", ASK_KEYS);
            return new Ask(
                    ask.text("messageId").flatMap(MailId::messageId),
                    ask.text("sender"),
                    ask.texts("recipient"),
                    ask.text("subject"),
                    time(ask, "from"),
                    time(ask, "to"));
        });
        Ask ask = asked.orElse(new Ask(
                Optional.empty(), Optional.empty(), List.of(), Optional.empty(), Optional.empty(), Optional.empty()));
        boolean empty = ask.messageId().isEmpty()
                && ask.sender().isEmpty()
                && ask.recipient().isEmpty()
                && ask.subject().isEmpty();
        return empty
                ? new Ask(Optional.of(messageId), ask.sender(), List.of(), ask.subject(), ask.from(), ask.to())
                : ask;
    }

    private Optional<Expectation> expectation(Node node, Custody custody) {
        Fields fields = new Fields(faults, node, "an expectation", EXPECT_KEYS);
        fields.requiredText("recipient");
        fields.requiredText("outcome");
        Optional<String> recipient = addresses.one(fields, "recipient");
        recipient
                .filter(r -> !custody.everyAddress().contains(r))
                .ifPresent(r -> faults.add(fields.nodeOf("recipient"), "'" + r + "' is nobody in this story"));
        Optional<Outcome> outcome = fields.parsed("outcome", "an outcome", word -> constant(Outcome.values(), word));
        Optional<String> where = fields.parsed(
                "where",
                "one of " + MailSystem.all(),
                word -> MailSystem.of(word).map(MailSystem::word));
        Optional<Direction> direction =
                fields.parsed("direction", "a direction", word -> constant(Direction.values(), word));
        if (recipient.isEmpty() || outcome.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Expectation(
                recipient.get(),
                outcome.get(),
                where,
                direction,
                fields.text("reason"),
                addresses.all(fields, "via"),
                addresses.all(fields, "readdressedTo")));
    }

    private String messageId(Fields fields, String id, Instant at, String from) {
        return fields.text("messageId").flatMap(MailId::messageId).orElseGet(() -> {
            String domain = from.contains("@") ? from.substring(from.lastIndexOf('@') + 1) : "mail.example";
            String unique = HexFormat.of().toHexDigits((id + at.getEpochSecond()).hashCode());
            return "<" + id + "." + unique + "@" + domain + ">";
        });
    }

    /** The same for the same story and start, so that every renderer and test agrees. */
    private String networkMessageId(Fields fields, String id, Instant at) {
        return fields.parsed("networkMessageId", "a GUID", MailId::guid)
                .orElseGet(
                        () -> UUID.nameUUIDFromBytes((id + '@' + at.getEpochSecond()).getBytes(StandardCharsets.UTF_8))
                                .toString());
    }

    private Optional<Instant> time(Fields fields, String key) {
        return fields.parsed(
                key, "a time such as -3h or 2026-11-23T08:00:00Z", text -> StoryTimes.instant(text, start));
    }

    private static Optional<Long> size(String text) {
        return text.matches("\\d{1,12}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }

    private static <E extends Enum<E>> Optional<E> constant(E[] values, String word) {
        return Arrays.stream(values)
                .filter(value -> value.name().equals(word.toUpperCase(Locale.ROOT)))
                .findFirst();
    }
}
