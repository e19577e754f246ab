package org.mailtrace.exo.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailtrace.contract.SourceState;
import org.mailtrace.exo.Settings;
import org.mailtrace.exo.TickingClock;
import org.mailtrace.http.guard.SourceFailure;
import org.mailtrace.jobs.sqlite.SqliteStore;

class TenantBudgetTest {
    private static final String GAUGE = "mailtrace.exo.requests.remaining";

    private final TickingClock clock = new TickingClock("2026-11-23T08:00:00Z");

    @TempDir
    private Path folder;

    private SqliteStore store;
    private SimpleMeterRegistry metrics;
    private TenantBudget budget;

    @BeforeEach
    void start() {
        store = SqliteStore.open(folder.resolve("exo.db"), clock);
        metrics = new SimpleMeterRegistry();
        budget = budget("3", "1");
    }

    @AfterEach
    void stop() {
        store.close();
    }

    @Test
    void refusesWithTheTimeUntilTheOldestRequestLeavesTheWindow() {
        // given
        budget.take(Priority.QUESTION);
        clock.advance(Duration.ofMinutes(1));
        budget.take(Priority.QUESTION);
        assertThat(budget.take(Priority.QUESTION)).isEmpty();

        // then
        assertThat(budget.remaining()).isZero();
        assertThat(budget.take(Priority.QUESTION)).contains(Duration.ofMinutes(4));

        // and
        clock.advance(Duration.ofMinutes(4));
        assertThat(budget.remaining()).isEqualTo(1);
        assertThat(budget.take(Priority.QUESTION)).isEmpty();
    }

    @Test
    void leavesAPartToQuestionsThatSomebodyWaitsFor() {
        // given
        assertThat(budget.take(Priority.REPORT)).isEmpty();
        assertThat(budget.take(Priority.REPORT)).isEmpty();

        // then
        assertThat(budget.take(Priority.REPORT)).contains(Duration.ofMinutes(5));
        assertThat(budget.take(Priority.QUESTION)).isEmpty();
        assertThat(budget.take(Priority.QUESTION)).isPresent();
    }

    @Test
    void sendsNothingWhileTheVendorWantsAPause() {
        // when
        assertThat(budget.pause(Optional.of(Duration.ofSeconds(17)))).isEqualTo(Duration.ofSeconds(17));

        // then
        assertThat(budget.take(Priority.QUESTION)).contains(Duration.ofSeconds(17));
        clock.advance(Duration.ofSeconds(17));
        assertThat(budget.take(Priority.QUESTION)).isEmpty();
    }

    @Test
    void pausesUntilItsOwnOldestRequestIsOverWhenTheVendorNamesNoTime() {
        // given
        budget.take(Priority.QUESTION);
        clock.advance(Duration.ofMinutes(2));

        // then
        assertThat(budget.pause(Optional.empty())).isEqualTo(Duration.ofMinutes(3));
    }

    @Test
    void keepsOverARestartWhatWasSpentAndHowLongThePauseIs() {
        // given
        budget.take(Priority.QUESTION);
        budget.take(Priority.QUESTION);
        budget.pause(Optional.of(Duration.ofSeconds(30)));

        // when
        stop();
        start();

        // then
        assertThat(budget.take(Priority.QUESTION)).contains(Duration.ofSeconds(30));
        clock.advance(Duration.ofSeconds(30));
        assertThat(budget.remaining()).isEqualTo(1);
        assertThat(metrics.get(GAUGE).gauge().value()).isEqualTo(1);
    }

    @Test
    void isSharedWithTheOtherProcessesOfTheService() {
        // given
        try (SqliteStore other = SqliteStore.open(folder.resolve("exo.db"), clock)) {
            TenantBudget theirs = new TenantBudget(settings("3", "1"), other, new SimpleMeterRegistry());

            // when
            theirs.take(Priority.QUESTION);

            // then
            assertThat(budget.remaining()).isEqualTo(2);
        }
    }

    @Test
    void failsWithTheSettingsNameWhereItCannotCountAndLetsNothingBeSentUnpaid() {
        // given
        store.close();

        // when
        SourceFailure failure = catchThrowableOfType(SourceFailure.class, () -> budget.take(Priority.QUESTION));

        // then
        assertThat(failure.state()).isEqualTo(SourceState.FAILED);
        assertThat(failure).hasMessageContaining("mailtrace.exo.store.file");
        assertThatThrownBy(budget::remaining).isInstanceOf(SourceFailure.class);
        assertThat(budget.pause(Optional.of(Duration.ofSeconds(17)))).isEqualTo(Duration.ofSeconds(17));
        assertThat(metrics.get(GAUGE).gauge().value()).isNaN();
    }

    @Test
    void refusesSettingsUnderWhichNoReportCouldEverRun() {
        assertThatThrownBy(() -> budget("20", "20"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("mailtrace.exo.quota.reserved-for-questions");
    }

    private TenantBudget budget(String requests, String reserved) {
        return new TenantBudget(settings(requests, reserved), store, metrics);
    }

    private static QuotaSettings settings(String requests, String reserved) {
        return Settings.of(
                QuotaSettings.class,
                Map.of(
                        "mailtrace.exo.quota.requests",
                        requests,
                        "mailtrace.exo.quota.reserved-for-questions",
                        reserved));
    }
}
