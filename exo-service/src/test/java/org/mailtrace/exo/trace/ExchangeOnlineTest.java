package org.mailtrace.exo.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailtrace.contract.Observation;
import org.mailtrace.contract.Question;
import org.mailtrace.contract.Recipient;
import org.mailtrace.contract.RecipientStatus;
import org.mailtrace.contract.SourceAnswer;
import org.mailtrace.contract.SourceState;
import org.mailtrace.exo.rows.TraceFilter;
import org.mailtrace.exo.rows.TraceRow;
import org.mailtrace.exo.words.StatusWords;
import org.mailtrace.exo.words.Words;
import org.mailtrace.source.SourceId;

class ExchangeOnlineTest {
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
    private static final String ANA = "ana@rivercounty.example";
    private static final String BEN = "ben@rivercounty.example";
    private static final String TEAM = "team@rivercounty.example";
    private final InMemoryTraces traces = new InMemoryTraces();

    @Test
    void answersTenDaysAtOnceAndASecondMoreByAReport() {
        // when
        SourceAnswer exactly =
                ask(Map.of("recipient", ANA, "from", "2026-11-01T00:00:00Z", "to", "2026-11-11T00:00:00Z"));
        SourceAnswer more = ask(Map.of("recipient", ANA, "from", "2026-11-01T00:00:00Z", "to", "2026-11-11T00:00:01Z"));

        // then
        assertThat(exactly.state()).isEqualTo(SourceState.ANSWERED);
        assertThat(traces.asked()).hasSize(1);
        assertThat(more.state()).isEqualTo(SourceState.REPORT_REQUIRED);
        assertThat(more.equivalent().orElseThrow().split("; ", -1)).hasSize(2);
        assertThat(more.absenceProvenUntil()).isEmpty();
    }

    @Test
    void countsNinetyDaysFromTheBeginningOfTheUtcDay() {
        // when
        SourceAnswer edge = ask(Map.of("recipient", ANA, "from", "2026-08-25T00:00:00Z", "to", "2026-08-26T00:00:00Z"));
        SourceAnswer before =
                ask(Map.of("recipient", ANA, "from", "2026-08-24T23:59:59.999Z", "to", "2026-08-26T00:00:00Z"));
        SourceAnswer wholly =
                ask(Map.of("recipient", ANA, "from", "2026-08-24T00:00:00Z", "to", "2026-08-25T00:00:00Z"));

        // then
        assertThat(edge.state()).isEqualTo(SourceState.ANSWERED);
        assertThat(before.state()).isEqualTo(SourceState.OUT_OF_RETENTION);
        assertThat(before.searchedFrom()).contains(Instant.parse("2026-08-25T00:00:00Z"));
        assertThat(before.absenceProvenUntil()).contains(Instant.parse("2026-08-26T00:00:00Z"));
        assertThat(wholly.state()).isEqualTo(SourceState.OUT_OF_RETENTION);
        assertThat(wholly.absenceProvenUntil()).isEmpty();
        assertThat(traces.asked()).extracting(TraceFilter::from).containsOnly(Instant.parse("2026-08-25T00:00:00Z"));
    }

    @Test
    void measuresAWindowOnlyUpToNow() {
        // when
        SourceAnswer answer = ask(Map.of(
                "recipient",
                ANA,
                "from",
                NOW.minus(Duration.ofDays(9)).toString(),
                "to",
                NOW.plus(Duration.ofDays(9)).toString()));

        // then
        assertThat(answer.state()).isEqualTo(SourceState.ANSWERED);
        assertThat(answer.searchedTo()).contains(NOW);
    }

    @ParameterizedTest
    @CsvSource({"2026-11-23T08:00:00Z", "2026-11-23T09:00:00Z", "2026-12-01T00:00:00Z"})
    void neverAsksForTheFutureAndProvesNothingOfTheNewestHour(String to) {
        // when
        SourceAnswer answer = ask(Map.of("recipient", ANA, "from", "2026-11-23T06:00:00Z", "to", to));

        // then
        assertThat(traces.asked())
                .singleElement()
                .satisfies(filter -> assertThat(filter.to()).isEqualTo(NOW.minusSeconds(5)));
        assertThat(answer.absenceProvenUntil()).contains(NOW.minus(Duration.ofHours(1)));
        assertThat(answer.dataAsOf()).isEmpty();
        assertThat(answer.searchedTo()).contains(Instant.parse(to).isBefore(NOW) ? Instant.parse(to) : NOW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Europe/Berlin", "America/New_York", "Asia/Kathmandu", "UTC"})
    void asksTheSameInEveryZoneAlsoAcrossAChangeOfTheClocks(String zone) {
        // given
        TimeZone before = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone(zone));

        // when
        try {
            SourceAnswer answer = service(Clock.fixed(Instant.parse("2026-10-28T12:00:00Z"), ZoneId.of(zone)))
                    .search(question(
                            Map.of("recipient", ANA, "from", "2026-10-18T12:00:00Z", "to", "2026-10-28T12:00:00Z"),
                            Instant.parse("2026-10-28T12:00:00Z")));

            // then
            assertThat(answer.state()).isEqualTo(SourceState.ANSWERED);
            assertThat(traces.asked()).singleElement().satisfies(filter -> {
                assertThat(filter.from()).isEqualTo(Instant.parse("2026-10-18T12:00:00Z"));
                assertThat(filter.to()).isEqualTo(Instant.parse("2026-10-28T11:59:55Z"));
            });
        } finally {
            TimeZone.setDefault(before);
        }
    }

    @Test
    void tellsAMessageOfASharedSecondOnceAndOnlyInItsWindow() {
        // given
        traces.add(row("1", ANA, "delivered", "2026-11-11T00:00:00Z"));
        traces.add(row("2", ANA, "delivered", "2026-11-01T00:00:00Z"));
        traces.add(row("3", ANA, "delivered", "2026-11-01T00:00:01Z"));

        // when
        SourceAnswer answer =
                ask(Map.of("recipient", ANA, "from", "2026-11-01T00:00:00.500Z", "to", "2026-11-11T00:00:00.500Z"));

        // then
        assertThat(traces.asked())
                .hasSize(2)
                .allMatch(filter -> traces.find(filter).stream()
                        .anyMatch(row -> row.traceId().equals(id("3"))));
        assertThat(answer.observations())
                .extracting(found -> found.networkMessageId().orElseThrow())
                .containsExactly(id("1"), id("3"));
    }

    @Test
    void saysByWhichSenderNothingWasFound() {
        assertThat(ask(Map.of("sender", "news@contoso.example")).warnings()).containsExactly(Words.BY_ENVELOPE_SENDER);
        assertThat(ask(Map.of("sender", "news@contoso.example", "recipient", ANA))
                        .warnings())
                .isEmpty();
        traces.add(row("1", ANA, "delivered", "2026-11-23T07:00:00Z"));
        assertThat(ask(Map.of("sender", "sam@contoso.example")).warnings()).isEmpty();
    }

    @Test
    void findsTheNullSenderByItsRecipient() {
        // given
        traces.add(new TraceRow(
                id("1"),
                Optional.empty(),
                TraceRow.NULL_SENDER,
                ANA,
                Optional.of("Undeliverable"),
                Instant.parse("2026-11-23T07:00:00Z"),
                Optional.empty(),
                "delivered",
                Optional.empty(),
                Optional.empty()));
        traces.add(row("2", ANA, "delivered", "2026-11-23T07:00:00Z"));

        // then
        assertThat(ask(Map.of("sender", "<>", "recipient", ANA)).observations())
                .singleElement()
                .satisfies(found -> assertThat(found.subject()).contains("Undeliverable"));
    }

    @Test
    void saysOfEachRecipientBeyondTheThirdThatItsFolderWasNotChecked() {
        // given
        IntStream.range(0, 5)
                .forEach(i ->
                        traces.add(row("1", "user" + i + "@rivercounty.example", "delivered", "2026-11-23T07:00:00Z")));

        // when
        Observation found = ask(Map.of("messageId", id("1"))).observations().getFirst();

        // then
        assertThat(found.detailsFetched()).isFalse();
        assertThat(found.recipients().subList(0, 3))
                .noneMatch(each -> each.explanation().equals(StatusWords.DELIVERED_FOLDER_UNCHECKED.explanation()));
        assertThat(found.recipients().subList(3, 5))
                .allMatch(each -> each.explanation().equals(StatusWords.DELIVERED_FOLDER_UNCHECKED.explanation()));
    }

    @Test
    void asksForAMessageOfMoreThanAThousandByItsTraceId() {
        // given
        IntStream.range(0, 1_200)
                .forEach(i ->
                        traces.add(row("1", "user" + i + "@rivercounty.example", "delivered", "2026-11-23T07:00:00Z")));
        traces.add(row("1", TEAM, "expanded", "2026-11-23T07:00:00Z"));

        // when
        SourceAnswer answer = ask(Map.of("sender", "sam@contoso.example"));

        // then
        assertThat(traces.asked()).hasSize(2);
        assertThat(traces.asked().getLast().traceId()).contains(id("1"));
        assertThat(answer.observations().getFirst().recipientsComplete()).isTrue();
        assertThat(answer.observations().getFirst().recipientCount()).contains(1_201);
    }

    @Test
    void keepsTheMembersThatItCouldReadAndSaysThatThereAreMore() {
        // given
        traces.add(row("1", TEAM, "expanded", "2026-11-23T07:00:00Z"));
        IntStream.range(0, 10)
                .forEach(i ->
                        traces.add(row("1", "user" + i + "@rivercounty.example", "delivered", "2026-11-23T07:00:00Z")));
        traces.cutAfter(6);

        // when
        SourceAnswer answer = ask(Map.of("recipient", TEAM));

        // then
        Observation found = answer.observations().getFirst();
        assertThat(found.recipients()).hasSizeGreaterThan(1);
        assertThat(found.recipientsComplete()).isFalse();
        assertThat(found.recipientCount()).isEmpty();
        assertThat(answer.warnings()).contains(Words.MEMBERS_NOT_READ);
    }

    @Test
    void takesNoMessageForWholeWhoseGroupWasReachedAfterTheWindow() {
        // given
        traces.add(row("1", TEAM, "expanded", "2026-11-20T07:59:00Z"));
        traces.add(row("1", ANA, "delivered", "2026-11-20T08:01:00Z"));

        // when
        SourceAnswer answer = ask(
                Map.of("sender", "sam@contoso.example", "from", "2026-11-20T07:00:00Z", "to", "2026-11-20T08:00:00Z"));

        // then
        assertThat(answer.observations().getFirst().recipients())
                .extracting(Recipient::address)
                .containsExactlyInAnyOrder(TEAM, ANA);
    }

    @Test
    void tellsARecipientOnceWhoseStatusChangedBetweenTwoReadings() {
        // given
        traces.add(row("1", TEAM, "expanded", "2026-11-23T07:00:00Z"));
        traces.add(row("1", ANA, "pending", "2026-11-23T07:00:00Z"));
        traces.then(row("1", ANA, "delivered", "2026-11-23T07:00:00Z"));

        // when
        Observation found =
                ask(Map.of("recipient", TEAM + "," + ANA)).observations().getFirst();

        // then
        assertThat(found.recipients()).extracting(Recipient::address).containsExactlyInAnyOrder(ANA, TEAM);
        assertThat(found.recipients())
                .filteredOn(each -> each.address().equals(ANA))
                .extracting(Recipient::status)
                .containsExactly(RecipientStatus.DELIVERED);
    }

    @Test
    void findsAMessageAgainWhoseTimeIsAheadOfOurClock() {
        // given
        Instant ahead = NOW.plusSeconds(90);
        traces.add(row("1", ANA, "delivered", ahead.toString()));

        // when
        SourceAnswer answer = service(Clock.fixed(NOW, ZoneId.of("UTC"))).find(new SourceId(ahead, id("1")).encoded());

        // then
        assertThat(answer.state()).isEqualTo(SourceState.ANSWERED);
        assertThat(traces.asked()).hasSize(1);
        assertThat(answer.equivalent().orElseThrow()).contains("Get-MessageTraceDetailV2", id("1"));
    }

    /** Rows and events in any order, and any of them repeated, are one and the same message. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24})
    void seesTheSameInAnyOrderHoweverOftenARowOrAnEventIsRepeated(long seed) {
        // given
        traces.add(row("1", TEAM, "expanded", "2026-11-23T07:00:00Z"));
        traces.add(row("1", ANA, "delivered", "2026-11-23T07:00:01Z"));
        traces.add(row("1", BEN, "quarantined", "2026-11-23T07:00:01Z"));
        traces.add(row("2", ANA, "pending", "2026-11-23T07:10:00Z"));
        traces.add(row("3", ANA, "failed", "2026-11-23T07:10:00Z"));
        traces.tell(TEAM, "Expand|the group");
        traces.tell(
                ANA,
                "Receive|x",
                "Spam|Spam confidence level: 5",
                "Deliver|to the folder JunkEmail",
                "Defer|a",
                "Defer|Reason: [{LED=450 4.4.316 Refused}]",
                "Fail|Reason: [{LED=550 5.1.10 x}]");
        traces.tell(BEN, "Spam|phish", "Quarantine|x", "Receive|y");
        Map<String, String> asked = Map.of("sender", "sam@contoso.example", "include", "events");
        List<Observation> expected = ask(asked).observations();

        // when
        traces.shuffle(new Random(seed));

        // then
        assertThat(ask(asked).observations()).isEqualTo(expected).hasSize(3);
    }

    private SourceAnswer ask(Map<String, String> parameters) {
        return service(Clock.fixed(NOW, ZoneId.of("UTC"))).search(question(parameters, NOW));
    }

    private ExchangeOnline service(Clock clock) {
        return traces.service(clock, new HashMap<>(Map.of("mailtrace.domains", "rivercounty.example")));
    }

    private static Question question(Map<String, String> parameters, Instant now) {
        Map<String, List<String>> all = new TreeMap<>();
        parameters.forEach((name, value) -> all.put(name, List.of(value)));
        return Question.parse(all, now);
    }

    private static TraceRow row(String number, String recipient, String status, String received) {
        return new TraceRow(
                id(number),
                Optional.of("<" + number + "@contoso.example>"),
                "sam@contoso.example",
                recipient,
                Optional.of("Quarterly report"),
                Instant.parse(received),
                Optional.of(45678L),
                status,
                Optional.of("192.0.2.7"),
                Optional.empty());
    }

    private static String id(String number) {
        return "4451a062-48cb-e80d-e8c0-19633043700" + number;
    }
}
