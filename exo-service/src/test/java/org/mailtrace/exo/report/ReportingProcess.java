package org.mailtrace.exo.report;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.mailtrace.jobs.Jobs;
import org.mailtrace.jobs.sqlite.SqliteStore;

/**
 * A process that works on reports until it is killed, or told to end, which it does as the service does. It says on its standard output which page it asks for, so that
 * whoever kills it can count. The rows are the same in every process.
 */
final class ReportingProcess {
    static final int DAYS = 60;

    private static final int ROWS = 600;
    private static final long SEED = 4711;

    private ReportingProcess() {}

    /** Arguments: the store, and when the newest row was received. */
    public static void main(String[] arguments) {
        FakeTraces traces = tenant(Instant.parse(arguments[1]));
        traces.before(() -> {
            System.out.println("page");
            System.out.flush();
            pause();
        });
        Bell bell = new Bell();
        endInOrder(bell, Thread.currentThread());
        try (Jobs jobs =
                SqliteStore.open(Path.of(arguments[0]), Clock.systemUTC()).jobs()) {
            Desk desk = new Desk(jobs, traces, settings(), List.of(), Clock.systemUTC());
            while (!bell.isOver()
                    && jobs.newest(Reports.KIND, 1).stream()
                            .noneMatch(job -> job.state().isOver())) {
                desk.work(bell, lease -> lease);
                bell.idle(Duration.ofMillis(20));
            }
            if (!bell.isOver()) {
                System.out.println("over");
            }
        }
    }

    /** What {@link ReportWorkers} do at SIGTERM: the step under way is stored, and the lease given back. */
    private static void endInOrder(Bell bell, Thread worker) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            bell.end();
            try {
                worker.join(Duration.ofSeconds(10));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
    }

    /** A lease that runs out soon: whoever comes after a kill does not wait long. */
    static Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put("mailtrace.exo.report.lease", "200ms");
        settings.put("mailtrace.exo.report.read-again", "6h");
        return settings;
    }

    /** @param newest when its newest row was received */
    static FakeTraces tenant(Instant newest) {
        FakeTraces traces = new FakeTraces(10);
        Random random = new Random(SEED);
        for (int i = 0; i < ROWS; i++) {
            Instant at = newest.minusSeconds(random.nextInt(DAYS * 86_400));
            traces.rows.add(FakeTraces.row(FakeTraces.id(i / 3), at, recipient(i % 3), "delivered"));
        }
        return traces;
    }

    static String recipient(int number) {
        return "user" + number + "@rivercounty.example";
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(3);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
