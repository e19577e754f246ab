package org.mailtrace.exo.cmdlet;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mailtrace.contract.SourceState;
import org.mailtrace.exo.rows.TraceRow;
import org.mailtrace.exo.words.InterfaceWords;
import org.mailtrace.exo.words.Words;
import org.mailtrace.http.guard.SourceFailure;

/**
 * Where to go on after a full page of Get-MessageTraceV2, which has no pages of its own: the next request ends where the
 * last row was received (EndDate) and may begin at its recipient (StartingRecipientAddress).
 *
 * <p>The order inside a second and whether the last row comes again are not promised. So the whole last second is read
 * once more, which loses nothing however it is ordered; only when a single second fills a page is it entered by
 * recipient, one before the last. Rows that come twice are told by their key.
 */
final class NextPlace {
    private NextPlace() {}

    /**
     * The place.
     *
     * @param rows of a full page, as they came
     * @throws SourceFailure if no place would reach every row
     */
    static TracePlace after(List<TraceRow> rows, TracePlace begun) {
        if (rows.isEmpty()) {
            throw new SourceFailure(SourceState.FAILED, InterfaceWords.MORE_WITHOUT_ROWS);
        }
        checkNewestFirst(rows, begun);
        Instant endOfSecond = second(rows.getLast()).plusSeconds(1);
        if (endOfSecond.isBefore(begun.to())) {
            return new TracePlace(begun.from(), endOfSecond, Optional.empty());
        }
        return inside(rows, begun);
    }

    private static TracePlace inside(List<TraceRow> rows, TracePlace begun) {
        TraceRow last = rows.getLast();
        TraceRow first = rows.getFirst();
        if (first.receivedAt().equals(last.receivedAt()) && compare(first, last.recipient()) == 0) {
            throw new SourceFailure(SourceState.TRUNCATED, InterfaceWords.ROWS_IN_NO_ORDER);
        }
        String recipient = last.recipient();
        for (int i = rows.size() - 1; i > 0; i--) {
            TraceRow row = rows.get(i);
            TraceRow before = rows.get(i - 1);
            if (!second(before).equals(second(last))) {
                break;
            }
            boolean ordered = before.receivedAt().isAfter(row.receivedAt())
                    || (before.receivedAt().equals(row.receivedAt()) && compare(before, row.recipient()) <= 0);
            if (!ordered) {
                throw new SourceFailure(SourceState.TRUNCATED, InterfaceWords.ROWS_IN_NO_ORDER);
            }
            boolean oneBefore = recipient.equals(last.recipient())
                    && before.receivedAt().equals(last.receivedAt())
                    && compare(before, recipient) < 0;
            recipient = oneBefore ? before.recipient() : recipient;
        }
        Instant to = last.receivedAt().isAfter(begun.to()) ? begun.to() : last.receivedAt();
        TracePlace place = new TracePlace(begun.from(), to, Optional.of(recipient));
        return isAfter(place, begun) ? place : at(to, last.recipient(), begun);
    }

    private static TracePlace at(Instant to, String recipient, TracePlace begun) {
        TracePlace place = new TracePlace(begun.from(), to, Optional.of(recipient));
        if (!isAfter(place, begun)) {
            throw new SourceFailure(SourceState.FAILED, Words.PAGES_IN_A_CIRCLE);
        }
        return place;
    }

    private static void checkNewestFirst(List<TraceRow> rows, TracePlace begun) {
        if (second(rows.getFirst()).isAfter(begun.to())) {
            throw new SourceFailure(SourceState.FAILED, Words.PAGES_IN_A_CIRCLE);
        }
        for (int i = 1; i < rows.size(); i++) {
            if (second(rows.get(i)).isAfter(second(rows.get(i - 1)))) {
                throw new SourceFailure(SourceState.TRUNCATED, InterfaceWords.ROWS_IN_NO_ORDER);
            }
        }
    }

    private static boolean isAfter(TracePlace place, TracePlace begun) {
        return place.to().isBefore(begun.to())
                || begun.recipient().isEmpty()
                || place.recipient()
                                .orElseThrow()
                                .compareToIgnoreCase(begun.recipient().orElseThrow())
                        > 0;
    }

    private static int compare(TraceRow row, String recipient) {
        return row.recipient().toLowerCase(Locale.ROOT).compareTo(recipient.toLowerCase(Locale.ROOT));
    }

    private static Instant second(TraceRow row) {
        return row.receivedAt().truncatedTo(ChronoUnit.SECONDS);
    }
}
