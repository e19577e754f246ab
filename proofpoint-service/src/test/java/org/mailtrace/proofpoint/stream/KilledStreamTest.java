package org.mailtrace.proofpoint.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mailtrace.proofpoint.stream.StreamFixture.PATIENCE;
import static org.mailtrace.proofpoint.stream.StreamFixture.held;
import static org.mailtrace.proofpoint.stream.StreamFixture.message;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailtrace.index.TraceIndex;
import org.mailtrace.proofpoint.record.RecordType;

/**
 * Processes that read the stream and are killed (SIGKILL) or told to end (SIGTERM) by turns. How often is set by
 * {@code mailtrace.kills}.
 */
class KilledStreamTest {
    private static final int KILLS = Integer.getInteger("mailtrace.kills", 4);
    /** As in every pod. */
    private static final int GRACE_SECONDS = 60;

    private static final Instant NOON = Instant.parse("2026-11-20T12:20:00Z");

    private final MovableClock clock = new MovableClock(NOON);
    private final long seed = System.nanoTime();

    @TempDir
    private Path folder;

    @Test
    @DisplayName(
            "kill -9 and SIGTERM at any moment lose no record and double none, though what was sent counts as received")
    void losesAndDoublesNothing() throws IOException, InterruptedException {
        Path file = folder.resolve("index.db");
        StreamFixture.index(file).close();
        Random random = new Random(seed);
        AtomicBoolean enough = new AtomicBoolean();
        AtomicInteger logged = new AtomicInteger();
        try (FakeLogStream vendor = new FakeLogStream()) {
            Thread cluster = Thread.ofPlatform().daemon().start(() -> {
                try {
                    while (!enough.get()) {
                        Instant now = clock.instant();
                        vendor.log("message", now, message("m" + logged.getAndIncrement(), now));
                        TimeUnit.MICROSECONDS.sleep(500);
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });

            // when
            for (int i = 0; i < KILLS; i++) {
                Process process = StreamProcess.start(vendor.url(), file, clock.instant());
                int before = vendor.liveOpenings("message").size();
                try (BufferedReader words = process.inputReader()) {
                    assertThat(words.readLine()).isEqualTo("waiting");
                    assertThat(words.readLine()).isEqualTo("reading");
                    await().atMost(PATIENCE)
                            .until(() -> vendor.liveOpenings("message").size() > before);
                    TimeUnit.MILLISECONDS.sleep(random.nextInt(400));
                    if (i % 2 == 1) {
                        process.destroy();
                        assertThat(process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS))
                                .isTrue();
                        assertThat(process.exitValue()).isEqualTo(143);
                    }
                } finally {
                    process.destroyForcibly().waitFor();
                }
            }
            enough.set(true);
            cluster.join();

            // then: once the hour is over, the index has what was logged
            try (TraceIndex index = StreamFixture.index(file);
                    Streams streams = StreamFixture.streams(StreamFixture.settings(vendor.url()), index, clock)) {
                await().atMost(PATIENCE)
                        .until(() -> !streams.of(RecordType.MESSAGE).gaps().isEmpty());
                clock.pass(Duration.ofMinutes(60));
                await().atMost(PATIENCE)
                        .until(() -> streams.of(RecordType.MESSAGE).gaps().isEmpty());
                assertThat(held(index))
                        .as("seed %d", seed)
                        .isEqualTo(IntStream.range(0, logged.get())
                                .mapToObj(i -> "m" + i + " 1")
                                .sorted()
                                .toList());
            }
        }
    }

    @Test
    void onlyOneOfTwoProcessesReadsAndTheOtherTakesOverAtItsDeath() throws IOException, InterruptedException {
        Path file = folder.resolve("index.db");
        StreamFixture.index(file).close();
        try (FakeLogStream vendor = new FakeLogStream()) {
            Process first = StreamProcess.start(vendor.url(), file, clock.instant());
            try (BufferedReader words = first.inputReader()) {
                assertThat(List.of(words.readLine(), words.readLine())).containsExactly("waiting", "reading");
                vendor.log("message", clock.instant(), message("m0", clock.instant()));

                try (TraceIndex index = StreamFixture.index(file);
                        Streams second = StreamFixture.streams(StreamFixture.settings(vendor.url()), index, clock)) {
                    // The second reads what the first one stores, and does not connect.
                    await().atMost(PATIENCE)
                            .untilAsserted(() -> assertThat(held(index)).containsExactly("m0 1"));
                    await().atMost(PATIENCE)
                            .until(() -> second.of(RecordType.MESSAGE).until().isPresent());
                    await().during(Duration.ofMillis(300))
                            .atMost(PATIENCE)
                            .until(() -> !second.isConsumer() && vendor.openings.size() == 2);

                    // when
                    first.destroyForcibly().waitFor();
                    vendor.log("message", clock.instant(), message("m1", clock.instant()));

                    // then
                    await().atMost(PATIENCE)
                            .untilAsserted(() -> assertThat(held(index)).containsExactly("m0 1", "m1 1"));
                    assertThat(second.isConsumer()).isTrue();
                    assertThat(second.of(RecordType.MESSAGE).gaps()).isNotEmpty();
                    assertThat(vendor.liveOpenings("message").size()
                                    - vendor.refusedAsTooMany.stream()
                                            .filter(each -> each.type().equals("message"))
                                            .count())
                            .isEqualTo(2);
                }
            } finally {
                first.destroyForcibly().waitFor();
            }
        }
    }
}
