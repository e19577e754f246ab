package org.mailtrace.proofpoint.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mailtrace.proofpoint.stream.StreamFixture.PATIENCE;
import static org.mailtrace.proofpoint.stream.StreamFixture.held;
import static org.mailtrace.proofpoint.stream.StreamFixture.message;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.mailtrace.index.TraceIndex;
import org.mailtrace.proofpoint.record.RecordReader;
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

    @Test
    void beginsAnewFromAStoreThatForgotABatch() throws IOException {
        List<Following> begun = new CopyOnWriteArrayList<>();
        try (FakeLogStream vendor = new FakeLogStream();
                TraceIndex index = StreamFixture.indexOnPostgresql("forgetful");
                Streams streams = streams(vendor, index, begun)) {
            // given
            await().atMost(PATIENCE).until(streams::isConsumer);
            vendor.log("message", clock.instant(), message("m0", clock.instant()));
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(held(index)).containsExactly("m0 1"));
            Instant kept = clock.instant();
            clock.pass(Duration.ofMinutes(20));
            vendor.log("message", clock.instant(), message("m1", clock.instant()));
            await().atMost(PATIENCE)
                    .until(() -> Ledger.stored(index, RecordType.MESSAGE)
                            .until()
                            .filter(until -> until.isAfter(kept))
                            .isPresent());
            assertThat(Ledger.stored(index, RecordType.MESSAGE).missing()).isEmpty();

            Instant forgotten = clock.instant();

            // when: the primary died, and its standby has nothing of the last minutes; a record is the first to notice
            StreamFixture.sql("DO $$ BEGIN UPDATE forgetful.claim SET steps = steps - 1;"
                    + " UPDATE forgetful.coverage SET until = " + kept.toEpochMilli() + "; END $$");
            vendor.log("message", clock.instant(), message("m2", clock.instant()));

            // then: it reads anew where it stood, and says what it does not know to be there
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(begun).hasSize(2 * RecordType.values().length));
            assertThat(begun.subList(0, RecordType.values().length)).allMatch(Following::isOver);
            assertThat(begun.subList(RecordType.values().length, begun.size())).noneMatch(Following::isOver);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(
                                    Ledger.stored(index, RecordType.MESSAGE).missing())
                            .anySatisfy(missing -> {
                                assertThat(missing.from()).isBeforeOrEqualTo(kept);
                                assertThat(missing.to()).isAfterOrEqualTo(forgotten);
                            }));
        }
    }

    /** So seldom asks who may read that a record comes before it. */
    private Streams streams(FakeLogStream vendor, TraceIndex index, List<Following> begun) {
        StreamSettings settings = StreamFixture.settings(vendor.url(), "lease-poll", "2s");
        Streams streams = new Streams(
                settings,
                new Connector(settings, Optional.empty(), clock),
                new RecordReader()::read,
                index,
                clock,
                begun::add);
        streams.start();
        return streams;
    }
}
