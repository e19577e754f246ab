package org.mailtrace.proofpoint.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mailtrace.proofpoint.stream.StreamFixture.PATIENCE;
import static org.mailtrace.proofpoint.stream.StreamFixture.held;
import static org.mailtrace.proofpoint.stream.StreamFixture.message;

import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.mailtrace.index.TraceIndex;
import org.mailtrace.proofpoint.record.RecordType;

/** Two replicas with one database: one reads the stream, both answer, and one takes over from the other. */
class StreamReplicasTest {
    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-20T12:20:00Z"));

    @Test
    void oneReadsAndTheOtherTakesOverOnceTheFirstOnesClaimHasRunOut() throws IOException {
        try (FakeLogStream vendor = new FakeLogStream();
                TraceIndex firstIndex = StreamFixture.indexOnPostgresql("replicas");
                TraceIndex secondIndex = StreamFixture.indexOnPostgresql("replicas");
                Streams first = StreamFixture.streams(StreamFixture.settings(vendor.url()), firstIndex, clock)) {
            // given
            await().atMost(PATIENCE).until(first::isConsumer);
            try (Streams second = StreamFixture.streams(StreamFixture.settings(vendor.url()), secondIndex, clock)) {
                vendor.log("message", clock.instant(), message("m0", clock.instant()));
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(held(secondIndex)).containsExactly("m0 1"));
                await().atMost(PATIENCE)
                        .until(() -> second.of(RecordType.MESSAGE).until().isPresent());
                assertThat(second.isConsumer()).isFalse();

                // when: the first one was away for longer than its claim, and the second one saw it first
                StreamFixture.sql("UPDATE replicas.claim SET until = now() + interval '1 hour', term = term + 1,"
                        + " holder = gen_random_uuid()");
                await().atMost(PATIENCE).until(() -> !first.isConsumer());
                StreamFixture.sql("UPDATE replicas.claim SET until = '-infinity'");
                await().atMost(PATIENCE).until(() -> first.isConsumer() != second.isConsumer());
                vendor.log("message", clock.instant(), message("m1", clock.instant()));

                // then
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(held(firstIndex)).containsExactly("m0 1", "m1 1"));
                assertThat(first.isConsumer()).isNotEqualTo(second.isConsumer());

                // when: it ends in order
                boolean firstReads = first.isConsumer();
                (firstReads ? first : second).close();
                (firstReads ? firstIndex : secondIndex).close();
                vendor.log("message", clock.instant(), message("m2", clock.instant()));

                // then
                TraceIndex left = firstReads ? secondIndex : firstIndex;
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(held(left)).containsExactly("m0 1", "m1 1", "m2 1"));
            }
        }
    }
}
