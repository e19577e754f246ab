package org.mailtrace.proofpoint.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailtrace.proofpoint.stream.StreamFixture.held;
import static org.mailtrace.proofpoint.stream.StreamFixture.message;
import static org.mailtrace.proofpoint.stream.StreamFixture.settings;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailtrace.index.Batch;
import org.mailtrace.index.TraceIndex;
import org.mailtrace.proofpoint.record.ReadRecord;
import org.mailtrace.proofpoint.record.RecordReader;
import org.mailtrace.proofpoint.record.RecordType;

/** Settings, the purge and metrics of the log stream. */
class StreamHousekeepingTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:20:00Z");
    private static final Instant OLD = NOON.minus(Duration.ofDays(40));

    private final MovableClock clock = new MovableClock(NOON);
    private TraceIndex index;
    private Following following;

    @TempDir
    private Path folder;

    @BeforeEach
    void open() {
        index = StreamFixture.index(folder.resolve("index.db"));
        StreamSettings settings = settings("ws://localhost:9");
        following = new Following(
                RecordType.MESSAGE,
                settings,
                new Connector(settings, Optional.empty(), clock),
                new RecordReader()::read,
                index,
                clock);
        keep("m0", OLD);
        keep("m1", NOON);
    }

    @AfterEach
    void close() {
        index.close();
    }

    private void keep(String guid, Instant at) {
        byte[] record = message(guid, at).getBytes(StandardCharsets.UTF_8);
        ReadRecord read = new RecordReader().read(RecordType.MESSAGE, record, at);
        index.append(Batch.of(List.of(((ReadRecord.Kept) read).row())));
    }

    private void purge(Duration keep) {
        new StreamPurge(index, List.of(following), keep, clock).run();
    }

    @Test
    void purgesWhatIsOlderThanTheRetention() {
        following.progress().saw(NOON);

        purge(Duration.ofDays(31));

        assertThat(held(index)).containsExactly("m1 1");
    }

    @Test
    void aClockThatJumpedAheadPurgesNothingThatTheNewestRecordDoesNotCallOld() {
        following.progress().saw(NOON);
        clock.pass(Duration.ofDays(400));

        purge(Duration.ofDays(41));

        assertThat(held(index)).containsExactly("m0 1", "m1 1");
    }

    @Test
    void aRecordOfNextYearPurgesNothingThatTheClockDoesNotCallOld() {
        following.progress().saw(NOON.plus(Duration.ofDays(365)));

        purge(Duration.ofDays(41));

        assertThat(held(index)).containsExactly("m0 1", "m1 1");
    }

    @Test
    void metricsTellWhatTheProgressKnows() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        new StreamMetrics(registry, clock).watch(following);
        assertThat(gauge(registry, "lag")).isNaN();

        following.progress().came(700);
        following.progress().came(300);
        following.progress().stored(2, 1);
        following.progress().tooManySessions();
        following.progress().saw(NOON.minusSeconds(90));
        following.ledger().commit(List.of(), List.of(), proven -> proven.begun(NOON, Duration.ofHours(3)));

        assertThat(List.of(
                        counted(registry, "records"),
                        counted(registry, "bytes"),
                        counted(registry, "dead.letters"),
                        counted(registry, "reconnects"),
                        counted(registry, "refused.sessions")))
                .containsExactly(2.0, 1000.0, 1.0, 0.0, 1.0);
        assertThat(gauge(registry, "largest")).isEqualTo(700);
        assertThat(gauge(registry, "lag")).isBetween(90.0, 150.0);
        assertThat(gauge(registry, "gaps")).isEqualTo(1);
        assertThat(gauge(registry, "gaps.lost")).isZero();
    }

    @Test
    void metricsTellOfNoGapsOnceAnotherProcessMayFillAndLoseThem() {
        // given
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        new StreamMetrics(registry, clock).watch(following);
        following.ledger().commit(List.of(), List.of(), proven -> proven.begun(NOON, Duration.ofHours(3)));
        assertThat(gauge(registry, "gaps")).isEqualTo(1);

        // when
        following.end();

        // then
        assertThat(gauge(registry, "gaps")).isNaN();
        assertThat(gauge(registry, "gaps.lost")).isNaN();
    }

    private static double counted(SimpleMeterRegistry registry, String name) {
        return registry.get("mailtrace.proofpoint.stream." + name)
                .tag("type", "message")
                .functionCounter()
                .count();
    }

    private static double gauge(SimpleMeterRegistry registry, String name) {
        return registry.get("mailtrace.proofpoint.stream." + name)
                .tag("type", "message")
                .gauge()
                .value();
    }

    @Test
    void namesTheWrongSettingAndNeverWhatItHolds() {
        assertThat(fault("wss://stream.example:443")).isEmpty();
        assertThat(fault("ws://localhost:1")).isEmpty();
        assertThat(fault("ws://stream.example"))
                .hasValueSatisfying(said -> assertThat(said).contains("stream.url", "clear text"));
        assertThat(fault("https://stream.example")).isPresent();
        assertThat(fault("wss://canary@stream.example"))
                .hasValueSatisfying(said -> assertThat(said).doesNotContain("canary"));
        assertThat(fault("wss://stream.example", "token", "canary canary"))
                .hasValueSatisfying(
                        said -> assertThat(said).contains("stream.token").doesNotContain("canary"));
        assertThat(fault("wss://stream.example", "archive-token", "canary canary"))
                .hasValueSatisfying(
                        said -> assertThat(said).contains("archive-token").doesNotContain("canary"));
        assertThat(fault("wss://stream.example", "archive-phase", "2h")).isPresent();
        assertThat(fault("wss://stream.example", "silence", "0s")).isPresent();
    }

    private static Optional<String> fault(String url, String... pairs) {
        return StreamSettingsCheck.faultIn(settings(url, pairs), false);
    }
}
