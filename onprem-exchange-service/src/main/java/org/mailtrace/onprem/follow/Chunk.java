package org.mailtrace.onprem.follow;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailtrace.index.DeadLetter;
import org.mailtrace.index.IndexRow;
import org.mailtrace.onprem.record.Fields;
import org.mailtrace.onprem.record.Frame;
import org.mailtrace.onprem.record.Framer;
import org.mailtrace.onprem.record.RowReader;
import org.mailtrace.onprem.record.TrackingRow;

/**
 * Takes the complete records out of a stretch of a file. A record that is none is set aside with its place, and reading
 * goes on at the next line that begins as a record does.
 */
final class Chunk {
    private static final int EXCERPT = 200;
    /** A line that begins with a time is recognised by so many bytes. */
    private static final int RECOGNISING = 32;
    /**
     * A record whose date lies so far from its file's is misdated (a clock that was reset to 1970, a flipped digit).
     * Indexed, it would drag its message out of the window that everybody would ask for.
     */
    private static final Duration MISDATED = Duration.ofDays(366);

    private static final String OPEN_QUOTE = "A quote is not closed where its field ends.";

    private final String server;
    private final LogFile file;
    private final RowMaker maker;
    private final int maxRecord;
    private final List<IndexRow> rows = new ArrayList<>();
    private final List<DeadLetter> deadLetters = new ArrayList<>();
    private Position position;

    Chunk(String server, LogFile file, RowMaker maker, int maxRecord, Position position) {
        this.server = server;
        this.file = file;
        this.maker = maker;
        this.maxRecord = maxRecord;
        this.position = position;
    }

    /**
     * Consumes what is complete.
     *
     * @param bytes what stands in the file from the position on
     * @param limit how many of them are filled
     * @param ending what the end of the bytes means
     * @return how many bytes were consumed
     */
    int consume(byte[] bytes, int limit, Ending ending) {
        long base = position.offset();
        int at = 0;
        Fields fields = position.fields();
        boolean skipping = position.skipping();
        while (at < limit) {
            if (skipping) {
                int resumed = Framer.resume(bytes, at, limit, fields.isTimeFirst());
                if (resumed < 0) {
                    at = ending == Ending.LAST ? limit : Math.max(at, limit - RECOGNISING);
                    break;
                }
                at = resumed;
                skipping = false;
            }
            Frame frame = Framer.next(bytes, at, limit, ending == Ending.LAST);
            if (frame.kind() == Frame.Kind.INCOMPLETE) {
                boolean tooLong = limit - at > maxRecord;
                boolean abandoned = ending == Ending.ABANDONED
                        && at == 0
                        && Framer.resume(bytes, at, limit, fields.isTimeFirst()) >= 0;
                if (!tooLong && !abandoned) {
                    break;
                }
                setAside(bytes, at, limit, base, tooLong ? tooLong() : OPEN_QUOTE);
                skipping = true;
                continue;
            }
            if (frame.kind() == Frame.Kind.COMMENT) {
                fields =
                        Fields.ofHeader(text(bytes, frame.start(), frame.end())).orElse(fields);
            }
            Optional<String> fault = fault(bytes, frame, fields, base);
            if (fault.isEmpty()) {
                at = frame.next();
            } else {
                setAside(bytes, frame.start(), frame.end(), base, fault.get());
                int resumed = Framer.resume(bytes, frame.start(), frame.next(), fields.isTimeFirst());
                skipping = resumed < 0 && bytes[frame.next() - 1] != '\n' && frame.next() < limit;
                at = resumed < 0 ? frame.next() : resumed;
            }
        }
        position = position.at(base + at, skipping, fields);
        return at;
    }

    List<IndexRow> rows() {
        return rows;
    }

    List<DeadLetter> deadLetters() {
        return deadLetters;
    }

    Position position() {
        return position;
    }

    private Optional<String> fault(byte[] bytes, Frame frame, Fields fields, long base) {
        return switch (frame.kind()) {
            case BROKEN -> Optional.of(OPEN_QUOTE);
            case RECORD -> take(bytes, frame, fields, base);
            default -> Optional.empty();
        };
    }

    private Optional<String> take(byte[] bytes, Frame frame, Fields fields, long base) {
        if (frame.end() - frame.start() > maxRecord) {
            return Optional.of(tooLong());
        }
        RowReader.Read read = RowReader.read(fields, bytes, frame.start(), frame.end());
        if (read.row().isEmpty()) {
            return Optional.of(read.fault());
        }
        TrackingRow row = read.row().get();
        if (isMisdated(row.at())) {
            return Optional.of("The record is dated more than a year away from its file.");
        }
        rows.add(maker.row(
                row, file.parsed().lane(), position, fields, base + frame.start(), bytes, frame.start(), frame.end()));
        return Optional.empty();
    }

    private boolean isMisdated(Instant at) {
        return at.isBefore(file.parsed().start().minus(MISDATED))
                || at.isAfter(file.parsed().end().plus(MISDATED));
    }

    private String tooLong() {
        return "The record has more than " + maxRecord + " bytes.";
    }

    private void setAside(byte[] bytes, int start, int end, long base, String reason) {
        String text = text(bytes, start, Math.min(end, start + EXCERPT * 2));
        deadLetters.add(new DeadLetter(
                server, file.name(), base + start, reason, text.substring(0, Math.min(EXCERPT, text.length()))));
    }

    private static String text(byte[] bytes, int start, int end) {
        return new String(bytes, start, end - start, StandardCharsets.UTF_8).replace('\0', '\uFFFD');
    }

    /** What the end of the bytes at hand means. */
    enum Ending {
        /** More may follow. */
        OPEN,
        /** More may follow, but the first record has stood there unfinished for too long. */
        ABANDONED,
        /** The file ends there for good. */
        LAST
    }
}
