package org.mailtrace.exo.history;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.mailtrace.exo.history.csv.EventRow;
import org.mailtrace.exo.history.csv.FileCount;
import org.mailtrace.exo.history.csv.FileKind;
import org.mailtrace.exo.history.csv.HistoryFile;
import org.mailtrace.exo.history.csv.HistoryRow;
import org.mailtrace.exo.history.csv.RowLimits;
import org.mailtrace.exo.history.csv.SummaryRow;
import org.mailtrace.exo.history.csv.UnfitFile;
import org.mailtrace.exo.words.HistoryWords;

/**
 * Reads a file some messages at a time, beginning anew each time, so that nothing but a short position has to outlive a
 * kill. The events of a message may stand anywhere in an extended report: each pass takes the messages whose ids come
 * next, and keeps no more of them in memory than one batch.
 */
final class FileBatches {
    /** Where the first batch begins. */
    static final String BEGINNING = "0";
    /** About 64 MiB of text. */
    private static final long MOST_CHARACTERS = 32L << 20;

    private final Path file;
    private final int messages;

    FileBatches(Path file, int messages) {
        this.file = file;
        this.messages = messages;
    }

    Batch from(String position) throws IOException, UnfitFile {
        try (HistoryFile rows = HistoryFile.open(Files.newInputStream(file), RowLimits.DOCUMENTED)) {
            return rows.kind() == FileKind.SUMMARY ? summary(rows, Long.parseLong(position)) : extended(rows, position);
        }
    }

    /**
     * What the whole file comes to.
     *
     * @param endsOpen whether it ends without a line break
     */
    record Whole(FileCount count, boolean endsOpen) {}

    /** Reads the whole file without keeping anything. */
    Whole count() throws IOException, UnfitFile {
        try (HistoryFile rows = HistoryFile.open(Files.newInputStream(file), RowLimits.DOCUMENTED)) {
            Optional<HistoryRow> row = rows.next();
            while (row.isPresent()) {
                row = rows.next();
            }
            return new Whole(rows.count(), rows.endsOpen());
        }
    }

    private Batch summary(HistoryFile file, long done) throws IOException {
        List<Traced> batch = new ArrayList<>();
        long at = 0;
        int taken = 0;
        for (Optional<HistoryRow> row = file.next(); row.isPresent(); row = file.next()) {
            at++;
            if (at > done && row.orElseThrow() instanceof SummaryRow summary) {
                batch.addAll(SummaryMeaning.of(summary));
                if (++taken == messages) {
                    return new Batch(batch, Optional.of(Long.toString(at)));
                }
            }
        }
        return new Batch(batch, Optional.empty());
    }

    private Batch extended(HistoryFile file, String after) throws IOException, UnfitFile {
        TreeMap<String, List<EventRow>> next = new TreeMap<>();
        long characters = 0;
        boolean more = false;
        for (Optional<HistoryRow> row = file.next(); row.isPresent(); row = file.next()) {
            if (row.orElseThrow() instanceof EventRow event && event.traceId().compareTo(after) > 0) {
                if (more && event.traceId().compareTo(next.lastKey()) > 0) {
                    continue;
                }
                next.computeIfAbsent(event.traceId(), any -> new ArrayList<>()).add(event);
                characters += size(event);
                while (next.size() > messages || (characters > MOST_CHARACTERS && next.size() > 1)) {
                    characters -= size(next.pollLastEntry());
                    more = true;
                }
                if (characters > MOST_CHARACTERS) {
                    throw new UnfitFile(HistoryWords.MESSAGE_TOO_LARGE);
                }
            }
        }
        List<Traced> batch = new ArrayList<>();
        next.values().forEach(events -> batch.addAll(ExtendedMeaning.of(events)));
        return new Batch(batch, more ? Optional.of(next.lastKey()) : Optional.empty());
    }

    private static long size(Map.Entry<String, List<EventRow>> message) {
        return message.getValue().stream().mapToLong(FileBatches::size).sum();
    }

    private static long size(EventRow event) {
        return event.fields().stream()
                .mapToLong(field -> field.value().length() + 50L)
                .sum();
    }
}
