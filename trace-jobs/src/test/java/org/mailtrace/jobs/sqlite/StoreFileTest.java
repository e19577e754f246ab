package org.mailtrace.jobs.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailtrace.jobs.Finding;
import org.mailtrace.jobs.Job;
import org.mailtrace.jobs.JobState;
import org.mailtrace.jobs.Jobs;
import org.mailtrace.jobs.JobsException;
import org.mailtrace.jobs.Lease;
import org.mailtrace.jobs.NewJob;
import org.mailtrace.jobs.SharedBudget;
import org.mailtrace.jobs.Step;
import org.mailtrace.jobs.sql.JobTable;

class StoreFileTest {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("below").resolve("jobs.db");
    }

    @Test
    void makesTheFileWithItsDirectoryForItsOwnerOnly() throws IOException {
        // when
        try (SqliteStore store = open()) {
            submit(store);

            // then
            for (String suffix : List.of("", "-wal", "-shm")) {
                Path each = file.resolveSibling("jobs.db" + suffix);
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
                        .isEqualTo("rw-------");
            }
        }
    }

    @Test
    void writesAheadAndWaitsForTheDisk() {
        try (SqliteStore store = open()) {
            assertThat(pragma(store, "synchronous")).isEqualTo(2);
            assertThat(pragma(store, "secure_delete")).isEqualTo(1);
            assertThat(Files.exists(file.resolveSibling("jobs.db-wal"))).isTrue();
        }
    }

    @Test
    void findsEverythingAgainWhenItIsOpenedAnew() {
        // given
        Job job;
        try (SqliteStore store = open()) {
            job = submit(store);
        }

        // then
        try (SqliteStore store = open()) {
            assertThat(store.jobs().find(job.id())).contains(job);
        }
    }

    @Test
    void refusesAFileOfANewerVersionAndLeavesItAsItIs() throws IOException, SQLException {
        // given
        open().close();
        change("PRAGMA user_version = 2");
        byte[] before = Files.readAllBytes(file);

        // then
        assertThatThrownBy(this::open)
                .isInstanceOf(JobsException.class)
                .hasMessageContaining("jobs.db cannot be used: it was written by a newer Mailtrace (schema 2");
        assertThat(file).hasBinaryContent(before);
    }

    @Test
    void refusesADatabaseOfAnotherProgramAndLeavesItAsItIs() throws IOException, SQLException {
        // given
        Files.createDirectories(file.getParent());
        change("CREATE TABLE recipe(name TEXT)");
        byte[] before = Files.readAllBytes(file);

        // then
        assertThatThrownBy(this::open).isInstanceOf(JobsException.class).hasMessageContaining("another program");
        assertThat(file).hasBinaryContent(before);
        assertThat(file.resolveSibling("jobs.db-wal")).doesNotExist();
    }

    @Test
    void refusesWhatIsNoDatabase() throws IOException {
        // given
        Files.createDirectories(file.getParent());
        Files.writeString(file, "minutes of a meeting ".repeat(100));

        // then
        assertThatThrownBy(this::open).isInstanceOf(JobsException.class).hasMessageContaining("not a database");
        assertThat(file).hasContent("minutes of a meeting ".repeat(100));
    }

    @Test
    void refusesAPlaceWhereNoFileCanBe() throws IOException {
        // given
        Files.writeString(folder.resolve("below"), "a file where the directory should be");

        // then
        assertThatThrownBy(this::open)
                .isInstanceOf(JobsException.class)
                .hasMessageContaining("jobs.db cannot be opened for writing.");

        // and
        assertThatThrownBy(() -> SqliteStore.open(folder, Clock.systemUTC()))
                .isInstanceOf(JobsException.class)
                .hasMessageContaining("cannot be opened for writing.");
    }

    @Test
    void refusesADamagedFileInsteadOfBeginningAnew() throws IOException {
        // given
        fill(400);
        scribble();

        // then
        assertThatThrownBy(this::open)
                .isInstanceOf(JobsException.class)
                .hasMessageContaining("damaged")
                .hasMessageContaining("back-up");
        assertThat(Files.size(file)).isPositive();
    }

    @Test
    void neverAnswersFromAFileThatIsDamagedWhileItIsOpen() throws IOException {
        // given
        String id = fill(400);
        try (SqliteStore store = open()) {
            scribble();

            // then
            assertThatThrownBy(() -> store.jobs().findings(id, Optional.empty(), 1000))
                    .isInstanceOf(JobsException.class)
                    .hasMessageContaining("damaged");
        }
    }

    @Test
    void refusesEverythingWhenItIsClosed() {
        // given
        SqliteStore store = open();
        Jobs jobs = store.jobs();
        SharedBudget budget = store.budget("test", 1, DAY);
        submit(store);
        Lease lease = claim(jobs);
        jobs.close();

        // then
        for (Runnable use : List.<Runnable>of(
                () -> submit(store),
                () -> jobs.find("x"),
                () -> jobs.newest("test", 1),
                () -> jobs.unfinished("test", "alex"),
                () -> jobs.cancel("x"),
                () -> claim(jobs),
                () -> jobs.findings("x", Optional.empty(), 1),
                () -> jobs.countGroups("x"),
                () -> jobs.expire(NOON),
                lease::isHeld,
                lease::renew,
                () -> lease.putOff(NOON, ""),
                () -> budget.take(1, 0),
                budget::remaining,
                () -> budget.pause(Optional.empty()))) {
            assertThatThrownBy(use::run).isInstanceOf(JobsException.class).hasMessage("The job store is closed.");
        }
        assertThatCode(store::close).doesNotThrowAnyException();
    }

    @Test
    void saysThatAnotherProgramHoldsTheFileAndGoesOnAfterwards() throws SQLException {
        // given
        try (SqliteStore store = open();
                Connection other = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            SharedBudget budget = store.budget("test", 5, DAY);
            Turns.execute(other, "BEGIN IMMEDIATE");

            // then: it neither waits for ever nor hinders readers
            assertThatThrownBy(() -> budget.take(1, 0))
                    .isInstanceOf(JobsException.class)
                    .hasMessage("Another program holds the job store.");
            assertThat(budget.remaining()).isEqualTo(5);

            // when
            Turns.execute(other, "ROLLBACK");

            // then
            assertThat(budget.take(1, 0)).isEmpty();
            assertThat(budget.remaining()).isEqualTo(4);
        }
    }

    @Test
    void storesAStepWhollyOrNotAtAllAndGoesOnAfterAnError() throws SQLException {
        // given: a store that fails at the last thing that a step stores
        try (SqliteStore store = open()) {
            Job job = submit(store);
            Lease lease = claim(store.jobs());
            change("ALTER TABLE finding_group RENAME TO taken_away");

            // when
            assertThatThrownBy(() -> lease.commit(step(0)))
                    .isInstanceOf(JobsException.class)
                    .hasMessage("The job store could not be read or written.");

            // then
            change("ALTER TABLE taken_away RENAME TO finding_group");
            assertThat(store.jobs().find(job.id()).orElseThrow().checkpoint()).isEmpty();
            assertThat(store.<Long>read(connection -> JobTable.number(connection, "SELECT count(*) FROM finding")
                            .orElseThrow()))
                    .isZero();

            // and: the step may be committed again
            lease.commit(step(0));
            assertThat(store.jobs().countGroups(job.id())).isEqualTo(1);
        }
    }

    @Test
    void takesAFileThatWasTakenAwayForNoEmptyOne() throws IOException, SQLException {
        // given: a store that has to open its file anew
        try (SqliteStore store = open()) {
            SharedBudget budget = store.budget("test", 5, DAY);
            budget.take(5, 0);
            change("ALTER TABLE spent RENAME TO taken_away");
            assertThatThrownBy(() -> budget.take(1, 0)).isInstanceOf(JobsException.class);
            Files.delete(file);

            // then
            assertThatThrownBy(() -> budget.take(1, 0)).isInstanceOf(JobsException.class);
            assertThat(file).doesNotExist();
        }
    }

    @Test
    void saysThatTheDiskIsFullAndGoesOnWhenThereIsRoom() throws IOException, InterruptedException {
        // given: a disk of four megabytes
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk.toString()))
                .as("this test needs the right to mount a small disk")
                .isZero();
        try {
            Path ballast = Files.write(disk.resolve("ballast"), new byte[2 * 1024 * 1024]);
            file = disk.resolve("jobs.db");
            try (SqliteStore store = open()) {
                Job job = submit(store);
                Lease lease = claim(store.jobs());

                // when
                List<Integer> stored = new ArrayList<>();
                assertThatThrownBy(() -> {
                            for (int step = 0; step < 9999; step++) {
                                lease.commit(step(step));
                                stored.add(step);
                            }
                        })
                        .isInstanceOf(JobsException.class)
                        .hasMessage("The disk that the job store is on is full.");

                // then: what was stored is there, and nobody spends what cannot be counted
                assertThat(store.jobs().find(job.id()).orElseThrow().checkpoint())
                        .contains("step " + stored.getLast());
                assertThat(store.jobs().countGroups(job.id())).isEqualTo(stored.size());

                // and
                Files.delete(ballast);
                lease.commit(step(stored.size()));
                lease.finish(JobState.COMPLETE, "done", Optional.empty());
                assertThat(store.jobs().countGroups(job.id())).isEqualTo(stored.size() + 1);
            }
        } finally {
            run("umount", disk.toString());
        }
    }

    @Test
    void refusesAFileThatItMayNotWriteTo() throws IOException, InterruptedException {
        // given
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk.toString()))
                .as("this test needs the right to mount a small disk")
                .isZero();
        try {
            file = disk.resolve("jobs.db");
            open().close();
            assumeThat(run("mount", "-o", "remount,ro", disk.toString())).isZero();

            // then
            assertThatThrownBy(this::open)
                    .isInstanceOf(JobsException.class)
                    .hasMessageContaining("jobs.db cannot be used: it cannot be opened for writing.");
        } finally {
            run("umount", disk.toString());
        }
    }

    private SqliteStore open() {
        return SqliteStore.open(file, Clock.systemUTC());
    }

    private static Job submit(SqliteStore store) {
        return store.jobs()
                .submit(new NewJob("test", "alex", Optional.empty(), "asked", "", DAY))
                .job();
    }

    private static Lease claim(Jobs jobs) {
        return jobs.claim(Set.of("test"), "worker", DAY).orElseThrow();
    }

    private static Step step(int number) {
        return new Step(
                "step " + number, "", List.of(new Finding("group " + number, "key " + number, NOON, "x".repeat(5000))));
    }

    /** Returns the id of a job with many findings. */
    private String fill(int steps) {
        try (SqliteStore store = open()) {
            String id = submit(store).id();
            Lease lease = claim(store.jobs());
            for (int step = 0; step < steps; step++) {
                lease.commit(step(step));
            }
            return id;
        }
    }

    /** Overwrites the middle of the file, from one page on. */
    private void scribble() throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(bytes.length() / 4 / 4096 * 4096);
            byte[] noise = new byte[(int) (bytes.length() / 2)];
            Arrays.fill(noise, (byte) 0x5A);
            bytes.write(noise);
        }
    }

    private static int pragma(SqliteStore store, String name) {
        return store.<Long>write(connection ->
                        JobTable.number(connection, "PRAGMA " + name).orElseThrow())
                .intValue();
    }

    private void change(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}
