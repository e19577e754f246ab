package org.mailtrace.index.postgresql;

import static org.mailtrace.index.Questions.NOON;
import static org.mailtrace.index.Rows.row;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mailtrace.index.Batch;
import org.mailtrace.index.Checkpoint;
import org.mailtrace.index.Coverage;
import org.mailtrace.index.IndexRow;
import org.mailtrace.index.TraceIndex;

/** An invented log as its reader stores it: message after message, with where the reader stands. */
final class NumberedLog {
    static final String PART = "EXCH01";

    /** So many rows has each message. */
    static final int ROWS = 10;

    private NumberedLog() {}

    static Batch batch(int number) {
        List<IndexRow> rows = IntStream.range(0, ROWS)
                .mapToObj(i -> row(
                        number + "/" + i,
                        NOON.plusSeconds(number),
                        "g" + number,
                        "sam@contoso.example",
                        List.of("user" + i + "@rivercounty.example"),
                        "Subject " + number))
                .toList();
        return new Batch(
                rows,
                List.of(),
                List.of(new Checkpoint(PART, "log", Integer.toString(number))),
                List.of(new Coverage(PART, "MSGTRK", NOON, NOON.plusSeconds(number))));
    }

    static void append(TraceIndex index, int from, int to) {
        IntStream.range(from, to).forEach(number -> index.append(batch(number)));
    }

    /** The message that is read next, as the store says. */
    static int standing(TraceIndex index) {
        return Optional.ofNullable(index.checkpoints(PART).get("log"))
                .map(number -> Integer.parseInt(number) + 1)
                .orElse(0);
    }

    /** How many rows there are of the first messages. */
    static int rows(TraceIndex index, int messages) {
        return IntStream.range(0, messages)
                .map(number -> index.find("g" + number)
                        .map(message -> message.rows().size())
                        .orElse(0))
                .sum();
    }
}
