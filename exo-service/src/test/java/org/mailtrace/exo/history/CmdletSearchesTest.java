package org.mailtrace.exo.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailtrace.exo.cmdlet.CmdletOutput;
import org.mailtrace.exo.history.csv.FileKind;
import org.mailtrace.exo.quota.Errand;
import org.mailtrace.exo.words.HistoryWords;
import org.mailtrace.http.guard.SourceFailure;

class CmdletSearchesTest {
    private static final Errand ERRAND = Errand.report(Duration.ofSeconds(5), Clock.systemUTC());

    private final List<String> names = new ArrayList<>();
    private final List<Map<String, Object>> parameters = new ArrayList<>();

    @Test
    void startsASearchWithWhatTheCmdletTakes() {
        // given
        Instant from = Instant.parse("2026-11-19T10:00:00Z");
        Instant to = Instant.parse("2026-11-22T10:00:00Z");
        Criteria criteria = new Criteria(
                Optional.of("sam@contoso.example"),
                List.of("ana@rivercounty.example"),
                Optional.of("<a@contoso.example>"));

        // when
        String id = searches("{\"JobId\":\"j-1\"}")
                .start(new SearchOrder("Mailtrace r", FileKind.EXTENDED, from, to, criteria, Optional.empty()), ERRAND);

        // then
        assertThat(id).isEqualTo("j-1");
        assertThat(names).containsExactly("Start-HistoricalSearch");
        assertThat(parameters.getFirst())
                .containsOnly(
                        Map.entry("ReportTitle", "Mailtrace r"),
                        Map.entry("ReportType", "MessageTraceDetail"),
                        Map.entry("StartDate", from),
                        Map.entry("EndDate", to),
                        Map.entry("SenderAddress", List.of("sam@contoso.example")),
                        Map.entry("RecipientAddress", List.of("ana@rivercounty.example")),
                        Map.entry("MessageID", List.of("<a@contoso.example>")));
    }

    @Test
    void doesNotInventAnId() {
        // given
        Criteria criteria = new Criteria(Optional.of("sam@contoso.example"), List.of(), Optional.empty());
        SearchOrder order = new SearchOrder(
                "Mailtrace r", FileKind.SUMMARY, Instant.EPOCH, Instant.EPOCH, criteria, Optional.empty());

        // then
        assertThatThrownBy(() -> searches().start(order, ERRAND))
                .isInstanceOf(SourceFailure.class)
                .hasMessage(HistoryWords.SEARCH_WITHOUT_ID);
    }

    @Test
    void findsTheNewestSearchOfATitleAndNoOther() {
        // given
        HistoricalSearches searches = searches(
                "{\"JobId\":\"old\",\"ReportTitle\":\"Mailtrace r\",\"SubmitDate\":\"2026-11-20T08:00:00\",\"Status\":\"Done\"}",
                "{\"JobId\":\"new\",\"ReportTitle\":\"Mailtrace r\",\"SubmitDate\":\"2026-11-21T08:00:00\",\"Status\":\"NotStarted\"}",
                "{\"JobId\":\"other\",\"ReportTitle\":\"Mailtrace r2\",\"SubmitDate\":\"2026-11-22T08:00:00\",\"Status\":\"Done\"}");

        // then
        assertThat(searches.byTitle("Mailtrace r", ERRAND).map(Search::id)).contains("new");
        assertThat(searches.byTitle("Mailtrace", ERRAND)).isEmpty();
    }

    @Test
    void tellsNoRowsFromAnUnknownNumberOfRows() {
        assertThat(byId("{\"JobId\":\"j\",\"Status\":\"Done\",\"Rows\":0,\"FileUrl\":null}")
                        .rows())
                .contains(0L);
        assertThat(byId("{\"JobId\":\"J\",\"Status\":\"Done\",\"Rows\":null,\"FileUrl\":null}")
                        .rows())
                .isEmpty();
        assertThat(byId("{\"JobId\":\"j\",\"Status\":\"Done\",\"FileUrl\":\"https://x.example/f\"}")
                        .fileUrl())
                .contains("https://x.example/f");
        assertThat(byId("{\"JobId\":\"j\",\"Status\":\"Done\",\"FileUrl\":null}")
                        .fileUrl())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "NotStarted,WAITING",
        "InProgress,RUNNING",
        "Done,DONE",
        "Cancelled,CANCELLED",
        "Failed,FAILED",
        "Pondering,UNKNOWN",
        "'',UNKNOWN"
    })
    void takesTheStatusForAnOpenWord(String word, Search.State state) {
        assertThat(byId("{\"JobId\":\"j\",\"Status\":\"" + word + "\"}").state())
                .isEqualTo(state);
    }

    private Search byId(String row) {
        return searches(row).byId("j", ERRAND).orElseThrow();
    }

    private CmdletSearches searches(String... rows) {
        return new CmdletSearches((name, given, errand) -> {
            names.add(name);
            parameters.add(given);
            return new CmdletOutput(
                    Stream.of(rows).map(CmdletSearchesTest::json).toList(), List.of(), Optional.empty());
        });
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
