package org.mailtrace.jobs.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailtrace.jobs.FindingGroup;
import org.mailtrace.jobs.Job;
import org.mailtrace.jobs.JobState;
import org.mailtrace.jobs.Jobs;
import org.mailtrace.jobs.NewJob;

/** Several processes on the same jobs, and processes that are killed. How often is set by {@code mailtrace.kills}. */
class SharedWorkTest {
    private static final int KILLS = Integer.getInteger("mailtrace.kills", 4);
    private static final int JOBS = 4;

    private final long seed = System.nanoTime();

    @TempDir
    private Path folder;

    @Test
    void twoProcessesDoEveryJobOnceAndNeverAtOnce() throws IOException, InterruptedException {
        // given
        Path file = folder.resolve("jobs.db");
        submit(file, 12);
        List<String> steps = new ArrayList<>();
        try (ChildJvm one = ChildJvm.start(WorkingProcess.class, file, 0, folder);
                ChildJvm two = ChildJvm.start(WorkingProcess.class, file, 0, folder)) {
            assertThat(one.hear()).isEqualTo("ready");
            assertThat(two.hear()).isEqualTo("ready");

            // when: each holds a job; each makes a mark while it works on a job, and fails if there is one already
            one.say("go");
            two.say("go");
            List<String> ofOne = one.hearAll();
            List<String> ofTwo = two.hearAll();
            assertThat(ofOne).isNotEmpty();
            assertThat(ofTwo).isNotEmpty();
            steps.addAll(ofOne);
            steps.addAll(ofTwo);
        }

        // then
        assertThat(steps).hasSize(12 * (WorkingProcess.STEPS + 1));
        assertThat(results(file)).isEqualTo(undisturbed(12));
    }

    @Test
    void aWorkerThatIsKilledAtAnyMomentLeavesTheSameFindings() throws IOException, InterruptedException {
        // given
        Path file = folder.resolve("jobs.db");
        submit(file, JOBS);
        Random random = new Random(seed);

        // when: each time an hour later, so that the leases of the killed are over
        for (int kill = 0; kill < KILLS; kill++) {
            try (ChildJvm worker = ChildJvm.start(WorkingProcess.class, file, kill * 3600L, folder)) {
                assertThat(worker.hear()).isEqualTo("ready");
                worker.say("go");
                int steps = random.nextInt(JOBS * WorkingProcess.STEPS / (KILLS + 1));
                for (int step = 0; step < steps; step++) {
                    assertThat(worker.hear()).as("seed %d", seed).startsWith("step");
                }
                TimeUnit.MICROSECONDS.sleep(random.nextInt(15_000));
                worker.kill();
            }
        }

        // then
        Clock later = Clock.offset(Clock.systemUTC(), Duration.ofHours(KILLS));
        try (SqliteStore store = SqliteStore.open(file, later)) {
            assertThat(store.jobs().newest(WorkingProcess.KIND, JOBS))
                    .as("seed %d: the kills came too late to test anything", seed)
                    .anyMatch(job -> !job.state().isOver());
            WorkingProcess.workOnAll(store.jobs());
        }
        assertThat(results(file)).as("seed %d", seed).isEqualTo(undisturbed(JOBS));
    }

    @Test
    void twoProcessesMayMakeTheFileAtOnce() throws IOException, InterruptedException {
        // given
        try (ChildJvm one = ChildJvm.start(OpeningProcess.class);
                ChildJvm two = ChildJvm.start(OpeningProcess.class)) {
            for (int round = 0; round < 20; round++) {
                Path file = folder.resolve("new-" + round).resolve("jobs.db");

                // when
                one.say(file.toString());
                two.say(file.toString());

                // then
                assertThat(one.hear()).isEqualTo("submitted");
                assertThat(two.hear()).isEqualTo("submitted");
                try (SqliteStore store = SqliteStore.open(file, Clock.systemUTC())) {
                    assertThat(store.jobs().newest(WorkingProcess.KIND, 9)).hasSize(2);
                }
            }
        }
    }

    private List<Object> undisturbed(int jobs) throws IOException {
        Path file = Files.createTempFile(folder, "undisturbed", ".db");
        submit(file, jobs);
        try (SqliteStore store = SqliteStore.open(file, Clock.systemUTC())) {
            WorkingProcess.workOnAll(store.jobs());
        }
        return results(file);
    }

    private static void submit(Path file, int jobs) {
        try (SqliteStore store = SqliteStore.open(file, Clock.systemUTC())) {
            for (int i = 0; i < jobs; i++) {
                store.jobs()
                        .submit(new NewJob(
                                WorkingProcess.KIND, "alex", Optional.empty(), "job " + i, "", Duration.ofDays(99)));
            }
        }
    }

    /** Requests and findings of all jobs, which must be complete. */
    private static List<Object> results(Path file) {
        List<Object> results = new ArrayList<>();
        try (SqliteStore store = SqliteStore.open(file, Clock.systemUTC())) {
            Jobs jobs = store.jobs();
            for (Job job : jobs.newest(WorkingProcess.KIND, 99)) {
                assertThat(job.state()).isEqualTo(JobState.COMPLETE);
                List<FindingGroup> groups = jobs.findings(job.id(), Optional.empty(), 9999);
                assertThat(groups).hasSize((int) jobs.countGroups(job.id())).isNotEmpty();
                results.add(job.request());
                results.addAll(groups);
            }
        }
        return results;
    }
}
