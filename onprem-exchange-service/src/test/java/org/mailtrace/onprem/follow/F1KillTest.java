package org.mailtrace.onprem.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailtrace.contract.AddressPattern;
import org.mailtrace.index.Found;
import org.mailtrace.index.IndexQuery;
import org.mailtrace.index.IndexedMessage;
import org.mailtrace.index.Place;
import org.mailtrace.index.TraceIndex;
import org.mailtrace.index.sqlite.SqliteIndex;
import org.mailtrace.index.sqlite.SqliteSettings;
import org.mailtrace.onprem.LogFixture;
import org.mailtrace.onprem.record.RowBody;

/**
 * F1: a process that follows a growing directory is killed (SIGKILL) at random moments and started again. How often is
 * set by {@code mailtrace.kills}.
 */
class F1KillTest {
    private static final int KILLS = Integer.getInteger("mailtrace.kills", 4);
    private static final Instant BEGIN = Instant.parse("2026-11-20T08:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final long seed = System.nanoTime();

    @TempDir
    private Path folder;

    @Test
    @DisplayName("F1: kill -9 at any moment loses no row and doubles none")
    void losesAndDoublesNothing() throws IOException, InterruptedException {
        // given: a directory in which rows go on arriving, torn anywhere
        Path logs = Files.createDirectory(folder.resolve("logs"));
        Path killed = folder.resolve("killed.db");
        AtomicBoolean enough = new AtomicBoolean();
        List<String> written = new ArrayList<>();
        Thread exchange = Thread.ofPlatform().start(() -> write(logs, enough, written));

        // when
        Random random = new Random(seed);
        for (int i = 0; i < KILLS; i++) {
            Process process = start(logs, killed);
            try (BufferedReader words = process.inputReader()) {
                int looks = 1 + random.nextInt(12);
                for (int look = 0; look < looks; look++) {
                    assertThat(words.readLine()).as("seed %d", seed).isEqualTo("looked");
                }
                TimeUnit.MICROSECONDS.sleep(random.nextInt(20_000));
            } finally {
                process.destroyForcibly().waitFor();
            }
        }
        enough.set(true);
        exchange.join(PATIENCE);

        // then
        assertThat(rows(logs, killed)).as("seed %d", seed).isEqualTo(sorted(written));
        assertThat(Files.exists(folder.resolve("killed.db.damaged"))).isFalse();
    }

    private static Process start(Path logs, Path index) throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FollowingProcess.class.getName(),
                        logs.toString(),
                        index.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private void write(Path logs, AtomicBoolean enough, List<String> written) {
        Random random = new Random(seed + 1);
        try {
            for (int i = 0; !enough.get(); i++) {
                Instant at = BEGIN.plusSeconds(i * 20L);
                String id = "<m" + i / 3 + "@contoso.example>";
                String line = LogFixture.line(
                        at,
                        "SMTP",
                        i % 3 == 0 ? "RECEIVE" : "SEND",
                        "message-id",
                        id,
                        "recipient-address",
                        "user" + i % 7 + "@rivercounty.example",
                        "return-path",
                        "sam@contoso.example",
                        "message-subject",
                        "Number " + i + ", \"quoted\"");
                Path file = logs.resolve(LogFixture.file("MSGTRK", at));
                if (Files.notExists(file)) {
                    Files.writeString(file, LogFixture.header(at));
                }
                byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
                int torn = random.nextInt(bytes.length);
                Files.write(file, Arrays.copyOf(bytes, torn), StandardOpenOption.APPEND);
                // Slowly enough that many kills do not mean more rows than can be compared.
                TimeUnit.MICROSECONDS.sleep(random.nextInt(4000));
                Files.write(file, Arrays.copyOfRange(bytes, torn, bytes.length), StandardOpenOption.APPEND);
                written.add(i + " " + id);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Every row in the index, after the last ones were read too. */
    private static List<String> rows(Path logs, Path file) {
        List<String> rows = new ArrayList<>();
        try (TraceIndex index = SqliteIndex.open(new SqliteSettings(file, 1, RowBody.SAMPLE))) {
            ServerFollower follower = FollowingProcess.follower(logs, index);
            follower.look();
            assertThat(follower.state().failure()).isEmpty();
            assertThat(follower.state().setAside()).hasValue(0);
            Optional<Place> after = Optional.empty();
            Found found;
            do {
                found = index.search(query(after));
                for (IndexedMessage message : found.messages()) {
                    message.rows().forEach(row -> {
                        var read = RowBody.read(row.at(), row.body());
                        String number = read.value("message-subject").split("[ ,]", 3)[1];
                        rows.add(number + " " + read.value("message-id"));
                    });
                    after = Optional.of(new Place(message.firstSeen(), message.group()));
                }
            } while (found.more());
        }
        return sorted(rows);
    }

    private static List<String> sorted(List<String> rows) {
        return rows.stream().sorted().toList();
    }

    private static IndexQuery query(Optional<Place> after) {
        return new IndexQuery(
                Optional.of(new AddressPattern("sam@contoso.example")),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                BEGIN.minus(Duration.ofDays(1)),
                BEGIN.plus(Duration.ofDays(4000)),
                true,
                after,
                1000,
                Duration.ofSeconds(30));
    }
}
