package org.mailtrace.proofpoint.recorded;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
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
     */
    public record Recorded(List<MessageRow> rows, Instant completeDownTo, boolean more) {
        public Recorded {
            rows = List.copyOf(rows);
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
            List<MessageRow> rows = new ArrayList<>();
            found.messages().forEach(message -> rows.addAll(told(message)));
            if (!found.more()) {
                return new Recorded(rows, window.from(), false);
            }
            // The last second may hold more messages than were read.
            Instant downTo = found.messages().getLast().firstSeen().plusSeconds(1);
            if (enough.test(rows, downTo) || limit >= MOST) {
                return new Recorded(rows, downTo, true);
            }
            limit = Math.min(MOST, limit * 4);
        }
    }

    /**
     * A message by its key, with those split from it.
     *
     * @throws org.mailtrace.index.IndexException if the store fails
     */
    public List<MessageRow> find(String guid) {
        return index.get().find(guid).map(this::told).orElse(List.of());
    }

    /** Before when records were removed; empty if none were. */
    public Optional<Instant> purgedBefore() {
        return index.get().purgedBefore();
    }

    private List<MessageRow> told(IndexedMessage message) {
        return RecordedMessages.rows(message).stream()
                .map(row -> RecordedMessages.linesOf(row)
                        .flatMap(lines -> index.get().find(lines))
                        .map(lines -> RecordedMessages.withLines(row, lines))
                        .orElse(row))
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
