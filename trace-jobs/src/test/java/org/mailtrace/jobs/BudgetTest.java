package org.mailtrace.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.mailtrace.jobs.sql.JobTable;

@ParameterizedClass
@EnumSource(Engine.class)
class BudgetTest {
    private static final Duration WINDOW = Duration.ofMinutes(5);

    @Parameter
    private Engine engine;

    @TempDir
    private Path folder;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-20T12:00:00Z"));
    private String address;
    private JobStore store;
    private SharedBudget budget;

    @BeforeEach
    void open() {
        address = engine.newAddress(folder);
        openAgain();
    }

    private void openAgain() {
        store = Engine.open(address, clock);
        budget = store.budget("trace", 3, WINDOW);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void refusesWithTheTimeUntilEnoughRequestsLeaveTheWindow() {
        // given
        assertThat(budget.take(1, 0)).isEmpty();
        clock.advance(Duration.ofMinutes(1));
        assertThat(budget.take(2, 0)).isEmpty();

        // then
        assertThat(budget.remaining()).isZero();
        assertThat(budget.take(1, 0)).contains(Duration.ofMinutes(4));
        assertThat(budget.take(2, 0)).contains(Duration.ofMinutes(5));
        assertThat(budget.take(1, 1)).contains(Duration.ofMinutes(5));

        // and
        clock.advance(Duration.ofMinutes(4).minusMillis(1));
        assertThat(budget.take(1, 0)).contains(Duration.ofMillis(1));
        clock.advance(Duration.ofMillis(1));
        assertThat(budget.remaining()).isEqualTo(1);
        assertThat(budget.take(1, 0)).isEmpty();
    }

    @Test
    void takesAllOrNone() {
        // given
        assertThat(budget.take(2, 0)).isEmpty();

        // then
        assertThat(budget.take(2, 0)).isPresent();
        assertThat(budget.remaining()).isEqualTo(1);
    }

    @Test
    void leavesTheReserveToSomebodyMoreUrgent() {
        // given
        assertThat(budget.take(1, 2)).isEmpty();

        // then
        assertThat(budget.take(1, 2)).contains(WINDOW);
        assertThat(budget.take(1, 1)).isEmpty();
        assertThat(budget.take(1, 0)).isEmpty();
    }

    @Test
    void neverLetsARequestLeaveTheWindowEarlyForTheSakeOfRounding() {
        // given: taken at the end of a millisecond
        clock.advance(Duration.ofNanos(900_000));
        assertThat(budget.take(3, 0)).isEmpty();

        // when: less than a window later
        clock.advance(WINDOW.minusNanos(100_000));

        // then
        assertThat(budget.take(1, 0)).isPresent();
    }

    @Test
    void refusesToWaitForWhatNeverComes() {
        assertThatThrownBy(() -> budget.take(4, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> budget.take(1, 3)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> budget.take(0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.budget("trace", 0, WINDOW)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.budget("trace", 1, Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void takesNothingDuringAPause() {
        // when
        assertThat(budget.pause(Optional.of(Duration.ofSeconds(17)))).isEqualTo(Duration.ofSeconds(17));

        // then
        assertThat(budget.remaining()).isZero();
        assertThat(budget.take(1, 0)).contains(Duration.ofSeconds(17));
        clock.advance(Duration.ofSeconds(17));
        assertThat(budget.remaining()).isEqualTo(3);
        assertThat(budget.take(1, 0)).isEmpty();
    }

    @Test
    void namesTheLongerOfAPauseAndTheWindow() {
        // given
        budget.take(3, 0);
        budget.pause(Optional.of(Duration.ofSeconds(17)));

        // then
        assertThat(budget.take(1, 0)).contains(WINDOW);
    }

    @Test
    void pausesUntilTheOldestRequestLeavesIfTheOtherSideNamesNoTime() {
        // given
        budget.take(1, 0);
        clock.advance(Duration.ofMinutes(2));
        budget.take(1, 0);

        // then
        assertThat(budget.pause(Optional.empty())).isEqualTo(Duration.ofMinutes(3));
    }

    @Test
    void pausesForAWholeWindowIfItSpentNothingItself() {
        assertThat(budget.pause(Optional.empty())).isEqualTo(WINDOW);
    }

    @Test
    void neverShortensAPause() {
        // given
        budget.pause(Optional.of(Duration.ofSeconds(60)));

        // then
        assertThat(budget.pause(Optional.of(Duration.ofSeconds(5)))).isEqualTo(Duration.ofSeconds(60));
        assertThat(budget.take(1, 0)).contains(Duration.ofSeconds(60));
    }

    @Test
    void isOneForAllWhoNameItAndSurvivesAClosedStore() {
        // given
        budget.take(2, 0);
        budget.pause(Optional.of(Duration.ofSeconds(60)));
        store.close();

        // when
        openAgain();

        // then
        assertThat(budget.take(1, 0)).contains(Duration.ofSeconds(60));
        clock.advance(Duration.ofSeconds(60));
        assertThat(budget.remaining()).isEqualTo(1);
        assertThat(store.budget("other", 3, WINDOW).remaining()).isEqualTo(3);
    }

    @Test
    void countsForAWindowAtMostWhenTheClockIsPutBack() {
        // given
        budget.take(3, 0);

        // when
        clock.advance(Duration.ofHours(-2));

        // then: nothing is forgotten, and nobody waits for two hours
        assertThat(budget.remaining()).isZero();
        assertThat(budget.take(1, 0)).contains(WINDOW);
        clock.advance(WINDOW);
        assertThat(budget.take(1, 0)).isEmpty();
    }

    @Test
    void pausesForTheNamedTimeAtMostWhenTheClockIsPutBack() {
        // given
        budget.pause(Optional.of(Duration.ofSeconds(60)));

        // when
        clock.advance(Duration.ofHours(-2));

        // then
        assertThat(budget.remaining()).isZero();
        assertThat(budget.take(1, 0)).contains(Duration.ofSeconds(60));
        clock.advance(Duration.ofSeconds(60));
        assertThat(budget.remaining()).isEqualTo(3);
    }

    @Test
    void isNotConfusedByALowerLimitAfterARestart() {
        // given
        budget.take(3, 0);
        SharedBudget lower = store.budget("trace", 2, WINDOW);

        // then
        assertThat(lower.remaining()).isZero();
        assertThat(lower.take(1, 0)).contains(WINDOW);
    }

    @Test
    void removesWhatNobodyCountsAnyMore() throws SQLException {
        // given
        budget.take(1, 0);
        clock.advance(Duration.ofHours(2));

        // when
        budget.take(1, 0);

        // then
        try (Connection connection = Engine.connect(address)) {
            assertThat(JobTable.number(connection, "SELECT count(*) FROM spent"))
                    .contains(1L);
        }
    }
}
