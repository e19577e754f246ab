package org.mailtrace.proofpoint.recorded;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.mailtrace.contract.MailId;
import org.mailtrace.contract.Question;
import org.mailtrace.index.Found;
import org.mailtrace.index.IndexQuery;
import org.mailtrace.index.IndexedMessage;
import org.mailtrace.index.TraceIndex;
import org.mailtrace.proofpoint.record.RecordedMessages;
import org.mailtrace.proofpoint.row.MessageRow;
import org.mailtrace.proofpoint.slicing.Deadline;
import org.mailtrace.proofpoint.slicing.Window;

/** Searches the records of the log stream. */
@ApplicationScoped
public class RecordedSearch {
    /** Messages may share a second with the end of a page. */
    private static final int MORE = 50;

    private static final int MOST = 5_000;

    private final Instance<TraceIndex> index;

    RecordedSearch(Instance<TraceIndex> index) {
        this.index = index;
    }

    /**
     * What was found.
     *
     * @param rows of every message that was read
     * @param completeDownTo from the window's end down to this moment no message is missing
     * @param more whether older messages were left
     * @param cut whether there is more than can be read for one question
     */
    public record Recorded(List<MessageRow> rows, Instant completeDownTo, boolean more, boolean cut) {
        public Recorded {
            rows = List.copyOf(rows);
        }

        /** Both, complete only as far as both are. */
        public Recorded with(Recorded other) {
            return new Recorded(
                    Stream.concat(rows.stream(), other.rows.stream()).distinct().toList(),
                    completeDownTo.isAfter(other.completeDownTo) ? completeDownTo : other.completeDownTo,
                    more || other.more,
                    cut || other.cut);
        }
    }

    /**
     * Searches a window, newest first, until there is enough for a page.
     *
     * @param enough whether these rows, complete down to this moment, suffice
     * @throws org.mailtrace.index.IndexException if the store fails or the deadline passes; nothing may be concluded then
     */
    public Recorded search(
            Question question, Window window, BiPredicate<List<MessageRow>, Instant> enough, Deadline deadline) {
        int limit = question.limit() + MORE;
        while (true) {
            Found found = index.get().search(query(question, window, limit, deadline.left()));
            List<MessageRow> rows = rowsOf(found);
            boolean cut = found.messages().stream().anyMatch(message -> !message.rowsComplete());
            if (!found.more()) {
                return new Recorded(rows, window.from(), false, cut);
            }
            // The last second may hold more messages than were read.
            Instant downTo = found.messages().getLast().firstSeen().plusSeconds(1);
            boolean suffices = enough.test(rows, downTo);
            if (suffices || limit >= MOST) {
                return new Recorded(rows, downTo, true, cut || !suffices);
            }
            limit = Math.min(MOST, limit * 4);
        }
    }

    /**
     * The messages of a window that a rule redirected, from the sender asked for, with what the mail server said about them:
     * only its lines tell where they went. Once the deadline is over, the rest is left and the answer is cut.
     *
     * @throws org.mailtrace.index.IndexException if the store fails or the deadline passes; nothing may be concluded then
     */
    public Recorded redirected(Question question, Window window, Deadline deadline) {
        Found found = index.get()
                .search(new IndexQuery(
                        question.sender(),
                        List.of(),
                        Optional.empty(),
                        Optional.of(RecordedMessages.REDIRECTED),
                        window.from(),
                        window.to(),
                        true,
                        Optional.empty(),
                        MOST,
                        deadline.left()));
        List<MessageRow> rows = new ArrayList<>();
        for (MessageRow row : rowsOf(found)) {
            if (deadline.isOver()) {
                return new Recorded(rows, window.from(), false, true);
            }
            rows.add(withLines(row));
        }
        boolean cut = found.messages().stream().anyMatch(message -> !message.rowsComplete());
        return new Recorded(rows, window.from(), false, cut || found.more());
    }

    /**
     * A message by its GUID or that of one of its parts, with all of them.
     *
     * @throws org.mailtrace.index.IndexException if the store fails
     */
    public Recorded find(String guid, Window window, Deadline deadline) {
        List<IndexedMessage> found = index.get()
                .search(new IndexQuery(
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        Optional.of(RecordedMessages.idOf(guid)),
                        Instant.EPOCH,
                        window.to(),
                        true,
                        Optional.empty(),
                        1,
                        deadline.left()))
                .messages();
        Optional<IndexedMessage> message =
                found.stream().findFirst().or(() -> index.get().find(guid));
        return new Recorded(
                message.map(RecordedMessages::rows).orElse(List.of()),
                Instant.MIN,
                false,
                message.filter(each -> !each.rowsComplete()).isPresent());
    }

    /**
     * The row with what the mail server said about its message.
     *
     * @throws org.mailtrace.index.IndexException if the store fails
     */
    public MessageRow withLines(MessageRow row) {
        return RecordedMessages.linesOf(row)
                .flatMap(lines -> index.get().find(lines))
                .map(lines -> RecordedMessages.withLines(row, lines))
                .orElse(row);
    }

    /** Before when records were removed; empty if none were. */
    public Optional<Instant> purgedBefore() {
        return index.get().purgedBefore();
    }

    private static List<MessageRow> rowsOf(Found found) {
        return found.messages().stream()
                .flatMap(message -> RecordedMessages.rows(message).stream())
                .toList();
    }

    private static IndexQuery query(Question question, Window window, int limit, Duration left) {
        return new IndexQuery(
                question.sender(),
                question.recipients(),
                question.subject(),
                question.messageId().map(MailId::value),
                window.from(),
                window.to(),
                true,
                Optional.empty(),
                limit,
                left);
    }
}
