package org.mailtrace.proofpoint.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mailtrace.proofpoint.stream.StreamFixture.PATIENCE;
import static org.mailtrace.proofpoint.stream.StreamFixture.held;
import static org.mailtrace.proofpoint.stream.StreamFixture.message;
import static org.mailtrace.proofpoint.stream.StreamFixture.settings;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailtrace.index.TraceIndex;
import org.mailtrace.proofpoint.record.RecordType;
import org.mailtrace.proofpoint.stream.FakeLogStream.Fault;

/** A log stream that says a little all the time and never comes to an end. */
class SlowStreamTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:20:00Z");

    private final MovableClock clock = new MovableClock(NOON);
    private FakeLogStream vendor;
    private TraceIndex index;
    private Streams streams;

    @TempDir
    private Path folder;

    @BeforeEach
    void open() throws IOException {
        vendor = new FakeLogStream();
        index = StreamFixture.index(folder.resolve("index.db"));
    }

    @AfterEach
    void close() throws IOException {
        streams.close();
        vendor.close();
        index.close();
    }

    private void start(String... pairs) {
        streams = StreamFixture.streams(settings(vendor.url(), pairs), index, clock);
    }

    private void awaitHeld(String... rows) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(held(index)).containsExactly(rows));
    }

    @Test
    @DisplayName("F12: an opening that is answered byte by byte is given up")
    void givesUpASlowOpening() {
        vendor.liveFaults.addAll(List.of(new Fault.SlowHead(), new Fault.SlowHead()));
        vendor.log("message", NOON, message("m0", NOON));

        start("connect-timeout", "300ms");

        awaitHeld("m0 1");
    }

    @Test
    @DisplayName("F12: a record that comes byte by byte is given up with its connection, and the gap is known")
    void givesUpASlowRecord() {
        vendor.liveFaults.addAll(List.of(new Fault.SlowFrame(), new Fault.SlowFrame()));
        vendor.log("message", NOON, message("m0", NOON));

        start("frame-within", "300ms");

        awaitHeld("m0 1");
        assertThat(streams.of(RecordType.MESSAGE).gaps()).isNotEmpty();
    }

    @Test
    @DisplayName("F12: a slow connection holds up neither the other type nor a question about what is known")
    void aSlowConnectionHoldsUpNothingElse() {
        vendor.liveFaults.add(new Fault.SlowFrame());

        start("ping-every", "50ms", "silence", "1h");

        // The one hears its pongs, the other waits for the rest of its record.
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(List.of(RecordType.values()))
                        .anySatisfy(type -> assertThat(streams.of(type).until())
                                .hasValueSatisfying(until -> assertThat(until)
                                        .isAfter(streams.of(type).since().orElseThrow()))));
        assertThat(vendor.liveOpenings("message").size()
                        + vendor.liveOpenings("maillog").size())
                .isEqualTo(2);
    }

    @Test
    @DisplayName("F12: an hour of the archive that never ends is left for later, and other hours are read")
    void leavesAnEndlessHourForLater() {
        Instant past = Instant.parse("2026-11-20T10:30:00Z");
        vendor.archiveFaults.addAll(List.of(new Fault.Endless(), new Fault.Endless()));
        vendor.log("message", past, message("m0", past));

        start("backfill", "3h", "archive-longest", "300ms");

        awaitHeld("m0 1");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(streams.of(RecordType.MESSAGE).gaps())
                        .allSatisfy(gap -> assertThat(gap.from())
                                .isAfterOrEqualTo(
                                        Instant.parse("2026-11-20T12:00:00Z").minus(Duration.ofMinutes(10)))));
    }
}
