package org.mailtrace.proofpoint;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.mailtrace.contract.Question;
import org.mailtrace.contract.SourcePart;
import org.mailtrace.contract.SourceState;
import org.mailtrace.index.IndexDeadlineException;
import org.mailtrace.index.IndexException;
import org.mailtrace.proofpoint.record.RecordType;
import org.mailtrace.proofpoint.recorded.Reached;
import org.mailtrace.proofpoint.recorded.RecordedSearch;
import org.mailtrace.proofpoint.recorded.RecordedSearch.Recorded;
import org.mailtrace.proofpoint.row.MessageRow;
import org.mailtrace.proofpoint.settings.ProofpointSettings;
import org.mailtrace.proofpoint.slicing.Deadline;
import org.mailtrace.proofpoint.slicing.Window;
import org.mailtrace.proofpoint.stream.Evidence;
import org.mailtrace.proofpoint.stream.Known;
import org.mailtrace.proofpoint.vendor.Credentials;
import org.mailtrace.proofpoint.words.RecordSentences;

/** Looks into the records that the log stream has brought. */
@ApplicationScoped
class StreamWay {
    private static final Logger LOG = Logger.getLogger(StreamWay.class);

    private final RecordedSearch recorded;
    private final Instance<Evidence> evidence;
    private final ProofpointSettings settings;
    private final Clock clock;

    StreamWay(RecordedSearch recorded, Instance<Evidence> evidence, ProofpointSettings settings, Clock clock) {
        this.recorded = recorded;
        this.evidence = evidence;
        this.settings = settings;
        this.clock = clock;
    }

    /** The name of a type's part. */
    static String partName(RecordType type) {
        return "log-stream/" + type.word();
    }

    /**
     * Searches a window.
     *
     * @param targets whether messages that were redirected to the recipients are looked for too
     * @param newest where reading begins, UTC; earlier pages have shown what is newer
     */
    Looked look(
            Question question,
            boolean targets,
            Optional<Instant> newest,
            Reached reached,
            BiPredicate<List<MessageRow>, Instant> enough,
            Deadline deadline) {
        Window window = new Window(question.from(), question.to()).upTo(newest);
        return looked(reached, () -> {
            Recorded found = recorded.search(question, window, enough, deadline);
            return targets ? found.with(recorded.redirected(question, window, deadline)) : found;
        });
    }

    /** Looks for one message by its GUID or that of one of its parts. */
    Looked find(String guid, Reached reached, Deadline deadline) {
        Window window = new Window(reached.from(), reached.to());
        return looked(reached, () -> recorded.find(guid, window, deadline));
    }

    /**
     * The row with what the mail server said about its message.
     *
     * @throws IndexException if the store fails
     */
    MessageRow withLines(MessageRow row) {
        return recorded.withLines(row);
    }

    /** How much of a window the records of a type cover. */
    Reached reached(RecordType type, Instant from, Instant to) {
        return new Reached(known(type), from, to, clock.instant(), settings.streamSettlingTime());
    }

    /** How each type stands by itself. */
    List<SourcePart> standing() {
        Instant now = clock.instant();
        return Stream.of(RecordType.values())
                .map(type -> {
                    Reached reached = reached(type, known(type).since().orElse(now), now);
                    return part(type, reached, reached.state());
                })
                .toList();
    }

    /** Whether the vendor takes the token: refused where it is for one of the types. */
    Credentials.Seen token() {
        return Credentials.worstOf(
                Stream.of(RecordType.values()).map(type -> known(type).token()).toList());
    }

    /** How new the newest records are; empty as long as one of the types has none. */
    Optional<Instant> dataAsOf() {
        return Stream.of(RecordType.values())
                .map(type -> known(type).until().orElse(Instant.MIN))
                .min(Instant::compareTo)
                .filter(Instant.MIN::isBefore);
    }

    /** The part of a type, in a state. */
    static SourcePart part(RecordType type, Reached reached, SourceState state) {
        return new SourcePart(
                partName(type),
                state,
                reached.since(),
                reached.known().until(),
                state.looked() ? Optional.empty() : reached.explanation(type.word()));
    }

    private Looked looked(Reached before, Supplier<Recorded> search) {
        Reached reached = before;
        try {
            Recorded found = search.get();
            // What was removed while it was searched is claimed no more.
            reached = recorded.purgedBefore().map(before::notBefore).orElse(before);
            return looked(reached, found, part(reached, found));
        } catch (IndexDeadlineException e) {
            return failed(reached, SourceState.TIMED_OUT, RecordSentences.storeTooSlow());
        } catch (IndexException e) {
            LOG.warnf("the records of the log stream cannot be searched reason=\"%s\"", e.getMessage());
            return failed(reached, SourceState.FAILED, RecordSentences.storeFailed());
        }
    }

    private static Looked failed(Reached reached, SourceState state, String why) {
        return looked(
                reached,
                new Recorded(List.of(), Instant.MIN, false, false),
                new SourcePart(
                        partName(RecordType.MESSAGE),
                        state,
                        reached.since(),
                        reached.known().until(),
                        Optional.of(why)));
    }

    private static SourcePart part(Reached reached, Recorded found) {
        SourcePart part = part(RecordType.MESSAGE, reached, reached.state());
        if (!found.cut()) {
            return part;
        }
        // Also where a stretch is missing besides: filling that one would not bring what was cut elsewhere.
        return new SourcePart(
                part.name(),
                SourceState.TRUNCATED,
                part.searchableFrom(),
                part.dataAsOf(),
                Optional.of(part.explanation()
                        .map(why -> why + " " + RecordSentences.moreThanCanBeRead())
                        .orElse(RecordSentences.moreThanCanBeRead())));
    }

    private static Looked looked(Reached reached, Recorded found, SourcePart part) {
        return new Looked(
                found.rows(),
                found.more() ? found.completeDownTo() : Instant.MIN,
                List.of(part),
                Optional.of(new Looked.Stretch(reached.from(), reached.to())),
                reached.since(),
                reached.provenUntil(),
                reached.known().until(),
                Optional.empty());
    }

    /** Records that were purged prove nothing, whatever was known of them. */
    private Known known(RecordType type) {
        try {
            return claimed(type);
        } catch (IndexException e) {
            LOG.warnf("what is known of the log stream cannot be read reason=\"%s\"", e.getMessage());
            return new Known(
                    Optional.empty(), Optional.empty(), List.of(), Optional.of(RecordSentences.evidenceFailed()));
        }
    }

    private Known claimed(RecordType type) {
        Known known = evidence.isResolvable()
                ? evidence.get().of(type)
                : new Known(Optional.empty(), Optional.empty(), List.of(), Optional.empty());
        return recorded.purgedBefore().map(known::notBefore).orElse(known);
    }
}
