package org.mailtrace.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** F21: a service that is told to end, as every rolling update does, while it reads what grows. */
@ExtendWith(RunningMailtrace.class)
class EndingIT {
    private static final Duration LONG = Duration.ofSeconds(90);
    private static final int AT_A_TIME = 20;
    /** What SIGKILL leaves behind; SIGTERM leaves 143. */
    private static final int BY_FORCE = 137;

    private final Instant begin = Instant.now().minus(Duration.ofMinutes(5));
    private final AtomicBoolean enough = new AtomicBoolean();

    @TempDir
    private Path folder;

    @Test
    void losesNoRowAndDoublesNoneWhenItIsToldToEndWhileRowsArrive() throws IOException, InterruptedException {
        // given
        TrackingLog log = new TrackingLog(folder);
        try (SecondService service = new SecondService(
                "onprem-exchange",
                8141,
                Map.of(
                        "mailtrace.onprem.servers.ENDING01.directory", folder.toString(),
                        "mailtrace.onprem.poll", "10ms",
                        "mailtrace.onprem.index-file",
                                folder.resolve("index.db").toString()))) {
            Thread exchange = Thread.ofPlatform().daemon().start(() -> grow(log));
            // Batches are stored, and found, long before the end of what is written.
            Awaitility.await("it is at work")
                    .atMost(LONG)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> !page(service, Map.of("limit", "1"))
                            .path("observations")
                            .isEmpty());

            // when
            int code = service.end();
            enough.set(true);
            exchange.join();
            service.start();

            // then
            assertThat(code).isNotEqualTo(BY_FORCE);
            Awaitility.await("everything is read")
                    .atMost(LONG)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> rows(service).size() >= log.written());
            assertThat(rows(service))
                    .containsExactlyInAnyOrderElementsOf(IntStream.range(0, log.written())
                            .mapToObj(TrackingLog::messageId)
                            .toList());
            // What was read before the end is not read again.
            assertThat(service.metric("mailtrace_onprem_rows_total", "ENDING01"))
                    .isLessThan(log.written());
        }
    }

    private void grow(TrackingLog log) {
        try {
            while (!enough.get()) {
                log.write(AT_A_TIME);
                TimeUnit.MILLISECONDS.sleep(5);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The Message-ID of every row, page by page. */
    private List<String> rows(SecondService service) {
        List<String> rows = new ArrayList<>();
        Map<String, String> place = new HashMap<>(Map.of("limit", "1000"));
        do {
            JsonNode answer = page(service, place);
            for (JsonNode observation : answer.path("observations")) {
                observation
                        .path("events")
                        .forEach(row -> rows.add(observation.path("messageId").asText()));
            }
            place.put("cursor", answer.path("next").asText());
        } while (!place.get("cursor").isEmpty());
        return rows;
    }

    private JsonNode page(SecondService service, Map<String, String> place) {
        Map<String, String> question = new HashMap<>(place);
        question.putAll(Map.of("sender", TrackingLog.SENDER, "from", begin.toString(), "include", "events"));
        return service.trace(question);
    }
}
