package org.mailtrace.gateway.ask;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mailtrace.contract.Question;
import org.mailtrace.contract.SourceAnswer;
import org.mailtrace.contract.SourceState;
import org.mailtrace.gateway.FakeSources;
import org.mailtrace.gateway.MovableClock;

/** Time is the test's here: what has to end at the deadline ends without a look at any other clock. */
@QuarkusTest
@QuarkusTestResource(OidcWiremockTestResource.class)
@QuarkusTestResource(FakeSources.class)
@Timeout(60)
class UnderwayTest {
    private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();
    private static final Duration DEADLINE = Duration.ofSeconds(19);
    private static final Instant START = Instant.parse("2026-11-23T08:00:00Z");

    @Inject
    ObjectMapper json;

    private final MovableClock clock = new MovableClock(START);
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final CountDownLatch toldToStop = new CountDownLatch(1);

    @AfterEach
    void letsTheCallGo() {
        released.countDown();
    }

    @Test
    void afterTheDeadlineNothingIsWaitedForNotEvenACallThatCannotBeBrokenOff() throws Exception {
        // given a call that goes on, whatever it is told
        try (Load load = new Load(new Semaphore(1));
                Underway underway = new Underway(THREADS, START.plus(DEADLINE), clock, load)) {
            underway.begin(List.of(call(weight -> stubborn())));
            begun.await();

            // when
            clock.advance(DEADLINE);
            List<Underway.Heard> heard = underway.hear(Duration.ofSeconds(4));
            List<Underway.Heard> given =
                    underway.giveUp((call, had) -> call.source().late(had));

            // then
            assertThat(heard).isEmpty();
            assertThat(given).hasSize(1);
            assertThat(given.getFirst().answer().state()).isEqualTo(SourceState.TIMED_OUT);
            assertThat(given.getFirst().answer().tookMs()).isEqualTo(DEADLINE.toMillis());
            assertThat(underway.isIdle()).isTrue();
            toldToStop.await();
            assertThat(released.getCount()).as("the call is still under way").isEqualTo(1);
        }
    }

    @Test
    void whatCameBeforeTheDeadlineIsHeardAtItAndTheOthersAreGivenUp() throws Exception {
        // given
        AtomicBoolean came = new AtomicBoolean();
        try (Load load = new Load(new Semaphore(1));
                Underway underway = new Underway(THREADS, START.plus(DEADLINE), clock, load)) {
            Call quick = call(weight -> {
                came.set(true);
                return SourceAnswer.without("archive", SourceState.THROTTLED, "So it is.", 1);
            });
            underway.begin(List.of(quick, call(weight -> stubborn())));
            begun.await();
            Awaitility.await().until(came::get);

            // when
            clock.advance(DEADLINE);
            Awaitility.await()
                    .untilAsserted(
                            () -> assertThat(underway.hear(Duration.ZERO)).hasSize(1));
            List<Underway.Heard> given =
                    underway.giveUp((call, had) -> call.source().late(had));

            // then
            assertThat(given).hasSize(1);
            assertThat(given.getFirst().answer().state()).isEqualTo(SourceState.TIMED_OUT);
            assertThat(released.getCount()).isEqualTo(1);
        }
    }

    private SourceAnswer stubborn() {
        begun.countDown();
        while (true) {
            try {
                released.await();
                return SourceAnswer.without("archive", SourceState.FAILED, "Nobody hears this.", 1);
            } catch (InterruptedException e) {
                toldToStop.countDown();
            }
        }
    }

    private Call call(Function<Load, SourceAnswer> work) {
        Source source = new DirectSource("http://localhost:1", Map.of(), Optional.empty(), json).source();
        return new Call(source, question(), work);
    }

    private static Question question() {
        return new Question(
                Optional.empty(),
                List.of(),
                Optional.of("Quarterly report"),
                Optional.empty(),
                START.minus(Duration.ofDays(1)),
                START,
                100,
                Optional.empty(),
                Set.of(),
                false,
                Optional.empty(),
                Optional.empty());
    }
}
