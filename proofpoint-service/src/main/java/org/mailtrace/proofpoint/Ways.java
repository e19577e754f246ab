package org.mailtrace.proofpoint;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.mailtrace.contract.Question;
import org.mailtrace.contract.SourcePart;
import org.mailtrace.contract.SourceState;
import org.mailtrace.proofpoint.fate.Message;
import org.mailtrace.proofpoint.record.RecordType;
import org.mailtrace.proofpoint.recorded.Reached;
import org.mailtrace.proofpoint.row.MessageRow;
import org.mailtrace.proofpoint.settings.ProofpointSettings;
import org.mailtrace.proofpoint.slicing.Window;
import org.mailtrace.proofpoint.smartsearch.Plan;
import org.mailtrace.proofpoint.smartsearch.VendorQuery;
import org.mailtrace.proofpoint.words.RecordSentences;

/** Looks the ways that are configured: the stream's records first, and Smart Search for what they do not cover. */
@ApplicationScoped
class Ways {
    /** Messages of a page that are asked for one by one where the mail server's lines may be missing. */
    private static final int MOST_ONE_BY_ONE = 5;

    private final SmartSearchWay smartSearch;
    private final StreamWay stream;
    private final ProofpointSettings settings;

    Ways(SmartSearchWay smartSearch, StreamWay stream, ProofpointSettings settings) {
        this.smartSearch = smartSearch;
        this.stream = stream;
        this.settings = settings;
    }

    /** Looks for what a question asks. */
    Looked look(Question question, Plan plan, Optional<Instant> newest, BiPredicate<List<MessageRow>, Instant> enough) {
        Instant from = question.from();
        Instant to = question.to();
        if (!settings.ask().readsStream()) {
            Plan.Possible possible = (Plan.Possible) plan;
            return smartSearch.look(possible.queries(), from, to, newest, possible.provesAbsence(), enough);
        }
        Reached reached = stream.reached(RecordType.MESSAGE, from, to);
        Looked recorded = stream.look(question, newest, reached, enough);
        if (recorded.state().looked() || !settings.ask().asksSmartSearch()) {
            return recorded;
        }
        return switch (plan) {
            case Plan.Impossible(String explanation) ->
                recorded.with(new SourcePart(
                        SmartSearchWay.PART,
                        SourceState.CANNOT_ANSWER,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(explanation)));
            case Plan.Possible possible -> {
                Window open = open(recorded, reached);
                yield completed(
                        recorded,
                        reached,
                        smartSearch.look(
                                possible.queries(), open.from(), open.to(), newest, possible.provesAbsence(), enough),
                        !open.to().isBefore(to));
            }
        };
    }

    /** Looks for one message, and for those split from it. */
    Looked find(String key, List<VendorQuery> queries, Instant from, Instant to) {
        if (!settings.ask().readsStream()) {
            return smartSearch.look(queries, from, to, Optional.empty(), true, (rows, downTo) -> false);
        }
        Reached reached = stream.reached(RecordType.MESSAGE, from, to);
        Looked recorded = stream.find(key, reached);
        boolean isThere = !recorded.rows().isEmpty();
        if (isThere && recorded.state() != SourceState.FAILED) {
            // A message that was found by its key is not made unsure by what else may be missing.
            return new Looked(
                    recorded.rows(),
                    Instant.MIN,
                    List.of(StreamWay.part(RecordType.MESSAGE, reached, SourceState.ANSWERED)),
                    recorded.searched(),
                    recorded.searchableFrom(),
                    recorded.provenUntil(),
                    recorded.dataAsOf(),
                    Optional.empty());
        }
        if (recorded.state().looked() || !settings.ask().asksSmartSearch()) {
            return recorded;
        }
        return completed(
                recorded,
                reached,
                smartSearch.look(queries, from, to, Optional.empty(), true, (rows, downTo) -> false),
                true);
    }

    /**
     * Whether the mail server's lines about these messages are all here; asks Smart Search about a few of which they are
     * not. Lines are only missed for messages whose hand-over is not settled.
     */
    Lines lines(List<Message> unsettled) {
        if (!settings.ask().readsStream()) {
            return new Lines(List.of(), List.of());
        }
        Instant now =
                stream.reached(RecordType.MAILLOG, Instant.EPOCH, Instant.MAX).now();
        List<Message> unsure = unsettled.stream()
                .filter(message -> !stream.reached(RecordType.MAILLOG, message.firstSeen(), now)
                        .state()
                        .looked())
                .toList();
        Instant from = unsure.stream()
                .map(Message::firstSeen)
                .min(Comparator.naturalOrder())
                .orElse(now);
        Reached reached = stream.reached(RecordType.MAILLOG, from, now);
        if (unsure.isEmpty()) {
            return new Lines(List.of(StreamWay.part(RecordType.MAILLOG, reached, SourceState.ANSWERED)), List.of());
        }
        List<String> keys = unsure.stream()
                .flatMap(message -> message.rows().stream())
                .flatMap(row -> row.key().stream())
                .distinct()
                .toList();
        if (settings.ask().asksSmartSearch() && keys.size() <= MOST_ONE_BY_ONE) {
            Looked asked = smartSearch.look(
                    keys.stream()
                            .flatMap(key -> VendorQuery.forKey(key).stream())
                            .toList(),
                    from,
                    now,
                    Optional.empty(),
                    true,
                    (rows, downTo) -> false);
            SourceState state = asked.state().looked() ? SourceState.ANSWERED : SourceState.PARTIAL;
            return new Lines(
                    Stream.concat(Stream.of(StreamWay.part(RecordType.MAILLOG, reached, state)), asked.parts().stream())
                            .toList(),
                    asked.rows());
        }
        return new Lines(List.of(StreamWay.part(RecordType.MAILLOG, reached, SourceState.PARTIAL)), List.of());
    }

    /**
     * What is known of the mail server's lines.
     *
     * @param rows rows that know more of a message than the stream's
     */
    record Lines(List<SourcePart> parts, List<MessageRow> rows) {}

    /** The rows of both; of a message that both tell, the stream's columns, and Smart Search's where it has more. */
    static List<MessageRow> merged(List<MessageRow> recorded, List<MessageRow> searched) {
        Map<String, MessageRow> byGuid = new LinkedHashMap<>();
        searched.forEach(row -> row.column("GUID").ifPresent(guid -> byGuid.put(guid, row)));
        List<MessageRow> rows = new ArrayList<>();
        for (MessageRow row : recorded) {
            MessageRow other = row.column("GUID").map(byGuid::remove).orElse(null);
            rows.add(other == null ? row : row.completedBy(other));
        }
        searched.stream()
                .filter(row -> row.column("GUID").map(byGuid::containsKey).orElse(true))
                .forEach(rows::add);
        return rows;
    }

    /** One stretch that holds all that is open; the whole window where the store itself failed. */
    private static Window open(Looked recorded, Reached reached) {
        List<Window> open = reached.open();
        boolean storeFailed = recorded.state() == SourceState.FAILED || recorded.state() == SourceState.TIMED_OUT;
        return storeFailed || open.isEmpty()
                ? new Window(reached.from(), reached.to())
                : new Window(open.getFirst().from(), open.getLast().to());
    }

    private static Looked completed(Looked recorded, Reached reached, Looked searched, boolean upToTheEnd) {
        boolean whole = searched.state().looked();
        SourcePart own = recorded.parts().getFirst();
        SourcePart told = whole
                ? new SourcePart(
                        own.name(),
                        SourceState.ANSWERED,
                        own.searchableFrom(),
                        own.dataAsOf(),
                        Optional.of(own.explanation()
                                .map(why -> why + " " + RecordSentences.completedBySmartSearch())
                                .orElse(RecordSentences.completedBySmartSearch())))
                : own;
        Instant downTo = Stream.of(recorded.completeDownTo(), searched.completeDownTo())
                .max(Comparator.naturalOrder())
                .orElseThrow();
        return new Looked(
                merged(recorded.rows(), searched.rows()),
                downTo,
                Stream.concat(Stream.of(told), searched.parts().stream()).toList(),
                recorded.searched(),
                Stream.concat(recorded.searchableFrom().stream(), searched.searchableFrom().stream())
                        .min(Comparator.naturalOrder()),
                whole && upToTheEnd ? searched.provenUntil() : reached.provenUntil(),
                recorded.dataAsOf(),
                searched.retryAfter());
    }
}
