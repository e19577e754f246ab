package org.mailtrace.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How fast the packaged gateway answers beside a bare fan-out, which asks the same three sources and merges what they say
 * without understanding it. They take turns in one run, because times of a busy machine compare only within it.
 */
final class FanOut {
    private static final PrintStream OUT = System.out;
    private static final int CALLERS = 32;
    private static final int MESSAGES = 20;
    /** A Java machine is fast after it has done the same thing many thousand times. */
    private static final int WARM_UP = 20_000;

    private static final String HEAP = "256m";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<Backend> sources = new ArrayList<>();
    private final Duration turn;
    private final int rounds;
    private final BackendRows rows = new BackendRows(MESSAGES, Instant.now());

    private FanOut(Duration turn, int rounds) throws IOException {
        this.turn = turn;
        this.rounds = rounds;
        for (String name : BackendRows.SOURCES) {
            Backend source = new Backend(name);
            source.answers(rows);
            sources.add(source);
        }
    }

    /** Arguments: runner, empty folder, class path of the yardstick, its main class, seconds of a turn, rounds, JVM options. */
    public static void main(String[] arguments) throws IOException, InterruptedException, GeneralSecurityException {
        if (arguments.length < 4) {
            OUT.println("Usage: FanOut RUNNER.jar EMPTY-FOLDER YARDSTICK-CLASSPATH YARDSTICK-CLASS [SECONDS] [ROUNDS]"
                    + " [JVM-OPTION...]");
            System.exit(2);
        }
        int seconds = arguments.length > 4 ? Integer.parseInt(arguments[4]) : 5;
        int rounds = arguments.length > 5 ? Integer.parseInt(arguments[5]) : 5;
        new FanOut(Duration.ofSeconds(seconds), rounds)
                .run(
                        Path.of(arguments[0]).toAbsolutePath(),
                        Path.of(arguments[1]).toAbsolutePath(),
                        arguments[2],
                        arguments[3],
                        List.of(arguments).subList(Math.min(6, arguments.length), arguments.length));
        System.exit(0);
    }

    /** Something that answers, with how much it has cost. */
    private record Contender(String name, int port, String path, String token, ProcessHandle process, Turns turns) {
        Duration cpu() {
            return process.info().totalCpuDuration().orElse(Duration.ZERO);
        }
    }

    /** One number for each round. */
    private record Turns(List<Double> perSecond, List<Double> cpuMicros) {
        Turns() {
            this(new ArrayList<>(), new ArrayList<>());
        }
    }

    private void run(Path runner, Path work, String classPath, String main, List<String> machine)
            throws IOException, InterruptedException, GeneralSecurityException {
        int port = freePort();
        try (PackagedGateway gateway = new PackagedGateway(runner, work, sources, Map.of(), machine, HEAP)) {
            Process yardstick = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElse("java"),
                            "-Xmx" + HEAP,
                            "-XX:+UseSerialGC",
                            "-cp",
                            classPath,
                            main,
                            Integer.toString(port),
                            String.join(
                                    ",",
                                    sources.stream()
                                            .map(source -> Integer.toString(source.port()))
                                            .toList()))
                    .redirectErrorStream(true)
                    .redirectOutput(work.resolve("yardstick.log").toFile())
                    .start();
            try {
                List<Contender> contenders = List.of(
                        new Contender("merging", port, "/merge/rows", "none", yardstick.toHandle(), new Turns()),
                        new Contender("bytes only", port, "/raw/traces", "none", yardstick.toHandle(), new Turns()),
                        new Contender(
                                "Mailtrace",
                                gateway.doors().port(),
                                PackagedGateway.question(rows),
                                gateway.token(),
                                gateway.service().handle(),
                                new Turns()));
                compare(contenders);
            } finally {
                yardstick.destroy();
            }
        }
    }

    private void compare(List<Contender> contenders) throws InterruptedException, IOException {
        for (Contender each : contenders) {
            long before = asked();
            awaitAnswer(each);
            OUT.printf(Locale.ROOT, "%-10s  asks the sources %d times%n", each.name(), asked() - before);
            long answers = 0;
            while (answers < WARM_UP) {
                answers += crowd(each, turn);
            }
        }
        for (int round = 0; round < rounds; round++) {
            for (Contender each : contenders) {
                turn(each);
            }
        }
        double fastest = median(contenders.getFirst().turns().perSecond());
        double cheapest = median(contenders.getFirst().turns().cpuMicros());
        for (Contender each : contenders) {
            double rate = median(each.turns().perSecond());
            double cpu = median(each.turns().cpuMicros());
            OUT.printf(
                    Locale.ROOT,
                    "%-10s  %d callers: %,.0f requests/s (%.2f of merging)  CPU a request %.0f us (%.1f times merging), a row %.1f us%n",
                    each.name(),
                    CALLERS,
                    rate,
                    rate / fastest,
                    cpu,
                    cpu / cheapest,
                    cpu / (MESSAGES * sources.size()));
        }
        alone(contenders);
    }

    private void turn(Contender each) throws InterruptedException, IOException {
        Duration cpu = each.cpu();
        long begun = System.nanoTime();
        long answers = crowd(each, turn);
        double seconds = (System.nanoTime() - begun) / 1e9;
        each.turns().perSecond().add(answers / seconds);
        each.turns().cpuMicros().add(each.cpu().minus(cpu).toNanos() / 1e3 / answers);
    }

    private long asked() {
        return sources.stream().mapToLong(Backend::requests).sum();
    }

    /** It may not have opened its port yet. */
    private static void awaitAnswer(Contender each) throws InterruptedException {
        Instant giveUp = Instant.now().plus(Duration.ofSeconds(30));
        while (true) {
            try (Wire wire = new Wire(each.port(), each.path(), each.token(), PATIENCE)) {
                int status = wire.ask();
                if (status != 200) {
                    throw new IllegalStateException(each.name() + " answered " + status + ": " + wire.body());
                }
                return;
            } catch (IOException e) {
                if (Instant.now().isAfter(giveUp)) {
                    throw new IllegalStateException(e);
                }
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
    }

    /** Answers that all callers together got. */
    private static long crowd(Contender each, Duration how) throws InterruptedException {
        AtomicLong answers = new AtomicLong();
        long end = System.nanoTime() + how.toNanos();
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            callers.add(Thread.ofVirtual().start(() -> {
                try (Wire wire = new Wire(each.port(), each.path(), each.token(), PATIENCE)) {
                    while (System.nanoTime() < end) {
                        int status = wire.ask();
                        if (status != 200) {
                            throw new IllegalStateException(each.name() + " answered " + status);
                        }
                        answers.incrementAndGet();
                    }
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }));
        }
        for (Thread caller : callers) {
            caller.join();
        }
        return answers.get();
    }

    /** One caller, who asks everybody in turns, so that what disturbs one disturbs all. */
    private void alone(List<Contender> contenders) throws IOException {
        List<Wire> wires = new ArrayList<>();
        List<Latencies> times = new ArrayList<>();
        for (Backend source : sources) {
            wires.add(new Wire(source.port(), "/traces", "none", PATIENCE));
        }
        for (Contender each : contenders) {
            wires.add(new Wire(each.port(), each.path(), each.token(), PATIENCE));
        }
        wires.forEach(wire -> times.add(new Latencies()));
        long end = System.nanoTime() + turn.multipliedBy(3L).toNanos();
        while (System.nanoTime() < end) {
            for (int i = 0; i < wires.size(); i++) {
                long begun = System.nanoTime();
                wires.get(i).ask();
                times.get(i).add(System.nanoTime() - begun);
            }
        }
        double slowest = times.subList(0, sources.size()).stream()
                .mapToDouble(each -> each.millis(0.5))
                .max()
                .orElseThrow();
        OUT.printf(Locale.ROOT, "sources     1 caller: the slowest p50 %.2f ms%n", slowest);
        for (int i = 0; i < contenders.size(); i++) {
            Latencies all = times.get(sources.size() + i);
            OUT.printf(
                    Locale.ROOT,
                    "%-10s  1 caller: p50 %.2f ms  p99 %.2f ms  added to the slowest source %.2f ms%n",
                    contenders.get(i).name(),
                    all.millis(0.5),
                    all.millis(0.99),
                    all.millis(0.5) - slowest);
        }
        for (Wire wire : wires) {
            wire.close();
        }
    }

    private static double median(List<Double> values) {
        return values.stream().sorted(Comparator.naturalOrder()).toList().get(values.size() / 2);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
