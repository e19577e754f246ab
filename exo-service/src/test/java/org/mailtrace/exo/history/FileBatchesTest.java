package org.mailtrace.exo.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailtrace.exo.history.csv.ReportWriter.guid;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailtrace.exo.history.csv.ReportWriter;

class FileBatchesTest {
    private static final int MESSAGES = 23;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 22, 23, 24, 1000})
    void givesEveryMessageOnceAndWholeHoweverItsEventsAreScattered(int atOnce) throws Exception {
        // given
        List<List<String>> events = new ArrayList<>();
        for (int message = 0; message < MESSAGES; message++) {
            for (String event : List.of("RECEIVE", "AGENTINFO", "DELIVER")) {
                events.add(List.of(
                        "2026-11-20T07:30:00Z",
                        "SMTP",
                        event,
                        "<m" + message + "@contoso.example>",
                        guid(message),
                        "ana@rivercounty.example",
                        "",
                        "",
                        "",
                        "sam@contoso.example"));
            }
        }
        Collections.shuffle(events, new Random(5));
        events.addFirst(ReportWriter.EXTENDED);

        // when
        Map<String, Integer> found = read(ReportWriter.csv("\n", events), atOnce);

        // then
        assertThat(found)
                .hasSize(MESSAGES)
                .allSatisfy((message, count) -> assertThat(count).isEqualTo(3));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 1000})
    void givesEveryMessageOfASummaryOnce(int atOnce) throws Exception {
        // when
        Map<String, Integer> found =
                read(ReportWriter.summary("a@x.example##Fail", "b@x.example##Fail", "c@x.example##Fail"), atOnce);

        // then
        assertThat(found).hasSize(3);
    }

    @Test
    void givesNothingOfAReportWithoutRows() throws Exception {
        assertThat(read(ReportWriter.csv("\n", List.of(ReportWriter.EXTENDED)), 5))
                .isEmpty();
        assertThat(read(ReportWriter.csv("\n", List.of(ReportWriter.SUMMARY)), 5))
                .isEmpty();
    }

    /** Messages with the number of their events; each message comes once. */
    private Map<String, Integer> read(String text, int atOnce) throws Exception {
        Path file = directory.resolve("report.csv");
        Files.write(file, text.getBytes(StandardCharsets.UTF_16LE));
        Map<String, Integer> found = new HashMap<>();
        Optional<String> position = Optional.of(FileBatches.BEGINNING);
        while (position.isPresent()) {
            Batch batch = new FileBatches(file, atOnce).from(position.orElseThrow());
            batch.rows()
                    .forEach(traced -> assertThat(found.put(
                                    traced.row().traceId(),
                                    traced.events().map(List::size).orElse(0)))
                            .isNull());
            position = batch.next();
        }
        return found;
    }
}
