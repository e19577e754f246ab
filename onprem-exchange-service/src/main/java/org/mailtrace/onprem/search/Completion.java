package org.mailtrace.onprem.search;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.mailtrace.contract.Include;
import org.mailtrace.contract.Question;
import org.mailtrace.index.Found;
import org.mailtrace.index.IndexQuery;
import org.mailtrace.index.IndexedMessage;
import org.mailtrace.index.TraceIndex;
import org.mailtrace.onprem.meaning.GroupKey;
import org.mailtrace.onprem.meaning.References;
import org.mailtrace.onprem.meaning.Site;
import org.mailtrace.onprem.meaning.WholeMessage;
import org.mailtrace.onprem.meaning.WholeMessages;
import org.mailtrace.onprem.record.RowBody;
import org.mailtrace.onprem.record.TrackingRow;

/**
 * Completes what a search found: loads the groups that share one of a message's ids and shows each message once, whole. The
 * keys of the groups that may be missing are computed, so that for most messages two look-ups by key are all it costs.
 */
final class Completion {
    /** Of more messages with one Message-ID, only hop links tell which rows are whose. */
    private static final int MOST_GROUPS = 50;

    private static final Instant EVER = Instant.parse("9999-01-01T00:00:00Z");
    private static final Comparator<IndexedMessage> OLDEST_FIRST =
            Comparator.comparing(IndexedMessage::firstSeen).thenComparing(IndexedMessage::group);

    private final TraceIndex index;
    private final WholeMessages wholes;
    private final Duration deadline;

    Completion(TraceIndex index, Site site, Duration deadline) {
        this.index = index;
        this.wholes = new WholeMessages(site);
        this.deadline = deadline;
    }

    /** What a found group stands for in a list; empty if the same message is shown under an older group of it. */
    List<IndexedMessage> listed(IndexedMessage hit, Question question) {
        Siblings siblings = siblings(hit);
        if (siblings.groups().size() == 1) {
            return List.of(hit);
        }
        return wholes.of(siblings.groups(), siblings.all()).stream()
                .filter(whole -> whole.holdsRowsOf(hit))
                .flatMap(whole -> listed(whole, hit, question).stream())
                .toList();
    }

    /** A group with everything that belongs to it; under its own id, so that an id that was given out stays good. */
    IndexedMessage whole(IndexedMessage found) {
        Siblings siblings = siblings(found);
        if (siblings.groups().size() == 1) {
            return found;
        }
        List<WholeMessage> messages = wholes.of(siblings.groups(), siblings.all()).stream()
                .filter(whole -> whole.holdsRowsOf(found))
                .toList();
        return messages.stream()
                .filter(whole -> whole.sources().stream()
                        .anyMatch(source -> source.group().equals(found.group())))
                .findFirst()
                .map(whole -> whole.under(found))
                .orElse(found);
    }

    /** Messages that may refer to this one. */
    List<IndexedMessage> referring(IndexedMessage message) {
        return message.rows().stream()
                .map(row -> RowBody.read(row.at(), row.body()))
                .flatMap(row -> row.messageId().stream())
                .findFirst()
                .map(id -> byId(References.inIndex(id)).messages())
                .orElse(List.of());
    }

    private static Optional<IndexedMessage> listed(WholeMessage whole, IndexedMessage hit, Question question) {
        List<IndexedMessage> matching = whole.sources().stream()
                .filter(source -> question.covers(source.firstSeen()) && matches(source, question))
                .sorted(OLDEST_FIRST)
                .toList();
        boolean isSource =
                whole.sources().stream().anyMatch(source -> source.group().equals(hit.group()));
        if (isSource) {
            boolean shownElsewhere = !matching.isEmpty()
                    && !matching.getFirst().group().equals(hit.group())
                    && matching.stream().anyMatch(source -> source.group().equals(hit.group()));
            return shownElsewhere ? Optional.empty() : Optional.of(whole.under(hit));
        }
        return matching.isEmpty() && matches(whole.message(), question)
                ? Optional.of(whole.under(whole.sources().getFirst()))
                : Optional.empty();
    }

    /** At most what the index would match: a message is rather shown twice than never. */
    private static boolean matches(IndexedMessage group, Question question) {
        List<TrackingRow> rows = group.rows().stream()
                .map(row -> RowBody.read(row.at(), row.body()))
                .toList();
        boolean visible = question.include().contains(Include.NOISE)
                || group.rows().stream().anyMatch(row -> !row.noise());
        boolean recipient = question.recipients().isEmpty()
                || rows.stream()
                        .flatMap(row -> Stream.concat(row.recipients().stream(), row.relatedRecipients().stream()))
                        .anyMatch(question::asksForRecipient);
        boolean sender = question.sender()
                .map(asked ->
                        rows.stream().flatMap(row -> row.returnPath().stream()).anyMatch(asked::matches))
                .orElse(true);
        boolean subject = question.subject()
                .map(text -> text.toLowerCase(Locale.ROOT))
                .map(text -> rows.stream()
                        .anyMatch(row -> row.value("message-subject")
                                .toLowerCase(Locale.ROOT)
                                .contains(text)))
                .orElse(true);
        boolean id = question.messageId()
                .map(asked -> rows.stream()
                        .flatMap(row -> Stream.concat(row.messageId().stream(), row.networkMessageId().stream()))
                        .anyMatch(asked.value()::equals))
                .orElse(true);
        return visible && recipient && sender && subject && id;
    }

    private Siblings siblings(IndexedMessage hit) {
        if (hit.rows().isEmpty()) {
            return new Siblings(List.of(hit), true);
        }
        TrackingRow row =
                RowBody.read(hit.rows().getFirst().at(), hit.rows().getFirst().body());
        Optional<String> messageId = row.messageId();
        Optional<String> networkId = row.networkMessageId();
        boolean alone = messageId.isPresent()
                ? networkId.isPresent()
                        && index.find(key(messageId, Optional.empty())).isEmpty()
                        && index.find(key(Optional.empty(), networkId)).isEmpty()
                : networkId.isEmpty();
        return alone ? new Siblings(List.of(hit), true) : byIds(hit, messageId, networkId);
    }

    /** All groups that share an id with the hit, and those that share one with these. */
    private Siblings byIds(IndexedMessage hit, Optional<String> messageId, Optional<String> networkId) {
        Map<String, IndexedMessage> groups = new LinkedHashMap<>(Map.of(hit.group(), hit));
        Deque<String> open = new ArrayDeque<>();
        messageId.ifPresent(open::add);
        networkId.ifPresent(open::add);
        Set<String> asked = new HashSet<>();
        boolean all = true;
        while (!open.isEmpty() && groups.size() <= MOST_GROUPS) {
            String id = open.removeFirst();
            if (asked.add(id)) {
                Found found = byId(id);
                all &= !found.more();
                for (IndexedMessage each : found.messages()) {
                    if (!each.rows().isEmpty() && groups.putIfAbsent(each.group(), each) == null) {
                        TrackingRow row = RowBody.read(
                                each.rows().getFirst().at(),
                                each.rows().getFirst().body());
                        row.messageId().ifPresent(open::add);
                        row.networkMessageId().ifPresent(open::add);
                    }
                }
            }
        }
        return new Siblings(List.copyOf(groups.values()), all && open.isEmpty());
    }

    private Found byId(String id) {
        return index.search(new IndexQuery(
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.of(id),
                Instant.EPOCH,
                EVER,
                true,
                Optional.empty(),
                MOST_GROUPS,
                deadline));
    }

    private static String key(Optional<String> messageId, Optional<String> networkId) {
        return GroupKey.inIndex(GroupKey.of(messageId, networkId));
    }

    /** Groups that share ids; whether these are all. */
    private record Siblings(List<IndexedMessage> groups, boolean all) {}
}
