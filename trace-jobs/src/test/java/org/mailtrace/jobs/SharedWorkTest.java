package org.mailtrace.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Several processes on the same jobs, and processes that are killed. How often is set by {@code mailtrace.kills}. */
@ParameterizedClass
@EnumSource(Engine.class)
class SharedWorkTest {
    private static final int KILLS = Integer.getInteger("mailtrace.kills", 4);
    private static final int JOBS = 4;

    private final long seed = System.nanoTime();

    @Parameter
    private Engine engine;

    @TempDir
    private Path folder;

    @Test
    void twoProcessesDoEveryJobOnceAndNeverAtOnce() throws IOException, InterruptedException {
        // given
        String address = engine.newAddress(folder);
        submit(address, 12);
        List<String> steps = new ArrayList<>();
        try (ChildJvm one = ChildJvm.start(WorkingProcess.class, address, 0, folder);
                ChildJvm two = ChildJvm.start(WorkingProcess.class, address, 0, folder)) {
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
        assertThat(results(address)).isEqualTo(undisturbed(12));
    }

    @Test
    void aWorkerThatIsKilledAtAnyMomentLeavesTheSameFindings() throws IOException, InterruptedException {
        // given
        String address = engine.newAddress(folder);
        submit(address, JOBS);
        Random random = new Random(seed);

        // when: each time an hour later, so that the leases of the killed are over
        for (int kill = 0; kill < KILLS; kill++) {
            try (ChildJvm worker = ChildJvm.start(WorkingProcess.class, address, kill * 3600L, folder)) {
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
        try (JobStore store = Engine.open(address, later)) {
            assertThat(store.jobs().newest(WorkingProcess.KIND, JOBS))
                    .as("seed %d: the kills came too late to test anything", seed)
                    .anyMatch(job -> !job.state().isOver());
            WorkingProcess.workOnAll(store.jobs());
        }
        assertThat(results(address)).as("seed %d", seed).isEqualTo(undisturbed(JOBS));
    }

    private List<Object> undisturbed(int jobs) {
        String address = Engine.SQLITE.newAddress(folder);
        submit(address, jobs);
        try (JobStore store = Engine.open(address)) {
            WorkingProcess.workOnAll(store.jobs());
        }
        return results(address);
    }

    private static void submit(String address, int jobs) {
        try (JobStore store = Engine.open(address)) {
            for (int i = 0; i < jobs; i++) {
                store.jobs()
                        .submit(new NewJob(
                                WorkingProcess.KIND, "alex", Optional.empty(), "job " + i, "", Duration.ofDays(99)));
            }
        }
    }

    /** Requests and findings of all jobs, which must be complete. */
    private static List<Object> results(String address) {
        List<Object> results = new ArrayList<>();
        try (JobStore store = Engine.open(address)) {
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
