package org.mailtrace.proofpoint;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.mailtrace.contract.Question;
import org.mailtrace.contract.SourcePart;
import org.mailtrace.contract.SourceState;
import org.mailtrace.index.IndexException;
import org.mailtrace.proofpoint.fate.Message;
import org.mailtrace.proofpoint.record.RecordType;
import org.mailtrace.proofpoint.recorded.Reached;
import org.mailtrace.proofpoint.row.MessageRow;
import org.mailtrace.proofpoint.settings.ProofpointSettings;
import org.mailtrace.proofpoint.slicing.Deadline;
import org.mailtrace.proofpoint.slicing.Window;
import org.mailtrace.proofpoint.smartsearch.Plan;
import org.mailtrace.proofpoint.smartsearch.VendorQuery;
import org.mailtrace.proofpoint.words.RecordSentences;

/** Looks the ways that are configured: the stream's records first, and Smart Search for what they do not cover. */
@ApplicationScoped
class Ways {
    /** Messages of a page that are asked for one by one where the mail server's lines may be missing. */
    private static final int MOST_ONE_BY_ONE = 5;

    /** Smart Search tells whole seconds, and nobody says whether it rounds them. */
    private static final Duration SAME_TIME = Duration.ofSeconds(1);

    private final SmartSearchWay smartSearch;
    private final StreamWay stream;
    private final ProofpointSettings settings;
    private final Clock clock;

    Ways(SmartSearchWay smartSearch, StreamWay stream, ProofpointSettings settings, Clock clock) {
        this.smartSearch = smartSearch;
        this.stream = stream;
        this.settings = settings;
        this.clock = clock;
    }

    /** Looks for what a question asks; all ways together have until the deadline. */
    Looked look(
            Question question,
            Plan plan,
            Optional<Instant> newest,
            BiPredicate<List<MessageRow>, Instant> enough,
            Deadline deadline) {
        Instant from = question.from();
        Instant to = question.to();
        if (!settings.ask().readsStream()) {
            Plan.Possible possible = (Plan.Possible) plan;
            return smartSearch.look(possible.queries(), from, to, newest, possible.provesAbsence(), enough, deadline);
        }
        Reached reached = stream.reached(RecordType.MESSAGE, from, to);
        boolean targets = plan instanceof Plan.Possible possible && possible.mayBeTargets();
        Looked recorded = stream.look(question, targets, newest, reached, enough, deadline);
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
                                possible.queries(),
                                open.from(),
                                open.to(),
                                newest,
                                possible.provesAbsence(),
                                enough,
                                deadline),
                        open);
            }
        };
    }

    /** Looks for one message, and for those split from it. */
    Looked find(String key, List<VendorQuery> queries, Instant from, Instant to, Deadline deadline) {
        if (!settings.ask().readsStream()) {
            return smartSearch.look(queries, from, to, Optional.empty(), true, (rows, downTo) -> false, deadline);
        }
        if (key.startsWith(MessageRow.BY_QUEUE_ID) || key.startsWith(MessageRow.BY_MESSAGE_ID)) {
            return findWithoutGuid(queries, from, to, deadline);
        }
        Reached reached = stream.reached(RecordType.MESSAGE, from, to);
        Looked recorded = stream.find(key, reached, deadline);
        if (recorded.state().looked() || !settings.ask().asksSmartSearch()) {
            return recorded;
        }
        return completed(
                recorded,
                reached,
                smartSearch.look(queries, from, to, Optional.empty(), true, (rows, downTo) -> false, deadline),
                new Window(from, to));
    }

    /** No record of the stream is without a GUID. */
    private Looked findWithoutGuid(List<VendorQuery> queries, Instant from, Instant to, Deadline deadline) {
        if (settings.ask().asksSmartSearch()) {
            return smartSearch.look(queries, from, to, Optional.empty(), true, (rows, downTo) -> false, deadline);
        }
        return new Looked(
                List.of(),
                Instant.MIN,
                List.of(new SourcePart(
                        StreamWay.partName(RecordType.MESSAGE),
                        SourceState.CANNOT_ANSWER,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(RecordSentences.cannotHaveThatId()))),
                Optional.empty(),
                Optional.empty(),
                from,
                Optional.empty(),
                Optional.empty());
    }

    /**
     * The messages with what the mail server said about them, and whether its lines are all here; asks Smart Search about a
     * few of which they are not. Lines are only missed for messages whose hand-over is not settled.
     *
     * @param isUnsettled whether the last word on one of a message's recipients is still to come
     */
    Lines lines(List<Message> messages, Predicate<Message> isUnsettled, Deadline deadline) {
        if (!settings.ask().readsStream() || messages.isEmpty()) {
            return new Lines(messages, List.of());
        }
        Instant now = clock.instant();
        List<Message> told;
        try {
            told = messages.stream()
                    .map(message -> message.with(stream::withLines))
                    .toList();
        } catch (IndexException e) {
            Reached reached = stream.reached(RecordType.MAILLOG, now, now);
            return new Lines(
                    messages, List.of(lines(reached, SourceState.FAILED, Optional.of(RecordSentences.storeFailed()))));
        }
        List<Message> unsure = told.stream()
                .filter(isUnsettled)
                .filter(message -> !reachedSince(message, now).state().looked())
                .toList();
        if (unsure.isEmpty()) {
            return new Lines(
                    told,
                    List.of(lines(
                            stream.reached(RecordType.MAILLOG, now, now), SourceState.ANSWERED, Optional.empty())));
        }
        Message oldest =
                unsure.stream().min(Comparator.comparing(Message::firstSeen)).orElseThrow();
        return settled(told, unsure, reachedSince(oldest, now), deadline);
    }

    private Lines settled(List<Message> told, List<Message> unsure, Reached reached, Deadline deadline) {
        List<String> keys = unsure.stream()
                .flatMap(message -> message.rows().stream())
                .flatMap(row -> row.key().stream())
                .distinct()
                .toList();
        String why = reached.explanation(RecordType.MAILLOG.word())
                .map(sentence -> sentence + " " + RecordSentences.handOverMayBeMissing())
                .orElse(RecordSentences.handOverMayBeMissing());
        if (!settings.ask().asksSmartSearch() || keys.size() > MOST_ONE_BY_ONE) {
            return new Lines(told, List.of(lines(reached, SourceState.PARTIAL, Optional.of(why))));
        }
        Looked asked = smartSearch.look(
                keys.stream().flatMap(key -> VendorQuery.forKey(key).stream()).toList(),
                reached.from(),
                reached.to(),
                Optional.empty(),
                true,
                (rows, downTo) -> false,
                deadline);
        boolean allTold = asked.state().looked()
                && keys.stream()
                        .allMatch(key -> asked.rows().stream()
                                .anyMatch(row -> row.key().equals(Optional.of(key)) && row.tellsHandOver()));
        SourcePart part = allTold
                ? lines(reached, SourceState.ANSWERED, Optional.of(RecordSentences.completedBySmartSearch()))
                : lines(reached, SourceState.PARTIAL, Optional.of(why));
        return new Lines(
                told.stream().map(message -> message.with(asked.rows())).toList(),
                Stream.concat(Stream.of(part), asked.parts().stream()).toList());
    }

    private Reached reachedSince(Message message, Instant now) {
        return stream.reached(
                RecordType.MAILLOG, message.firstSeen(), now.isAfter(message.firstSeen()) ? now : message.firstSeen());
    }

    private static SourcePart lines(Reached reached, SourceState state, Optional<String> explanation) {
        return new SourcePart(
                StreamWay.partName(RecordType.MAILLOG),
                state,
                reached.since(),
                reached.known().until(),
                explanation);
    }

    /** Messages with what is known of the mail server's lines. */
    record Lines(List<Message> messages, List<SourcePart> parts) {}

    /**
     * The rows of both. Of a row that both tell, the stream's columns, and Smart Search's where it has more; the same
     * GUID at another time is another pass.
     */
    static List<MessageRow> merged(List<MessageRow> recorded, List<MessageRow> searched) {
        List<MessageRow> others = new ArrayList<>(searched);
        List<MessageRow> rows = new ArrayList<>();
        for (MessageRow row : recorded) {
            Optional<MessageRow> same =
                    others.stream().filter(other -> isSame(row, other)).findFirst();
            same.ifPresent(others::remove);
            rows.add(same.map(row::completedBy).orElse(row));
        }
        rows.addAll(others);
        return rows;
    }

    private static boolean isSame(MessageRow row, MessageRow other) {
        boolean sameTime = row.date().isPresent()
                && other.date().isPresent()
                && Duration.between(row.date().get(), other.date().get()).abs().compareTo(SAME_TIME) <= 0;
        return sameTime && row.column("GUID").equals(other.column("GUID"));
    }

    /** One stretch that holds all that is open; the whole window where the store itself failed or does not tell all. */
    static Window open(Looked recorded, Reached reached) {
        List<Window> open = reached.open();
        boolean anywhere = Set.of(SourceState.FAILED, SourceState.TIMED_OUT, SourceState.TRUNCATED)
                .contains(recorded.state());
        return anywhere || open.isEmpty()
                ? new Window(reached.from(), reached.to())
                : new Window(open.getFirst().from(), open.getLast().to());
    }

    /**
     * What both brought.
     *
     * @param open the stretch that was searched, because the records do not cover it
     */
    static Looked completed(Looked recorded, Reached reached, Looked searched, Window open) {
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
                provenUntil(reached, searched, open),
                recorded.dataAsOf(),
                searched.retryAfter());
    }

    /** A search that does not prove absence up to the end of its stretch proves nothing of what comes after it either. */
    private static Instant provenUntil(Reached reached, Looked searched, Window open) {
        Instant recorded = reached.provenUntil();
        if (!open.to().isBefore(reached.to())) {
            return searched.provenUntil();
        }
        boolean provesAll = !searched.provenUntil().isBefore(open.to());
        return provesAll || recorded.isBefore(searched.provenUntil()) ? recorded : searched.provenUntil();
    }
}
