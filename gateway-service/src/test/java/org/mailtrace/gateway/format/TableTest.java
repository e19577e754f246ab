package org.mailtrace.gateway.format;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mailtrace.contract.Direction;
import org.mailtrace.gateway.Flow;
import org.mailtrace.gateway.answer.Trace;
import org.mailtrace.gateway.answer.TraceAnswer;

class TableTest {
    @Test
    void aTraceWithoutRecipientsHasARowOfItsOwn() {
        // given
        Trace trace = new Trace(
                "id",
                Optional.of(Flow.ID),
                Optional.empty(),
                Optional.of("sam@contoso.example"),
                Optional.empty(),
                Optional.of("Quarterly report"),
                Optional.empty(),
                Direction.UNKNOWN,
                Flow.NOW,
                Flow.NOW,
                List.of("edge"),
                new Trace.Join(Trace.Confidence.PROBABLE, List.of()),
                List.of(),
                List.of(
                        new Trace.Notice("RECIPIENTS_PARTIAL", "It may have recipients."),
                        new Trace.Notice("TWO_MAILBOXES", "There are two.", Optional.of(Flow.ANA))),
                List.of(),
                List.of(),
                new Trace.Links("http://localhost/traces/id", List.of()));
        TraceAnswer answer = new TraceAnswer(
                new TraceAnswer.QueryEcho(
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        Optional.of(Flow.ID),
                        Flow.NOW.minusSeconds(60),
                        Flow.NOW,
                        100,
                        Optional.empty()),
                true,
                "1 message found.",
                Optional.of("America/Denver"),
                List.of(trace),
                List.of(),
                List.of(),
                new TraceAnswer.PageLinks(Optional.empty()));

        // when
        List<NamedCsvRecord> rows = CsvReader.builder()
                .ofNamedCsvRecord(Table.of(answer).substring(1))
                .stream()
                .toList();

        // then
        assertThat(rows).hasSize(2);
        NamedCsvRecord row = rows.getFirst();
        assertThat(row.getField("row")).isEqualTo("trace");
        assertThat(row.getField("messageId")).isEqualTo(Flow.ID);
        assertThat(row.getField("direction")).isEqualTo("UNKNOWN");
        assertThat(row.getField("recipient")).isEmpty();
        assertThat(row.getField("outcome")).isEmpty();
        assertThat(row.getField("notices")).isEqualTo("It may have recipients. There are two.");
        assertThat(row.getField("join")).isEqualTo("PROBABLE");
        assertThat(row.getHeader()).startsWith("row", "complete", "sources").endsWith("next", "join", "timeZone");
        assertThat(rows).extracting(one -> one.getField("timeZone")).containsOnly("America/Denver");
        assertThat(rows.getLast().getField("join")).isEmpty();
    }
}
