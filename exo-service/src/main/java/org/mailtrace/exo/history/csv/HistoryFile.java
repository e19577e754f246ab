package org.mailtrace.exo.history.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mailtrace.exo.words.HistoryWords;

/** A report's file, read row by row: however long it is, one record at a time is in memory. */
public final class HistoryFile implements Closeable {
    private static final CsvReader.CsvReaderBuilder RECORDS = CsvReader.builder();

    private final Reader text;
    private final RecordFramer framer;
    private final Header header;
    private final FileCount count;

    private HistoryFile(Reader text, RowLimits limits) throws IOException, UnfitFile {
        this.text = text;
        this.framer = new RecordFramer(text);
        this.header = header(framer);
        this.count = new FileCount(header.kind(), limits);
    }

    /**
     * Opens a file and reads its header.
     *
     * @throws UnfitFile if it is no report of a kind that says what became of messages
     */
    public static HistoryFile open(InputStream file, RowLimits limits) throws IOException, UnfitFile {
        return new HistoryFile(FileStart.open(file), limits);
    }

    /** Which report it is. */
    public FileKind kind() {
        return header.kind();
    }

    /** What has been read so far. */
    public FileCount count() {
        return count;
    }

    /** The next record; empty at the end of the file. */
    public Optional<HistoryRow> next() throws IOException {
        Optional<HistoryRow> row = framer.next().map(this::row);
        row.ifPresent(count::add);
        return row;
    }

    /** Whether the file, read to its end, ends without a line break: its last row may be cut off. */
    public boolean endsOpen() {
        return framer.endsOpen();
    }

    @Override
    public void close() throws IOException {
        text.close();
    }

    private static Header header(RecordFramer framer) throws IOException, UnfitFile {
        Optional<Frame> first = framer.next();
        if (first.orElse(null) instanceof Frame.Whole whole) {
            return Header.of(fields(whole).orElse(List.of()));
        }
        throw new UnfitFile(first.isEmpty() ? HistoryWords.EMPTY_FILE : HistoryWords.NO_REPORT);
    }

    private HistoryRow row(Frame frame) {
        if (!(frame instanceof Frame.Whole whole)) {
            return new BrokenRow(frame.line(), HistoryWords.ROW_TORN);
        }
        Optional<List<String>> fields = fields(whole);
        if (fields.isEmpty()) {
            return new BrokenRow(frame.line(), HistoryWords.ROW_TORN);
        }
        if (fields.orElseThrow().size() != header.names().size()) {
            return new BrokenRow(frame.line(), HistoryWords.ROW_OF_OTHER_WIDTH);
        }
        Cells cells = new Cells(header, fields.orElseThrow());
        return header.kind() == FileKind.SUMMARY ? summary(frame.line(), cells) : event(frame.line(), cells);
    }

    private static HistoryRow summary(long line, Cells cells) {
        Optional<Instant> at = cells.time("origin_timestamp_utc", "origin_timestamp");
        Optional<String> traceId = cells.traceId();
        List<RecipientEvents> recipients =
                RecipientEvents.of(cells.text("recipient_status").orElse(""));
        if (at.isEmpty() || traceId.isEmpty() || recipients.isEmpty()) {
            return new BrokenRow(line, HistoryWords.ROW_WITHOUT_ESSENTIALS);
        }
        return new SummaryRow(
                line,
                at.orElseThrow(),
                traceId.orElseThrow(),
                cells.messageId(),
                cells.sender(),
                cells.text("message_subject"),
                cells.number("total_bytes"),
                cells.text("original_client_ip"),
                cells.directionality(),
                recipients);
    }

    private static HistoryRow event(long line, Cells cells) {
        Optional<Instant> at = cells.time("date_time_utc", "date_time");
        Optional<String> traceId = cells.traceId();
        Optional<String> event = cells.text("event_id");
        if (at.isEmpty() || traceId.isEmpty() || event.isEmpty()) {
            return new BrokenRow(line, HistoryWords.ROW_WITHOUT_ESSENTIALS);
        }
        return new EventRow(
                line,
                at.orElseThrow(),
                cells.text("source").orElse("").toUpperCase(Locale.ROOT),
                event.orElseThrow().toUpperCase(Locale.ROOT),
                traceId.orElseThrow(),
                cells.messageId(),
                cells.sender(),
                cells.text("message_subject"),
                cells.number("total_bytes"),
                cells.addresses("recipient_address"),
                cells.addresses("related_recipient_address"),
                cells.all());
    }

    private static Optional<List<String>> fields(Frame.Whole record) {
        try {
            return Optional.of(RECORDS.ofSingleCsvRecord(record.text()).getFields());
        } catch (CsvParseException e) {
            return Optional.empty();
        }
    }
}
