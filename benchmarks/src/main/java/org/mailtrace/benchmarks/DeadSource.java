package org.mailtrace.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Asks the packaged gateway while one of its three sources is dead, slow, silent or flapping. Nobody may wait beyond the
 * deadline, no answer may keep silent about the source that did not answer, and the others' rows must be there.
 */
final class DeadSource {
    private static final PrintStream OUT = System.out;
    private static final int CALLERS = 32;
    private static final int MESSAGES = 3;
    /** Sources die while they are used; a gateway that was just started is slow for reasons of its own. */
    private static final int WARM_UP = 3_000;

    private static final String HEAP = "256m";
    private static final Duration SLACK = Duration.ofMillis(100);
    /** Whoever got no answer by then got none. */
    private static final Duration HUNG = Duration.ofSeconds(60);

    private static final Pattern STATE = Pattern.compile("\"source\":\"exchange-online\",\"state\":\"([A-Z_]+)\"");
    private static final String TITLE = "Exchange Online";

    private final Path runner;
    private final Path work;
    private final int requests;
    private final Duration deadline;
    private final BackendRows rows = new BackendRows(MESSAGES, Instant.now());

    private DeadSource(Path runner, Path work, int requests, Duration deadline) {
        this.runner = runner;
        this.work = work;
        this.requests = requests;
        this.deadline = deadline;
    }

    /** Arguments: runner, empty folder, requests of each variant, deadline in milliseconds, variants. */
    public static void main(String[] arguments) throws IOException, InterruptedException, GeneralSecurityException {
        if (arguments.length < 2) {
            OUT.println("Usage: DeadSource RUNNER.jar EMPTY-FOLDER [REQUESTS] [DEADLINE-MILLIS] [VARIANT...]");
            System.exit(2);
        }
        DeadSource program = new DeadSource(
                Path.of(arguments[0]).toAbsolutePath(),
                Path.of(arguments[1]).toAbsolutePath(),
                arguments.length > 2 ? Integer.parseInt(arguments[2]) : 10_000,
                Duration.ofMillis(arguments.length > 3 ? Long.parseLong(arguments[3]) : 19_000));
        List<Backend.Manner> manners = arguments.length > 4
                ? Stream.of(arguments)
                        .skip(4)
                        .map(name -> Backend.Manner.valueOf(name.toUpperCase(Locale.ROOT)))
                        .toList()
                : List.of(Backend.Manner.DEAD, Backend.Manner.SLOW, Backend.Manner.BLACK_HOLE, Backend.Manner.FLAPPING);
        boolean kept = true;
        for (Backend.Manner manner : manners) {
            kept &= program.run(manner);
        }
        System.exit(kept ? 0 : 1);
    }

    /** What came of the questions of one variant. */
    private static final class Tally {
        private final Latencies times = new Latencies();
        private final AtomicInteger left;
        private final AtomicInteger hung = new AtomicInteger();
        private final AtomicInteger late = new AtomicInteger();
        private final AtomicInteger refused = new AtomicInteger();
        private final AtomicInteger silent = new AtomicInteger();
        private final AtomicInteger named = new AtomicInteger();
        private final AtomicInteger answered = new AtomicInteger();
        private final AtomicInteger rowsMissing = new AtomicInteger();

        Tally(int requests) {
            left = new AtomicInteger(requests);
        }
    }

    private boolean run(Backend.Manner manner) throws IOException, InterruptedException, GeneralSecurityException {
        List<Backend> sources = new ArrayList<>();
        for (String name : BackendRows.SOURCES) {
            Backend source = new Backend(name);
            source.answers(rows);
            sources.add(source);
        }
        Tally tally = new Tally(requests);
        try (PackagedGateway gateway = new PackagedGateway(
                runner, work, sources, Map.of("mailtrace.deadline", deadline.toMillis() + "ms"), List.of(), HEAP)) {
            crowd(gateway, new Tally(WARM_UP));
            sources.getLast().turns(manner);
            crowd(gateway, tally);
        } finally {
            for (Backend source : sources) {
                source.close();
            }
        }
        OUT.printf(
                Locale.ROOT,
                "%-10s  %,d requests: p50 %.1f ms  p99 %.1f ms  most %.1f ms; %d hung, %d beyond the deadline and 100 ms%n",
                manner.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                requests,
                tally.times.millis(0.5),
                tally.times.millis(0.99),
                tally.times.millis(1),
                tally.hung.get(),
                tally.late.get());
        OUT.printf(
                Locale.ROOT,
                "            named the source %d times, had its answer %d times, kept silent %d times; rows of the others"
                        + " missing %d times, no answer at all %d times; the source got %d of the questions%n",
                tally.named.get(),
                tally.answered.get(),
                tally.silent.get(),
                tally.rowsMissing.get(),
                tally.refused.get(),
                sources.getLast().requests());
        return tally.hung.get() + tally.late.get() + tally.silent.get() + tally.refused.get() + tally.rowsMissing.get()
                == 0;
    }

    private void crowd(PackagedGateway gateway, Tally tally) throws InterruptedException {
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            callers.add(Thread.ofVirtual().start(() -> call(gateway, tally)));
        }
        for (Thread caller : callers) {
            caller.join();
        }
    }

    private void call(PackagedGateway gateway, Tally tally) {
        try (Wire wire = new Wire(gateway.doors().port(), PackagedGateway.question(rows), gateway.token(), HUNG)) {
            while (tally.left.decrementAndGet() >= 0) {
                long begun = System.nanoTime();
                int status = wire.ask();
                long took = System.nanoTime() - begun;
                tally.times.add(took);
                if (took > deadline.plus(SLACK).toNanos()) {
                    tally.late.incrementAndGet();
                }
                if (status == 200) {
                    judge(wire.body(), tally);
                } else {
                    tally.refused.incrementAndGet();
                }
            }
        } catch (IOException e) {
            tally.hung.incrementAndGet();
        }
    }

    private static void judge(String body, Tally tally) {
        Matcher state = STATE.matcher(body);
        boolean answered = state.find() && state.group(1).equals("ANSWERED");
        if (answered) {
            tally.answered.incrementAndGet();
        } else if (body.contains("\"complete\":false") && summary(body).contains(TITLE)) {
            tally.named.incrementAndGet();
        } else {
            tally.silent.incrementAndGet();
        }
        if (body.split("\"networkMessageId\"", -1).length - 1 != MESSAGES) {
            tally.rowsMissing.incrementAndGet();
        }
    }

    private static String summary(String body) {
        int begin = body.indexOf("\"summary\":\"") + 11;
        return begin < 11 ? "" : body.substring(begin, Math.max(begin, body.indexOf('"', begin)));
    }
}
