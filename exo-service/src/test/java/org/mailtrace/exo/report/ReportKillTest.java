package org.mailtrace.exo.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailtrace.contract.Report;
import org.mailtrace.contract.ReportStatus;
import org.mailtrace.jobs.Job;
import org.mailtrace.jobs.Jobs;
import org.mailtrace.jobs.sqlite.SqliteStore;

/**
 * A process that works on a report is killed (SIGKILL) or told to end (SIGTERM) by turns at random moments, and started
 * again. How often is set by {@code mailtrace.kills}; {@code mailtrace.kills.seed} replays one run.
 */
class ReportKillTest {
    private static final int KILLS = Integer.getInteger("mailtrace.kills", 3);

    /** As in every pod. */
    private static final int GRACE_SECONDS = 60;

    private final long seed = Long.getLong("mailtrace.kills.seed", System.nanoTime());
    private final Instant newest = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofDays(2));

    @TempDir
    private Path folder;

    private int pages;
    private int ends;
    private int byForce;

    @Test
    void endsWithTheSameRowsHoweverOftenItIsKilledOrToldToEnd() throws IOException, InterruptedException {
        // given
        List<String> expected;
        int undisturbed;
        FakeTraces traces = ReportingProcess.tenant(newest);
        try (Jobs jobs = open("undisturbed.db")) {
            Desk desk = new Desk(jobs, traces, ReportingProcess.settings(), List.of(), Clock.systemUTC());
            Job job = desk.order(question());
            desk.work();
            expected = desk.rows(job.id());
            undisturbed = traces.pagesAsked.size();
        }
        assertThat(expected).hasSizeGreaterThan(500);

        // when
        Random random = new Random(seed);
        int kills = 0;
        int reports = 0;
        while (kills < KILLS) {
            reports++;
            kills += killUntilOver(random, KILLS - kills, expected);
        }

        // then: a page that was not stored yet when the process died is asked for again, and no other
        assertThat(pages).as("seed %d", seed).isBetween(reports * undisturbed, reports * undisturbed + byForce);
    }

    /** Works on one report until it is over. */
    private int killUntilOver(Random random, int most, List<String> expected) throws IOException, InterruptedException {
        String file = "killed-" + pages + ".db";
        try (Jobs jobs = open(file)) {
            Desk desk = new Desk(
                    jobs, ReportingProcess.tenant(newest), ReportingProcess.settings(), List.of(), Clock.systemUTC());
            String id = desk.order(question()).id();
            int kills = 0;
            while (!desk.report(id).status().isOver()) {
                boolean kill = kills < most;
                kills += live(file, kill ? 1 + random.nextInt(12) : Integer.MAX_VALUE, random) ? 0 : 1;
            }
            Report report = desk.report(id);
            assertThat(report.status()).as("seed %d", seed).isEqualTo(ReportStatus.COMPLETE);
            assertThat(desk.rows(id)).as("seed %d", seed).isEqualTo(expected);
            return kills;
        }
    }

    /** Lets a process live for some pages; returns whether it came to its end by itself. */
    private boolean live(String file, int most, Random random) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ReportingProcess.class.getName(),
                        folder.resolve(file).toString(),
                        newest.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader words = process.inputReader()) {
            for (int read = 0; read < most; read++) {
                String word = words.readLine();
                assertThat(word).as("seed %d", seed).isIn("page", "over");
                if (word.equals("over")) {
                    return true;
                }
                pages++;
            }
            TimeUnit.MICROSECONDS.sleep(random.nextInt(8000));
            // Not Process.destroyForcibly(), which closes the pipe: what it said before it died counts too.
            boolean inOrder = ends++ % 2 == 1;
            if (inOrder) {
                process.toHandle().destroy();
            } else {
                process.toHandle().destroyForcibly();
                byForce++;
            }
            String word = words.readLine();
            while (word != null) {
                pages += word.equals("page") ? 1 : 0;
                word = words.readLine();
            }
            assertThat(process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as("seed %d", seed).isEqualTo(inOrder ? 143 : 137);
            return false;
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private Map<String, String> question() {
        return Map.of(
                "recipient",
                IntStream.range(0, 3).mapToObj(ReportingProcess::recipient).collect(Collectors.joining(",")),
                "from",
                newest.minus(Duration.ofDays(ReportingProcess.DAYS)).toString(),
                "to",
                newest.plus(Duration.ofDays(1)).toString());
    }

    private Jobs open(String file) {
        return SqliteStore.open(folder.resolve(file), Clock.systemUTC()).jobs();
    }
}
