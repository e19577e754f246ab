package org.mailtrace.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Works on jobs until there are none: each has steps whose findings follow from its request alone, so that it must not
 * matter who does them, and how often one is begun.
 */
final class WorkingProcess {
    static final String KIND = "steps";
    static final int STEPS = 25;
    private static final int FINDINGS = 30;
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Instant BEGIN = Instant.parse("2026-11-20T08:00:00Z");

    private WorkingProcess() {}

    /**
     * Arguments: the address, how many seconds its clock is ahead, and a directory for marks of jobs being worked on. Holds
     * its first job until it is told to go on, so that two of them surely work side by side.
     */
    public static void main(String[] arguments) throws IOException {
        Clock clock = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(Long.parseLong(arguments[1])));
        Path marks = Path.of(arguments[2]);
        try (JobStore store = Engine.open(arguments[0], clock)) {
            Jobs jobs = store.jobs();
            String name = "worker-" + ProcessHandle.current().pid();
            Optional<Lease> lease = jobs.claim(Set.of(KIND), name, LEASE);
            System.out.println(lease.isPresent() ? "ready" : "nothing to do");
            if (System.in.read() < 0) {
                return;
            }
            while (lease.isPresent()) {
                Path mark = marks.resolve(lease.orElseThrow().job().id() + "-" + arguments[1]);
                Files.createFile(mark);
                work(lease.orElseThrow(), step -> System.out.println("step " + step));
                Files.delete(mark);
                lease = jobs.claim(Set.of(KIND), name, LEASE);
            }
        }
    }

    /** Goes on with everything there is. */
    static void workOnAll(Jobs jobs) {
        Optional<Lease> lease = jobs.claim(Set.of(KIND), "worker", LEASE);
        while (lease.isPresent()) {
            work(lease.orElseThrow(), step -> {});
            lease = jobs.claim(Set.of(KIND), "worker", LEASE);
        }
    }

    private static void work(Lease lease, Progress progress) {
        for (int step = next(lease); step < STEPS; step = next(lease)) {
            lease.commit(new Step(
                    Integer.toString(step + 1),
                    "step " + step,
                    findings(lease.job().request(), step)));
            progress.did(step);
        }
        lease.finish(JobState.COMPLETE, "done", Optional.empty());
        progress.did(STEPS);
    }

    private static int next(Lease lease) {
        return lease.job().checkpoint().map(Integer::valueOf).orElse(0);
    }

    /** Later steps find some of the earlier findings again, at another time or in another group. */
    private static List<Finding> findings(String request, int step) {
        Random random = new Random(request.hashCode() * 1000L + step);
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < FINDINGS; i++) {
            int key = random.nextInt(STEPS * FINDINGS / 2);
            findings.add(new Finding(
                    "group " + random.nextInt(150),
                    "key " + key,
                    BEGIN.plusSeconds(random.nextInt(500)),
                    request + " in step " + step));
        }
        return findings;
    }

    /** Hears of each step. */
    private interface Progress {
        void did(int step);
    }
}
