package org.mailtrace.gateway.ask;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailtrace.contract.SourceState;
import org.mailtrace.gateway.FakeSources;

@QuarkusTest
@QuarkusTestResource(OidcWiremockTestResource.class)
@QuarkusTestResource(FakeSources.class)
@DisplayName("F12, F13, F17: connections whose answers were not read to their end")
class F13ConnectionPoolTest {
    /** More than the pool has. */
    private static final int MANY = 60;
    /** What the client has for each source. */
    private static final int POOL = 50;

    @Inject
    ObjectMapper json;

    private DirectSource archive;

    @BeforeEach
    void neverOpensItsCircuit() {
        FakeSources.allEmpty();
        archive = source("20s");
    }

    private DirectSource source(String timeout) {
        String url = "http://localhost:" + FakeSources.front("archive").port();
        return new DirectSource(url, Map.of("breaker-volume", "10000", "timeout", timeout), Optional.empty(), json);
    }

    @AfterEach
    void isCalm() {
        FakeSources.allEmpty();
    }

    static Stream<Arguments> unread() {
        return Stream.of(
                Arguments.of("refusals", aResponse().withStatus(401).withBody("x".repeat(100_000)), SourceState.DENIED),
                Arguments.of(
                        "too many", aResponse().withStatus(429).withBody("x".repeat(100_000)), SourceState.THROTTLED),
                Arguments.of("too much", FakeSources.json("{" + " ".repeat(300_000)), SourceState.FAILED),
                Arguments.of("another type", aResponse().withBody("x".repeat(100_000)), SourceState.FAILED));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unread")
    void doNotRunOut(String what, ResponseDefinitionBuilder response, SourceState state) {
        // given
        FakeSources.does("archive", response);

        // when
        List<SourceState> states =
                IntStream.range(0, MANY).mapToObj(i -> archive.ask().state()).toList();
        FakeSources.answers("archive", "ANSWERED", "");

        // then
        assertThat(states).containsOnly(state);
        assertThat(archive.ask().state()).isEqualTo(SourceState.ANSWERED);
    }

    @Test
    void doNotRunOutOverABlackHole() throws Exception {
        // given
        archive = source("1500ms");
        FakeSources.front("archive").suffer(client -> Thread.sleep(60_000));

        // when
        List<SourceState> states = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<SourceState>> asked = Stream.generate(
                            () -> threads.submit(() -> archive.ask().state()))
                    .limit(MANY)
                    .toList();
            for (Future<SourceState> each : asked) {
                states.add(each.get());
            }
        }
        FakeSources.front("archive").recover();

        // then
        assertThat(states).containsOnly(SourceState.TIMED_OUT);
        assertThat(archive.ask().state()).isEqualTo(SourceState.ANSWERED);
    }

    @Test
    void areNotKeptForThoseWhoLeftWhileTheyWaitedForOne() throws InterruptedException {
        // given: all that the pool has are taken by answers that do not come, and as many again wait for one
        archive = source("10s");
        CountDownLatch held = new CountDownLatch(1);
        AtomicInteger taken = new AtomicInteger();
        FakeSources.front("archive").suffer(client -> {
            taken.incrementAndGet();
            held.await();
        });
        List<Thread> first = ask(MANY);
        Awaitility.await().until(() -> taken.get() == POOL);
        List<Thread> waiting = ask(MANY);
        Awaitility.await().until(() -> waiting.stream().allMatch(F13ConnectionPoolTest::isWaiting));

        // when
        for (Thread each : waiting) {
            each.interrupt();
            each.join();
        }
        FakeSources.front("archive").recover();
        held.countDown();
        for (Thread each : first) {
            each.join();
        }

        // then
        assertThat(archive.ask().state()).isEqualTo(SourceState.ANSWERED);
    }

    private List<Thread> ask(int times) {
        return IntStream.range(0, times)
                .mapToObj(i -> Thread.ofVirtual().start(archive::ask))
                .toList();
    }

    private static boolean isWaiting(Thread thread) {
        return thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING;
    }

    @Test
    void areNotLoggedByTheClientItselfWhichWouldSayWhatWasAsked() {
        assertThat(Logger.getLogger("io.vertx.core.http.impl.HttpClientRequestImpl")
                        .isLoggable(Level.SEVERE))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{",
                "HTTP/1.1 403 Forbidden\r\nContent-Type: text/html\r\n\r\n<html>",
                "HTTP/1.1 200 OK\r\nX-Without-End: "
            })
    void areBrokenOffWhenAnAnswerHasNoEnd(String beginning) {
        // given
        AtomicLong sent = new AtomicLong();
        AtomicLong cut = new AtomicLong();
        FakeSources.front("archive").suffer(client -> {
            byte[] block = "x".repeat(64 * 1024).getBytes(StandardCharsets.US_ASCII);
            try {
                client.getOutputStream().write(beginning.getBytes(StandardCharsets.US_ASCII));
                while (true) {
                    client.getOutputStream().write(block);
                    sent.addAndGet(block.length);
                }
            } catch (IOException e) {
                cut.incrementAndGet();
                throw e;
            }
        });

        // when
        SourceState state = archive.ask().state();

        // then
        assertThat(state).isIn(SourceState.FAILED, SourceState.DENIED);
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> cut.get() == 1);
        // What the buffers of the system hold was sent, and was not read.
        assertThat(sent.get()).isLessThan(20_000_000);
    }
}
