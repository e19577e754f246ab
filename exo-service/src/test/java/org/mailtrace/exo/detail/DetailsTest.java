package org.mailtrace.exo.detail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mailtrace.contract.CircuitState;
import org.mailtrace.contract.SourceState;
import org.mailtrace.exo.Settings;
import org.mailtrace.exo.TickingClock;
import org.mailtrace.exo.quota.Errand;
import org.mailtrace.exo.rows.DetailRow;
import org.mailtrace.exo.rows.MessageTraces;
import org.mailtrace.exo.rows.RowPage;
import org.mailtrace.exo.rows.Rows;
import org.mailtrace.exo.rows.TraceFilter;
import org.mailtrace.exo.rows.TraceRow;
import org.mailtrace.http.guard.SourceFailure;

class DetailsTest {
    private static final Instant LONG_AGO = Instant.parse("2026-11-22T08:00:00Z");
    private static final Instant JUST_NOW = Instant.parse("2026-11-23T07:59:00Z");
    private final TickingClock clock = new TickingClock("2026-11-23T08:00:00Z");
    private final Vendor vendor = new Vendor();

    @Test
    void keepsAFinalEndForHoursAndAFreshOneBriefly() {
        // given
        Details details = details(Map.of());

        // when
        vendor.tells(event("Deliver", LONG_AGO));
        details.of(row("old", "delivered"), errand());
        vendor.tells(event("Deliver", JUST_NOW));
        details.of(row("new", "delivered"), errand());
        clock.advance(Duration.ofMinutes(2));

        // then
        assertThat(details.areKept(row("old", "delivered"))).isTrue();
        assertThat(details.areKept(row("new", "delivered"))).isFalse();
    }

    @Test
    void forgetsEvenAFinalEndInTheEnd() {
        // given
        Details details = details(Map.of());
        vendor.tells(event("Deliver", LONG_AGO));
        details.of(row("old", "delivered"), errand());

        // when
        clock.advance(Duration.ofHours(13));

        // then
        assertThat(details.areKept(row("old", "delivered"))).isFalse();
    }

    @Test
    void neverTakesAQuarantineOrADeferralForFinal() {
        // given
        Details details = details(Map.of());
        vendor.tells(event("Quarantine", LONG_AGO));
        details.of(row("held", "quarantined"), errand());
        vendor.tells(event("Defer", LONG_AGO));
        details.of(row("late", "pending"), errand());

        // when
        clock.advance(Duration.ofMinutes(2));

        // then
        assertThat(details.areKept(row("held", "quarantined"))).isFalse();
        assertThat(details.areKept(row("late", "pending"))).isFalse();
    }

    @Test
    void readsAgainWhatHasGotAnotherStatus() {
        // given
        Details details = details(Map.of());
        details.of(row("a", "pending"), errand());

        // when
        details.of(row("a", "delivered"), errand());
        details.of(row("a", "Delivered"), errand());

        // then
        assertThat(vendor.asked).hasValue(2);
    }

    @Test
    void keepsNoMoreThanItMay() {
        // given
        KeptEvents kept = kept(Map.of("mailtrace.exo.details.keep-at-most", "2000"));
        Details details = new Details(vendor, kept);
        vendor.tells(event("Deliver", LONG_AGO));

        // when
        IntStream.range(0, 100).forEach(i -> details.of(row("m" + i, "delivered"), errand()));

        // then
        kept.settle();
        assertThat(IntStream.range(0, 100).filter(i -> details.areKept(row("m" + i, "delivered"))))
                .hasSizeLessThan(10);
    }

    @Test
    @Timeout(30)
    void readsOnceForAllWhoAskAtTheSameTime() throws Exception {
        // given
        Details details = details(Map.of());
        vendor.tells(event("Deliver", JUST_NOW));
        vendor.holdUntilReleased();

        // when
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<DetailEvent>>> asking = IntStream.range(0, 8)
                    .mapToObj(i -> threads.submit(() -> details.of(row("a", "delivered"), errand())))
                    .toList();
            assertThat(vendor.entered.await(10, TimeUnit.SECONDS)).isTrue();
            vendor.release.countDown();

            // then
            for (Future<List<DetailEvent>> each : asking) {
                assertThat(each.get()).hasSize(1);
            }
        }
        assertThat(vendor.asked).hasValue(1);
    }

    @Test
    void keepsNoFailure() {
        // given
        Details details = details(Map.of());
        vendor.fails(new SourceFailure(SourceState.THROTTLED, "no"));

        // then
        assertThatThrownBy(() -> details.of(row("a", "delivered"), errand())).isInstanceOf(SourceFailure.class);
        assertThat(details.areKept(row("a", "delivered"))).isFalse();

        // when
        vendor.tells(event("Deliver", JUST_NOW));

        // then
        assertThat(details.of(row("a", "delivered"), errand())).hasSize(1);
    }

    private Details details(Map<String, String> settings) {
        return new Details(vendor, kept(settings));
    }

    private KeptEvents kept(Map<String, String> settings) {
        Instant start = clock.instant();
        return new KeptEvents(
                Settings.of(DetailSettings.class, settings),
                clock,
                () -> Duration.between(start, clock.instant()).toNanos());
    }

    private Errand errand() {
        return Errand.question(Duration.ofSeconds(20), clock);
    }

    private static DetailRow event(String name, Instant at) {
        return new DetailRow(at, name, "", "", "");
    }

    private static TraceRow row(String id, String status) {
        return new TraceRow(
                id,
                Optional.empty(),
                "sam@contoso.example",
                "ana@rivercounty.example",
                Optional.empty(),
                LONG_AGO,
                Optional.empty(),
                status,
                Optional.empty(),
                Optional.empty());
    }

    /** Answers with one event, or fails. */
    private static final class Vendor implements MessageTraces {
        private final AtomicInteger asked = new AtomicInteger();
        private final CountDownLatch entered = new CountDownLatch(1);
        private volatile CountDownLatch release = new CountDownLatch(0);
        private volatile List<DetailRow> events = List.of();
        private volatile Optional<SourceFailure> failure = Optional.empty();

        void tells(DetailRow event) {
            events = List.of(event);
            failure = Optional.empty();
        }

        void fails(SourceFailure with) {
            failure = Optional.of(with);
        }

        void holdUntilReleased() {
            release = new CountDownLatch(1);
        }

        @Override
        public List<DetailRow> details(TraceRow row, Errand errand) {
            asked.incrementAndGet();
            entered.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            failure.ifPresent(with -> {
                throw with;
            });
            return events;
        }

        @Override
        public boolean takesSeveralRecipients() {
            return false;
        }

        @Override
        public Rows rows(TraceFilter filter, Errand errand) {
            throw new UnsupportedOperationException();
        }

        @Override
        public RowPage page(TraceFilter filter, Optional<String> place, Errand errand) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CircuitState circuit() {
            return CircuitState.CLOSED;
        }

        @Override
        public Optional<Instant> lastSuccess() {
            return Optional.empty();
        }
    }
}
