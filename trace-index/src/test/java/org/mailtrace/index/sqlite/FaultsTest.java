package org.mailtrace.index.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.mailtrace.index.Questions.NOON;
import static org.mailtrace.index.Questions.sender;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailtrace.index.Batch;
import org.mailtrace.index.Checkpoint;
import org.mailtrace.index.Coverage;
import org.mailtrace.index.IndexException;
import org.mailtrace.index.IndexRow;
import org.mailtrace.index.Questions;
import org.mailtrace.index.TraceIndex;

/** Power loss, a full disk and a damaged file. */
class FaultsTest {
    private static final int ROWS = 20;

    @TempDir
    private Path folder;

    @Test
    @DisplayName("F2: after power loss the index is as it was after some batch, and goes on from there")
    void survivesPowerLoss() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Path file = folder.resolve("index.db");
        try (TraceIndex index = open(file)) {
            for (int batch = 0; batch < 25; batch++) {
                index.append(batch(batch));
                if (random.nextInt(3) == 0) {
                    // given: what a disk holds that lost the end of what was written last
                    Path left = folder.resolve("left-" + batch + ".db");
                    Files.copy(file, left);
                    Path log = folder.resolve("left-" + batch + ".db-wal");
                    Files.copy(folder.resolve("index.db-wal"), log);
                    try (RandomAccessFile bytes = new RandomAccessFile(log.toFile(), "rw")) {
                        bytes.setLength((long) (random.nextDouble() * bytes.length()));
                    }

                    // when, then
                    isWholeUpToSomeBatchAndGoesOn(left, batch, seed);
                }
            }
        }
    }

    @Test
    @DisplayName("F3: on a full disk searches go on, it says why it cannot store, and goes on by itself")
    void survivesAFullDisk() throws IOException, InterruptedException {
        // given: a disk of four megabytes
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk.toString()))
                .as("this test needs the right to mount a small disk")
                .isZero();
        try {
            Path file = disk.resolve("index.db");
            Path ballast = disk.resolve("ballast");
            Files.write(ballast, new byte[2 * 1024 * 1024]);
            try (TraceIndex index = open(file)) {
                // when
                int stored = fillUp(index);

                // then
                assertThat(index.trouble()).contains("The disk that the index is on is full.");
                assertThat(found(index)).isNotEmpty();
                assertThat(index.checkpoints("EXCH01")).containsEntry("log", Integer.toString(stored - 1));

                // when
                Files.delete(ballast);
                index.append(batch(stored));

                // then
                assertThat(index.trouble()).isEmpty();
                assertThat(index.checkpoints("EXCH01")).containsEntry("log", Integer.toString(stored));
            }
            try (TraceIndex again = open(file)) {
                assertThat(Files.exists(disk.resolve("index.db.damaged"))).isFalse();
                assertThat(again.trouble()).isEmpty();
            }
        } finally {
            run("umount", disk.toString());
        }
    }

    @Test
    @DisplayName("F22: a damaged file is found at the start, set aside, and a new one made")
    void setsADamagedFileAside() throws IOException {
        // given
        Path file = filled();
        scribble(file, Files.size(file) / 2, 30_000);

        // when
        try (TraceIndex index = open(file)) {

            // then
            assertThat(Files.exists(folder.resolve("index.db.damaged"))).isTrue();
            assertThat(index.checkpoints("EXCH01")).isEmpty();
            assertThat(found(index)).isEmpty();
            index.append(batch(0));
            assertThat(found(index)).isNotEmpty();
        }
    }

    @Test
    @DisplayName("F22: damage that shows later is an error, never a wrong answer, and mended at the next start")
    void neverAnswersFromADamagedRow() throws IOException {
        // given: a store that is open while its file is scribbled over, in the rows that a check of structure passes
        Path file = filled();
        try (TraceIndex index = open(file)) {
            for (long at = Files.size(file) / 3; at < Files.size(file); at += 8192) {
                scribble(file, at + 6000, 8);
            }

            // when, then
            assertThatThrownBy(() -> {
                        for (int batch = 0; batch < 40; batch++) {
                            for (int i = 0; i < ROWS; i++) {
                                index.find("g" + batch + "-" + i);
                            }
                        }
                    })
                    .isInstanceOf(IndexException.class)
                    .hasMessageContaining("damaged");
            assertThat(index.trouble())
                    .hasValueSatisfying(text -> assertThat(text).contains("Restart the service"));
            assertThatThrownBy(() -> index.append(batch(99))).hasMessageContaining("damaged");
        }
        try (TraceIndex again = open(file)) {
            assertThat(again.trouble()).isEmpty();
            assertThat(again.checkpoints("EXCH01")).isEmpty();
        }
    }

    @Test
    @DisplayName("F22: damage of a file that is gone says nothing about the one that follows it")
    void forgetsTheDamageOfAFileThatIsGone() throws IOException {
        // given
        Path file = filled();
        Damage.mark(file, "a test");
        Files.delete(file);
        try (TraceIndex index = open(file)) {
            index.append(batch(0));
        }

        // when, then
        try (TraceIndex again = open(file)) {
            assertThat(found(again)).isNotEmpty();
        }
        assertThat(Files.exists(folder.resolve("index.db.damaged"))).isFalse();
    }

    @Test
    @DisplayName("F22: a deleted file is made anew")
    void makesADeletedFileAnew() throws IOException {
        // given
        Path file = filled();
        Files.delete(file);

        // when, then
        try (TraceIndex index = open(file)) {
            assertThat(index.checkpoints("EXCH01")).isEmpty();
        }
    }

    private static void isWholeUpToSomeBatchAndGoesOn(Path file, int written, long seed) {
        try (TraceIndex index = open(file)) {
            assertThat(Files.exists(file.resolveSibling(file.getFileName() + ".damaged")))
                    .as("seed %d", seed)
                    .isFalse();
            Optional<Integer> last =
                    Optional.ofNullable(index.checkpoints("EXCH01").get("log")).map(Integer::valueOf);
            int next = last.map(number -> number + 1).orElse(0);
            assertThat(next).as("seed %d", seed).isLessThanOrEqualTo(written + 1);
            assertThat(groups(index)).as("seed %d", seed).isEqualTo(next * ROWS);
            for (int batch = next; batch <= written; batch++) {
                index.append(batch(batch));
            }
            assertThat(groups(index)).as("seed %d", seed).isEqualTo((written + 1) * ROWS);
        }
    }

    private static int groups(TraceIndex index) {
        int groups = 0;
        for (int batch = 0; batch < 30; batch++) {
            for (int i = 0; i < ROWS; i++) {
                groups += index.find("g" + batch + "-" + i).isPresent() ? 1 : 0;
            }
        }
        return groups;
    }

    private Path filled() {
        Path file = folder.resolve("index.db");
        try (TraceIndex index = open(file)) {
            for (int batch = 0; batch < 40; batch++) {
                index.append(batch(batch));
            }
        }
        return file;
    }

    private static int fillUp(TraceIndex index) {
        int stored = 0;
        try {
            while (true) {
                index.append(batch(stored));
                stored++;
            }
        } catch (IndexException e) {
            assertThat(e).hasMessageContaining("full");
            return stored;
        }
    }

    private static List<String> found(TraceIndex index) {
        return Questions.found(index, sender("sam@contoso.example"));
    }

    private static TraceIndex open(Path file) {
        return SqliteIndex.open(new SqliteSettings(file, 2, "sample"));
    }

    private static Batch batch(int number) {
        Random random = new Random(number);
        List<IndexRow> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            StringBuilder body = new StringBuilder();
            for (int word = 0; word < 200; word++) {
                body.append(random.nextLong()).append(',');
            }
            String group = "g" + number + "-" + i;
            rows.add(new IndexRow(
                    group,
                    NOON.plusSeconds(number),
                    "EXCH01",
                    group,
                    List.of("<" + group + "@contoso.example>"),
                    Optional.of("sam@contoso.example"),
                    Optional.empty(),
                    List.of("user" + i + "@rivercounty.example"),
                    Optional.of("Subject " + number),
                    false,
                    body.toString()));
        }
        return new Batch(
                rows,
                List.of(),
                List.of(new Checkpoint("EXCH01", "log", Integer.toString(number))),
                List.of(new Coverage("EXCH01", "MSGTRK", NOON, NOON.plusSeconds(number))));
    }

    private static void scribble(Path file, long at, int count) throws IOException {
        byte[] noise = new byte[count];
        new Random(3).nextBytes(noise);
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(at);
            bytes.write(noise, 0, (int) Math.min(count, Math.max(0, bytes.length() - at)));
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        return process.waitFor(20, TimeUnit.SECONDS) ? process.exitValue() : 1;
    }
}
