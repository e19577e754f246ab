package org.mailtrace.proofpoint.slicing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.mailtrace.contract.SourceState;
import org.mailtrace.http.guard.SourceFailure;

class SlicedReadingTest {
    private static final Instant START = Instant.parse("2026-11-23T00:00:00Z");
    private static final Window DAY = new Window(START, START.plus(Duration.ofDays(1)));
    private static final int COUNT = 10;
    private final AtomicInteger requests = new AtomicInteger();

    /** A row of the vendor: when, and which. */
    private record Row(Instant at, int number) {}

    @RepeatedTest(60)
    void bringsEveryRowOnceHoweverTheyLieInTime(RepetitionInfo repetition) {
        // given
        Random random = new Random(repetition.getCurrentRepetition());
        int cluster = random.nextInt(1, 5000);
        List<Row> all = IntStream.range(0, random.nextInt(0, 400))
                .mapToObj(i -> new Row(START.plusSeconds(random.nextInt(cluster) * 17L % 86_400), i))
                .filter(row -> DAY.from().compareTo(row.at()) <= 0)
                .toList();
        boolean reachable = all.stream()
                .allMatch(row ->
                        all.stream().filter(other -> sameSecond(row, other)).count() < COUNT);

        // when
        Harvest<Row> harvest = read(all, 100_000);

        // then
        if (reachable) {
            assertThat(harvest.state()).isEqualTo(SourceState.ANSWERED);
            assertThat(harvest.rows()).containsExactlyInAnyOrderElementsOf(all);
            assertThat(harvest.completeDownTo()).isEqualTo(DAY.from());
        } else {
            assertThat(harvest.state()).isEqualTo(SourceState.TRUNCATED);
            assertThat(harvest.explanation()).isPresent();
        }
    }

    @Test
    void asksOnceWhereNothingIsCut() {
        // when
        Harvest<Row> harvest = read(rowsEvery(Duration.ofHours(3)), 40);

        // then
        assertThat(harvest.rows()).hasSize(8);
        assertThat(requests).hasValue(1);
    }

    @Test
    void takesAnAnswerOfExactlyTheLimitForACutOne() {
        // given
        List<Row> ten = IntStream.range(0, COUNT)
                .mapToObj(i -> new Row(START.plusSeconds(i * 8000L), i))
                .toList();

        // when
        read(ten, 40);

        // then
        assertThat(requests).hasValue(3);
    }

    @Test
    void saysThatRowsAreLeftWhenItMayNotAskOn() {
        // when
        Harvest<Row> harvest = read(rowsEvery(Duration.ofMinutes(1)), 5);

        // then
        assertThat(requests).hasValue(5);
        assertThat(harvest.state()).isEqualTo(SourceState.TRUNCATED);
        assertThat(harvest.explanation()).isPresent();
    }

    @Test
    void stopsEarlyAndNewestFirstOnceAPageIsFull() {
        // given
        List<Row> rows = rowsEvery(Duration.ofMinutes(10));
        SlicedReading<Row> reading = new SlicedReading<>(size -> size >= COUNT, 100);
        Harvest<Row> harvest = reading.harvestOf(DAY);

        // when
        reading.run(
                DAY,
                slice -> vendor(rows, slice),
                (found, downTo) ->
                        found.stream().filter(row -> !row.at().isBefore(downTo)).count() > 20,
                Deadline.in(Duration.ofMinutes(1)),
                harvest);

        // then
        assertThat(harvest.isStoppedEarly()).isTrue();
        assertThat(harvest.state()).isEqualTo(SourceState.ANSWERED);
        List<Row> complete = rows.stream()
                .filter(row -> !row.at().isBefore(harvest.completeDownTo()))
                .toList();
        assertThat(complete).hasSizeGreaterThan(20).hasSizeLessThan(rows.size());
        assertThat(harvest.rows()).containsAll(complete);
    }

    @Test
    void keepsWhatItHasWhenTheVendorFailsHalfWay() {
        // given
        List<Row> rows = rowsEvery(Duration.ofMinutes(30));
        SlicedReading<Row> reading = new SlicedReading<>(size -> size >= COUNT, 100);
        Harvest<Row> harvest = reading.harvestOf(DAY);

        // when
        reading.run(
                DAY,
                slice -> {
                    if (requests.get() == 5) {
                        throw new SourceFailure(SourceState.FAILED, "It failed.");
                    }
                    return vendor(rows, slice);
                },
                (found, downTo) -> false,
                Deadline.in(Duration.ofMinutes(1)),
                harvest);

        // then
        assertThat(harvest.state()).isEqualTo(SourceState.FAILED);
        assertThat(harvest.rows()).isNotEmpty();
    }

    @Test
    void asksNoMoreWhenTheTimeIsOver() {
        // given
        SlicedReading<Row> reading = new SlicedReading<>(size -> size >= COUNT, 100);
        Harvest<Row> harvest = reading.harvestOf(DAY);

        // when
        reading.run(
                DAY, slice -> vendor(List.of(), slice), (found, downTo) -> false, Deadline.in(Duration.ZERO), harvest);

        // then
        assertThat(requests).hasValue(0);
        assertThat(harvest.state()).isEqualTo(SourceState.TIMED_OUT);
    }

    @Test
    void countsAnUnfinishedReadingAsTimedOut() {
        assertThat(new SlicedReading<Row>(size -> false, 1).harvestOf(DAY).state())
                .isEqualTo(SourceState.TIMED_OUT);
    }

    private Harvest<Row> read(List<Row> rows, int maxRequests) {
        SlicedReading<Row> reading = new SlicedReading<>(size -> size >= COUNT, maxRequests);
        Harvest<Row> harvest = reading.harvestOf(DAY);
        reading.run(
                DAY,
                slice -> vendor(rows, slice),
                (found, downTo) -> false,
                Deadline.in(Duration.ofMinutes(1)),
                harvest);
        return harvest;
    }

    /** Cuts in any order it likes, as the vendor may. */
    private List<Row> vendor(List<Row> rows, Window slice) {
        requests.incrementAndGet();
        List<Row> found = new ArrayList<>(rows.stream()
                .filter(row -> !row.at().isBefore(slice.from()) && row.at().isBefore(slice.to()))
                .toList());
        Collections.shuffle(found, new Random(7));
        return found.stream().limit(COUNT).toList();
    }

    private static List<Row> rowsEvery(Duration step) {
        return IntStream.range(0, (int) (Duration.ofDays(1).toSeconds() / step.toSeconds()))
                .mapToObj(i -> new Row(START.plus(step.multipliedBy(i)), i))
                .toList();
    }

    private static boolean sameSecond(Row one, Row other) {
        return one.at().getEpochSecond() == other.at().getEpochSecond();
    }
}
