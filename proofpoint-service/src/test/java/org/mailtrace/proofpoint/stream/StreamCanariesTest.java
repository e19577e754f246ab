package org.mailtrace.proofpoint.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailtrace.index.TraceIndex;
import org.mailtrace.proofpoint.record.RecordType;

/** Plants keys, addresses and subjects in a stream that goes wrong in many ways, and looks for them in the log. */
class StreamCanariesTest {
    private static final List<String> CANARIES = List.of(
            "canary-live-key",
            "canary-archive-key",
            "canary-recipient",
            "canary-sender",
            "canary subject",
            "canary-torn");

    private final Logger own = Logger.getLogger("org.mailtrace");
    private final Queue<String> logged = new ConcurrentLinkedQueue<>();
    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord message) {
            StringBuilder text = new StringBuilder(String.valueOf(message.getMessage()));
            Object[] parameters = message.getParameters();
            for (Object each : parameters == null ? new Object[0] : parameters) {
                text.append(' ').append(each);
            }
            for (Throwable thrown = message.getThrown(); thrown != null; thrown = thrown.getCause()) {
                text.append(' ').append(thrown);
            }
            logged.add(text.toString());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @TempDir
    Path directory;

    @BeforeEach
    void listen() {
        listener.setLevel(Level.ALL);
        own.setLevel(Level.FINE);
        own.addHandler(listener);
    }

    @AfterEach
    void listenNoMore() {
        own.removeHandler(listener);
        own.setLevel(null);
    }

    @Test
    void f16NothingSecretOrPersonalIsLoggedWhateverGoesWrong() throws IOException {
        // given
        try (FakeLogStream vendor = new FakeLogStream();
                TraceIndex index = StreamFixture.index(directory.resolve("index.db"))) {
            StreamSettings settings = StreamFixture.settings(
                    vendor.url(),
                    "token",
                    "canary-live-key",
                    "archive-token",
                    "canary-archive-key",
                    "refused-wait",
                    "50ms",
                    "max-frame",
                    "2K");
            for (int i = 0; i < 2; i++) {
                vendor.liveFaults.add(new FakeLogStream.Fault.Refuse(401));
                vendor.liveFaults.add(new FakeLogStream.Fault.Refuse(502));
                vendor.liveFaults.add(new FakeLogStream.Fault.Reset(1));
            }
            Instant now = Instant.now();
            // Several, because a reset may swallow what was sent just before it.
            for (int i = 0; i < 4; i++) {
                vendor.log("message", now, message("g-1" + i, now, ""));
                vendor.log("message", now, "{\"guid\":\"canary-torn-" + i);
                vendor.log("message", now, message("g-2" + i, now, "x".repeat(4_000)));
            }
            vendor.log("message", now, message("g-3", now, ""));

            // when
            String told;
            try (Streams streams = StreamFixture.streams(settings, index, Clock.systemUTC())) {
                await().atMost(StreamFixture.PATIENCE)
                        .until(() -> index.find("g-3").isPresent() && index.deadLetterCount(Ledger.PART) >= 2);
                told = streams.of(RecordType.MESSAGE) + " " + streams.progress(RecordType.MESSAGE) + " " + settings;
            }

            // then
            assertThat(logged).anyMatch(line -> line.contains("the log stream refuses"));
            for (String canary : CANARIES) {
                assertThat(logged).noneMatch(line -> line.contains(canary));
                assertThat(told).doesNotContain(canary);
            }
        }
    }

    private static String message(String guid, Instant at, String filling) {
        return """
                {"guid":"%s","ts":"%s","envelope":{"from":"canary-sender@shop.example","rcpts":["canary-recipient@rivercounty.example"]},
                 "msg":{"normalizedHeader":{"subject":["canary subject"]}},"filter":{"disposition":"continue","note":"%s"}}""".formatted(guid, at, filling);
    }
}
