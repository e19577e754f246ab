package org.mailtrace.onprem.follow;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailtrace.index.DeadLetter;
import org.mailtrace.index.IndexRow;
import org.mailtrace.onprem.record.FieldSplitter;
import org.mailtrace.onprem.record.Fields;
import org.mailtrace.onprem.record.Frame;
import org.mailtrace.onprem.record.Framer;
import org.mailtrace.onprem.record.TrackingRow;

/**
 * Takes the complete records out of a stretch of a file. A record that is none is set aside with its place, and reading
 * goes on at the next line that begins as a record does.
 */
final class Chunk {
    private static final int EXCERPT = 200;
    /** A line that begins with a time is recognised by so many bytes. */
    private static final int RECOGNISING = 32;

    private final String server;
    private final LogFile file;
    private final RowMaker maker;
    private final List<IndexRow> rows = new ArrayList<>();
    private final List<DeadLetter> deadLetters = new ArrayList<>();
    private Position position;

    Chunk(String server, LogFile file, RowMaker maker, Position position) {
        this.server = server;
        this.file = file;
        this.maker = maker;
        this.position = position;
    }

    /**
     * Consumes what is complete.
     *
     * @param bytes what stands in the file from the position on
     * @param limit how many of them are filled
     * @param last whether the file ends there for good
     * @return how many bytes were consumed
     */
    int consume(byte[] bytes, int limit, boolean last) {
        long base = position.offset();
        int at = 0;
        Fields fields = position.fields();
        boolean skipping = position.skipping();
        while (at < limit) {
            if (skipping) {
                int resumed = Framer.resume(bytes, at, limit);
                if (resumed < 0) {
                    at = last ? limit : Math.max(at, limit - RECOGNISING);
                    break;
                }
                at = resumed;
                skipping = false;
            }
            Frame frame = Framer.next(bytes, at, limit, last);
            if (frame.kind() == Frame.Kind.INCOMPLETE) {
                break;
            }
            if (frame.kind() == Frame.Kind.COMMENT) {
                fields = Fields.ofHeader(text(bytes, frame)).orElse(fields);
            }
            Optional<String> fault = frame.kind() == Frame.Kind.RECORD
                    ? take(bytes, frame, fields, base)
                    : frame.kind() == Frame.Kind.BROKEN
                            ? Optional.of("A quote is not closed where its field ends.")
                            : Optional.empty();
            if (fault.isPresent()) {
                setAside(base + frame.start(), fault.get(), text(bytes, frame));
                int resumed = Framer.resume(bytes, frame.start(), frame.next());
                skipping = resumed < 0 && frame.kind() == Frame.Kind.BROKEN;
                at = resumed < 0 ? frame.next() : resumed;
            } else {
                at = frame.next();
            }
        }
        position = position.at(base + at, skipping, fields);
        return at;
    }

    /** Gives up a record that is longer than any may be; reading goes on behind it. */
    void giveUp(byte[] bytes, int limit) {
        setAside(
                position.offset(),
                "The record has more than " + limit + " bytes.",
                text(bytes, new Frame(Frame.Kind.BROKEN, 0, Math.min(limit, EXCERPT * 2), 0)));
        position = position.at(position.offset(), true, position.fields());
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

    Optional<Instant> oldest() {
        return rows.stream().map(IndexRow::at).min(Instant::compareTo);
    }

    Optional<Instant> newest() {
        return rows.stream().map(IndexRow::at).max(Instant::compareTo);
    }

    private Optional<String> take(byte[] bytes, Frame frame, Fields fields, long base) {
        List<String> texts = FieldSplitter.split(bytes, frame.start(), frame.end());
        if (texts.size() != fields.names().size()) {
            return Optional.of("The record has " + texts.size() + " columns instead of "
                    + fields.names().size() + ".");
        }
        Optional<TrackingRow> row = TrackingRow.of(fields, texts);
        row.ifPresent(read -> rows.add(maker.row(
                read, file.parsed().lane(), position, base + frame.start(), bytes, frame.start(), frame.end())));
        return row.isPresent() ? Optional.empty() : Optional.of("The record's date-time cannot be read.");
    }

    private void setAside(long offset, String reason, String text) {
        deadLetters.add(new DeadLetter(
                server, file.name(), offset, reason, text.substring(0, Math.min(EXCERPT, text.length()))));
    }

    private static String text(byte[] bytes, Frame frame) {
        return new String(bytes, frame.start(), frame.end() - frame.start(), StandardCharsets.UTF_8)
                .replace('\0', '\uFFFD');
    }
}
