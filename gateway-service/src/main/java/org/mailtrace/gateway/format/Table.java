package org.mailtrace.gateway.format;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mailtrace.gateway.answer.SourceReport;
import org.mailtrace.gateway.answer.Trace;
import org.mailtrace.gateway.answer.TraceAnswer;
import org.mailtrace.gateway.answer.TraceRecipient;

/**
 * An answer as CSV (RFC 4180): one row for each recipient of each trace, one for a trace whose recipients nobody knows, and
 * a last row {@code done} with the summary. Every row says whether the answer is complete and how each source did, because
 * a table without rows must not be taken for proof, and rows are sorted and cut by those who work with them.
 */
public final class Table {
    private static final List<String> COLUMNS = List.of(
            "row",
            "complete",
            "sources",
            "traceId",
            "messageId",
            "networkMessageId",
            "firstSeen",
            "sender",
            "headerFrom",
            "subject",
            "sizeBytes",
            "direction",
            "path",
            "recipient",
            "outcome",
            "where",
            "since",
            "reason",
            "via",
            "readdressedTo",
            "sentence",
            "nextAction",
            "notices",
            "next",
            "join",
            "timeZone");
    /** What a spreadsheet takes for the beginning of a formula, or strips before it looks for one. */
    private static final String RUNS = "=+-@\t\r\n\0\u00a0 \uff0b\uff0d\uff1d\uff20";

    /** Spreadsheets read the bytes as UTF-8 only behind this mark. */
    private static final char BYTE_ORDER_MARK = '\ufeff';

    private Table() {}

    /** Writes the answer. */
    public static String of(TraceAnswer answer) {
        StringWriter text = new StringWriter();
        text.write(BYTE_ORDER_MARK);
        try (CsvWriter csv =
                CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(text)) {
            csv.writeRecord(COLUMNS);
            answer.traces().forEach(trace -> rows(answer, trace).forEach(csv::writeRecord));
            csv.writeRecord(done(answer));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** A message whose recipients nobody knows was found as well. */
    private static List<List<String>> rows(TraceAnswer answer, Trace trace) {
        Map<String, List<Trace.Notice>> notices = trace.notices().stream()
                .collect(Collectors.groupingBy(notice -> notice.recipient().orElse("")));
        List<Trace.Notice> ofTheMessage = notices.getOrDefault("", List.of());
        return trace.recipients().isEmpty()
                ? List.of(row(answer, trace, Optional.empty(), ofTheMessage))
                : trace.recipients().stream()
                        .map(recipient -> row(
                                answer,
                                trace,
                                Optional.of(recipient),
                                Stream.concat(
                                                ofTheMessage.stream(),
                                                notices.getOrDefault(recipient.address(), List.of()).stream())
                                        .toList()))
                        .toList();
    }

    private static List<String> row(
            TraceAnswer answer, Trace trace, Optional<TraceRecipient> of, List<Trace.Notice> notices) {
        List<String> cells = new ArrayList<>(List.of("trace", Boolean.toString(answer.complete()), states(answer)));
        cells.add(trace.id());
        cells.add(trace.messageId().orElse(""));
        cells.add(trace.networkMessageId().orElse(""));
        cells.add(trace.firstSeen().toString());
        cells.add(trace.sender().orElse(""));
        cells.add(trace.headerFrom().orElse(""));
        cells.add(trace.subject().orElse(""));
        cells.add(trace.sizeBytes().map(String::valueOf).orElse(""));
        cells.add(of.map(TraceRecipient::direction).orElse(trace.direction()).name());
        cells.add(String.join(" > ", trace.path()));
        cells.add(of.map(TraceRecipient::address).orElse(""));
        cells.add(of.map(recipient -> recipient.outcome().name()).orElse(""));
        cells.add(of.flatMap(TraceRecipient::where).orElse(""));
        cells.add(of.flatMap(TraceRecipient::since).map(String::valueOf).orElse(""));
        cells.add(of.flatMap(TraceRecipient::reason).orElse(""));
        cells.add(of.map(recipient -> String.join(" ", recipient.via())).orElse(""));
        cells.add(
                of.map(recipient -> String.join(" ", recipient.readdressedTo())).orElse(""));
        cells.add(of.map(TraceRecipient::sentence).orElse(""));
        cells.add(of.flatMap(TraceRecipient::nextAction).orElse(""));
        cells.add(notices.stream().map(Trace.Notice::text).collect(Collectors.joining(" ")));
        cells.add("");
        cells.add(trace.join().confidence().name());
        cells.add(answer.timeZone().orElse(""));
        return cells.stream().map(Table::harmless).toList();
    }

    private static List<String> done(TraceAnswer answer) {
        List<String> cells = new ArrayList<>(List.of("done", Boolean.toString(answer.complete()), states(answer)));
        while (cells.size() < COLUMNS.size()) {
            cells.add("");
        }
        cells.set(COLUMNS.indexOf("sentence"), answer.summary());
        cells.set(COLUMNS.indexOf("notices"), String.join(" ", answer.warnings()));
        cells.set(COLUMNS.indexOf("next"), answer.page().next().orElse(""));
        cells.set(COLUMNS.indexOf("timeZone"), answer.timeZone().orElse(""));
        return cells.stream().map(Table::harmless).toList();
    }

    private static String states(TraceAnswer answer) {
        return answer.sources().stream().map(Table::state).collect(Collectors.joining("; "));
    }

    private static String state(SourceReport source) {
        Optional<String> until = source.absenceProvenUntil().map(instant -> " up to " + instant);
        return source.source() + ": " + source.state() + until.orElse("");
    }

    /** Subjects and addresses are written by strangers, and a spreadsheet would run what begins like a formula. */
    private static String harmless(String cell) {
        return !cell.isEmpty() && RUNS.indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
    }
}
