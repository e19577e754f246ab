package org.mailtrace.exo;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailtrace.contract.SourceState;
import org.mailtrace.exo.rows.MessageTraces;
import org.mailtrace.exo.rows.RowPage;
import org.mailtrace.exo.rows.Rows;
import org.mailtrace.exo.rows.TraceFilter;
import org.mailtrace.exo.rows.TraceRow;
import org.mailtrace.exo.words.InterfaceWords;
import org.mailtrace.exo.words.Words;
import org.mailtrace.http.guard.SourceFailure;

@QuarkusTest
@QuarkusTestResource(OidcWiremockTestResource.class)
@QuarkusTestResource(FakeGraph.class)
class CmdletPagingTest {
    private static final TraceFilter ALL = new TraceFilter(
            Vendor.FROM, Vendor.TO, Optional.empty(), Optional.empty(), Optional.empty(), List.of(), Optional.empty());
    private Vendor vendor;
    private FakeExchange exchange;

    @BeforeEach
    void start() throws IOException {
        vendor = new Vendor();
        exchange = new FakeExchange();
    }

    @AfterEach
    void stop() {
        exchange.close();
        vendor.close();
    }

    @ParameterizedTest
    @CsvSource({"6,7", "7,11", "10,13", "50,17", "200,19", "8,23"})
    void losesAndDoublesNoRowWhereverAPageEnds(int pageSize, long seed) {
        // given
        List<FakeExchange.Row> held = crowded(seed, 60);
        exchange.holds(held);

        // when
        Rows rows = traces(pageSize).rows(ALL, vendor.errand());

        // then
        assertThat(rows.ending()).isEmpty();
        assertThat(keys(rows)).containsExactlyInAnyOrderElementsOf(keys(held));
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 11, 40})
    void losesNoRowWhenThePageBeginsAfterTheNamedOne(int pageSize) {
        // given
        List<FakeExchange.Row> held = crowded(29, 60);
        exchange.holds(held);
        exchange.startsAfterTheRow();

        // when
        Rows rows = traces(pageSize).rows(ALL, vendor.errand());

        // then
        assertThat(keys(rows)).containsExactlyInAnyOrderElementsOf(keys(held));
    }

    @Test
    void losesNoRowWhenSecondsComeInAnotherOrderEachTime() {
        // given
        List<FakeExchange.Row> held = crowded(31, 60);
        exchange.holds(held);
        exchange.shufflesSeconds();

        // when
        Rows rows = traces(20).rows(ALL, vendor.errand());

        // then
        assertThat(rows.ending()).isEmpty();
        assertThat(keys(rows)).containsExactlyInAnyOrderElementsOf(keys(held));
    }

    @Test
    void readsAMassMailingThatFillsSeveralPagesWithinOneSecond() {
        // given
        List<FakeExchange.Row> held = oneSecond(95);
        exchange.holds(held);

        // when
        Rows rows = traces(10).rows(ALL, vendor.errand());

        // then
        assertThat(rows.ending()).isEmpty();
        assertThat(keys(rows)).containsExactlyInAnyOrderElementsOf(keys(held));
        assertThat(exchange.commands()).anyMatch(command -> command.findValue("StartingRecipientAddress") != null);
    }

    @Test
    void saysThatRowsAreMissingWhenASecondThatFillsAPageHasNoOrder() {
        // given
        exchange.holds(oneSecond(95));
        exchange.shufflesSeconds();

        // when
        Rows rows = traces(10).rows(ALL, vendor.errand());

        // then
        assertThat(rows.ending()).map(SourceFailure::state).contains(SourceState.TRUNCATED);
        assertThat(rows.ending()).map(Exception::getMessage).contains(InterfaceWords.ROWS_IN_NO_ORDER);
        assertThat(rows.rows()).isNotEmpty();
    }

    @Test
    @DisplayName("F18: a page that comes again, by the last row")
    void noticesAPageThatComesAgain() {
        // given
        exchange.holds(crowded(47, 60));
        exchange.isStuckOnTheFirstPage();

        // when
        Rows rows = traces(10).rows(ALL, vendor.errand());

        // then
        assertThat(rows.ending()).map(Exception::getMessage).contains(Words.PAGES_IN_A_CIRCLE);
        assertThat(exchange.commands()).hasSizeLessThan(5);
    }

    @Test
    void saysThatRowsAreMissingWhenOneRecipientsSecondFillsAPage() {
        // given
        List<FakeExchange.Row> held = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            held.add(new FakeExchange.Row(
                    new UUID(1, i).toString(), Vendor.FROM.plusSeconds(4711), "ana@rivercounty.example"));
        }
        exchange.holds(held);

        // when
        Rows rows = traces(10).rows(ALL, vendor.errand());

        // then
        assertThat(rows.ending()).map(SourceFailure::state).contains(SourceState.TRUNCATED);
        assertThat(rows.rows()).hasSize(10);
    }

    @ParameterizedTest
    @EnumSource(FakeExchange.More.class)
    void readsOnHoweverMoreIsTold(FakeExchange.More how) {
        // given
        List<FakeExchange.Row> held = crowded(37, 20);
        exchange.holds(held);
        exchange.tellsMore(how);

        // when
        Rows rows = traces(6).rows(ALL, vendor.errand());

        // then
        assertThat(keys(rows)).containsExactlyInAnyOrderElementsOf(keys(held));
        assertThat(exchange.commands())
                .allMatch(command -> command.findValue("CmdletName").asText().equals("Get-MessageTraceV2"))
                .noneMatch(command -> command.toString().contains("evil")
                        || command.toString().contains("1999"));
    }

    @Test
    void halvesTheWindowUntilExchangeOnlineCanAnswer() {
        // given
        List<FakeExchange.Row> held = crowded(41, 60);
        exchange.holds(held);
        exchange.givesUpBeyond(Duration.ofHours(7));

        // when
        Rows rows = traces(50).rows(ALL, vendor.errand());

        // then
        assertThat(rows.ending()).isEmpty();
        assertThat(keys(rows)).containsExactlyInAnyOrderElementsOf(keys(held));
        assertThat(exchange.commands()).hasSizeLessThan(40);
    }

    @Test
    void givesUpWhenEvenTheNarrowestWindowIsTooMuch() {
        // given
        exchange.givesUpBeyond(Duration.ZERO);

        // when
        Rows rows = traces(50).rows(ALL, vendor.errand());

        // then
        assertThat(rows.ending()).map(SourceFailure::state).contains(SourceState.FAILED);
        assertThat(exchange.commands()).hasSizeBetween(2, 10);
    }

    @Test
    void goesOnWithPlacesThatOutliveTheProcess() {
        // given
        List<FakeExchange.Row> held = crowded(43, 60);
        exchange.holds(held);
        exchange.givesUpBeyond(Duration.ofHours(7));
        Set<TraceRow.Key> read = new HashSet<>();
        Optional<String> place = Optional.empty();

        // when: every page by a client of its own
        do {
            RowPage page = traces(9).page(ALL, place, vendor.errand());
            page.rows().forEach(row -> read.add(row.key()));
            place = page.next();
        } while (place.isPresent());

        // then
        assertThat(read).containsExactlyInAnyOrderElementsOf(keys(held));
    }

    @Test
    void sendsWhatMicrosoftsOwnModuleSends() {
        // given
        TraceFilter filter = new TraceFilter(
                Vendor.FROM,
                Vendor.TO,
                Optional.of("4451a062-48cb-e80d-e8c0-196330437ae6"),
                Optional.of("<a@contoso.example>"),
                Optional.of("sam@contoso.example"),
                List.of("ana@rivercounty.example", "ben@rivercounty.example"),
                Optional.of("report"));

        // when
        traces(1000).rows(filter, vendor.errand());

        // then
        assertThat(exchange.heads())
                .containsExactly("POST /adminapi/beta/" + Vendor.TENANT + "/InvokeCommand"
                        + " APP:SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}@" + Vendor.TENANT
                        + " Get-MessageTraceV2");
        assertThat(exchange.commands()
                        .getFirst()
                        .path("CmdletInput")
                        .path("Parameters")
                        .toString())
                .isEqualTo("{\"StartDate\":\"2026-11-20T00:00:00\",\"EndDate\":\"2026-11-22T00:00:00\","
                        + "\"ResultSize\":1000,\"MessageTraceId\":\"4451a062-48cb-e80d-e8c0-196330437ae6\","
                        + "\"MessageId\":[\"<a@contoso.example>\"],\"SenderAddress\":[\"sam@contoso.example\"],"
                        + "\"RecipientAddress\":[\"ana@rivercounty.example\",\"ben@rivercounty.example\"],"
                        + "\"Subject\":\"report\",\"SubjectFilterType\":\"Contains\"}");
    }

    private MessageTraces traces(int pageSize) {
        Map<String, String> values = new HashMap<>();
        values.put("mailtrace.exo.exchange-url", exchange.url());
        values.put("mailtrace.exo.exchange-result-size", String.valueOf(pageSize));
        values.put("mailtrace.exo.exchange-max-pages", "1000");
        values.put("mailtrace.exo.exchange-narrowest-window", "1h");
        return vendor.client(Interface.CMDLET, values);
    }

    /** Many rows, several of them in the same second, some for the same recipient in the same second. */
    private static List<FakeExchange.Row> crowded(long seed, int count) {
        Random random = new Random(seed);
        List<FakeExchange.Row> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Instant second = Vendor.FROM.plusSeconds(random.nextInt(12) * 13_000L);
            rows.add(new FakeExchange.Row(
                    new UUID(seed, i).toString(), second, "user" + random.nextInt(6) + "@rivercounty.example"));
        }
        return rows;
    }

    private static List<FakeExchange.Row> oneSecond(int count) {
        List<FakeExchange.Row> rows = new ArrayList<>();
        String id = UUID.randomUUID().toString();
        for (int i = 0; i < count; i++) {
            rows.add(new FakeExchange.Row(
                    id, Vendor.FROM.plusSeconds(4711), "user%03d@rivercounty.example".formatted(i)));
        }
        return rows;
    }

    private static List<TraceRow.Key> keys(Rows rows) {
        return rows.rows().stream().map(TraceRow::key).toList();
    }

    private static List<TraceRow.Key> keys(List<FakeExchange.Row> rows) {
        return rows.stream()
                .map(row -> new TraceRow.Key(row.id(), row.recipient()))
                .toList();
    }
}
