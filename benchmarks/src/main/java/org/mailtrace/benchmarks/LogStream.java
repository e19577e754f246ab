package org.mailtrace.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Lets the packaged Proofpoint service read synthetic records of the log stream, first the archive as fast as it takes it,
 * then a steady rate live, and asks it questions meanwhile: how fast, how far behind, how much memory, how large.
 */
public final class LogStream {
    private static final int HOURS = 12;
    private static final int TYPES = 2;
    private static final double RECORDS_A_MESSAGE = 3.2;
    private static final Duration GIVE_UP = Duration.ofMinutes(30);
    /** A message that is not found by then counts with this time. */
    private static final Duration GIVE_UP_PROBE = Duration.ofSeconds(60);

    private static final Duration WAIT = Duration.ofMillis(500);
    private static final Duration TICK = Duration.ofMillis(50);
    private static final String HEAP = "256m";

    private static final PrintStream OUT = System.out;

    private final Path runner;
    private final Path work;
    private final int messages;
    private final int liveRate;
    private final Duration liveFor;
    private final List<String> machine;
    private double heap;
    private long resident;

    private LogStream(Path runner, Path work, int messages, int liveRate, Duration liveFor, List<String> machine) {
        this.runner = runner;
        this.work = work;
        this.messages = messages;
        this.liveRate = liveRate;
        this.liveFor = liveFor;
        this.machine = machine;
    }

    /** Arguments: the service's runner, an empty folder, messages of the archive, live records a second, seconds, JVM options. */
    public static void main(String[] arguments) throws IOException, InterruptedException, GeneralSecurityException {
        if (arguments.length < 2) {
            OUT.println(
                    "Usage: LogStream RUNNER.jar EMPTY-FOLDER [MESSAGES] [RECORDS-PER-SECOND] [SECONDS] [JVM-OPTION...]");
            System.exit(2);
        }
        Path work = Files.createDirectories(Path.of(arguments[1])).toAbsolutePath();
        try (Stream<Path> there = Files.list(work)) {
            if (there.findAny().isPresent()) {
                OUT.println(work + " is not empty.");
                System.exit(2);
            }
        }
        new LogStream(
                        Path.of(arguments[0]).toAbsolutePath(),
                        work,
                        number(arguments, 2, 200_000),
                        number(arguments, 3, 2000),
                        Duration.ofSeconds(number(arguments, 4, 60)),
                        List.of(arguments).subList(Math.min(5, arguments.length), arguments.length))
                .run();
    }

    private static int number(String[] arguments, int place, int otherwise) {
        return arguments.length > place ? Integer.parseInt(arguments[place]) : otherwise;
    }

    private void run() throws IOException, InterruptedException, GeneralSecurityException {
        load();
        Reader reader = new Reader();
        Path log = work.resolve("service.log");
        Path index = work.resolve("index.db");
        try (StreamServer server = new StreamServer(messages / HOURS, OUT);
                Service service = new Service(runner, settings(server, reader, index), machine, HEAP, log)) {
            Instant begun = Instant.now();
            Optional<Doors> doors = Doors.of(log, reader.token());
            while (doors.isEmpty()) {
                alive(service, begun);
                doors = Doors.of(log, reader.token());
            }
            backfill(service, server, doors.get());
            size(server, index);
            memory(service);
            load();
            live(service, server, doors.get());
            memory(service);
            load();
        }
    }

    private static Map<String, String> settings(StreamServer server, Reader reader, Path index) {
        Map<String, String> settings = new LinkedHashMap<>();
        // Without an identity provider, which is no part of what is measured; the key stands in for it.
        settings.put("quarkus.oidc.auth-server-url", "");
        settings.put("quarkus.oidc.public-key", reader.publicKey());
        settings.put("mailtrace.domains", "rivercounty.example");
        settings.put("mailtrace.proofpoint.ask", "log-stream");
        settings.put("mailtrace.proofpoint.index-file", index.toString());
        String stream = "mailtrace.proofpoint.stream.";
        settings.put(stream + "url", server.url());
        settings.put(stream + "cluster-id", "synthetic_hosted");
        settings.put(stream + "token", "synthetic-live");
        settings.put(stream + "archive-token", "synthetic-archive");
        // The first hour begun is not asked for, so it takes one more.
        settings.put(stream + "backfill", HOURS + 1 + "h");
        settings.put(stream + "hour-ready", "1s");
        settings.put(stream + "overlap", "1s");
        return settings;
    }

    private void backfill(Service service, StreamServer server, Doors doors) throws IOException, InterruptedException {
        Instant begun = Instant.now();
        while (server.records() == 0) {
            alive(service, begun);
        }
        // What was sent before this is not counted either.
        Instant first = Instant.now();
        long sentBefore = stored(doors);
        Duration cpuBefore = service.cpu();
        Asking asking = new Asking(doors, server);
        Thread asker = Thread.ofPlatform().name("asking").start(asking);
        Optional<Instant> allSent = Optional.empty();
        long stored = 0;
        while (server.hours() < HOURS * TYPES || stored < server.records()) {
            alive(service, first);
            if (server.hours() >= HOURS * TYPES && allSent.isEmpty()) {
                allSent = Optional.of(Instant.now());
            }
            stored = stored(doors);
            watch(service, doors);
        }
        Instant end = Instant.now();
        asking.stop();
        asker.join();
        double seconds = Duration.between(first, end).toMillis() / 1000.0;
        double cpu = service.cpu().minus(cpuBefore).toMillis() / 1000.0;
        long counted = stored - sentBefore;
        OUT.printf(
                Locale.ROOT,
                "back-fill  %,d records of %,d messages (%,d bytes each on average) in %.1f s: %,.0f records/s, %.0f us CPU a record%n",
                counted,
                server.messages(),
                server.bytes() / server.records(),
                seconds,
                counted / seconds,
                cpu / counted * 1e6);
        OUT.printf(
                Locale.ROOT,
                "lag        all were stored %.1f s after the last hour was taken (looked at every %d ms)%n",
                Duration.between(allSent.orElse(end), end).toMillis() / 1000.0,
                WAIT.toMillis());
        asking.tell(OUT);
    }

    private void live(Service service, StreamServer server, Doors doors) throws IOException, InterruptedException {
        long sentBefore = server.records();
        long storedBefore = stored(doors);
        Duration cpuBefore = service.cpu();
        Latencies behind = new Latencies();
        Latencies found = new Latencies();
        double messagesATick = liveRate / RECORDS_A_MESSAGE * TICK.toMillis() / 1000;
        long ticks = liveFor.dividedBy(TICK);
        long everySecond = Duration.ofSeconds(1).dividedBy(TICK);
        List<Thread> probes = new ArrayList<>();
        long begun = System.nanoTime();
        for (long tick = 0; tick < ticks; tick++) {
            StreamMail last = server.live((int) (messagesATick * (tick + 1)) - (int) (messagesATick * tick));
            if (tick % everySecond == everySecond / 2) {
                long sent = System.nanoTime();
                probes.add(Thread.ofVirtual().start(() -> found.add(untilFound(doors, last, sent))));
            } else if (tick % everySecond == 0) {
                double backlog = server.records() - sentBefore - (stored(doors) - storedBefore);
                behind.add((long) (Math.max(0, backlog) / liveRate * 1e9));
                watch(service, doors);
            }
            long ahead = TICK.toNanos() * (tick + 1) - (System.nanoTime() - begun);
            TimeUnit.NANOSECONDS.sleep(Math.max(0, ahead));
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        long sent = server.records() - sentBefore;
        Instant last = Instant.now();
        while (stored(doors) - storedBefore < sent) {
            alive(service, last);
        }
        for (Thread probe : probes) {
            probe.join();
        }
        double cpu = service.cpu().minus(cpuBefore).toMillis() / 1000.0;
        OUT.printf(
                Locale.ROOT,
                "live       %,.0f records/s for %.0f s, %.0f us CPU a record; all were stored %d ms after the last one%n",
                sent / seconds,
                seconds,
                cpu / sent * 1e6,
                Duration.between(last, Instant.now()).toMillis());
        OUT.printf(
                Locale.ROOT,
                "lag        sent and not stored yet: p50 %.0f ms, most %.0f ms of the stream; from sent to found by a"
                        + " question: p50 %.0f ms, p99 %.0f ms, most %.0f ms (%d asked)%n",
                behind.millis(0.5),
                behind.millis(1),
                found.millis(0.5),
                found.millis(0.99),
                found.millis(1),
                found.count());
    }

    private static long untilFound(Doors doors, StreamMail mail, long since) {
        try {
            while (!doors.ask("messageId", mail.id()).contains("\"sourceId\"")) {
                if (System.nanoTime() - since > GIVE_UP_PROBE.toNanos()) {
                    break;
                }
                TimeUnit.MILLISECONDS.sleep(20);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return System.nanoTime() - since;
    }

    private static long stored(Doors doors) throws IOException, InterruptedException {
        return (long) doors.metrics().sum("mailtrace_proofpoint_stream_records_total", "");
    }

    private void watch(Service service, Doors doors) throws IOException, InterruptedException {
        heap = Math.max(heap, doors.metrics().sum("jvm_memory_used_bytes", "area=\"heap\""));
        resident = Math.max(resident, service.residentMegabytes());
    }

    private void memory(Service service) throws IOException {
        OUT.printf(
                Locale.ROOT,
                "memory     heap at most %.0f MB of %s; resident at most %d MB (peak %d MB since the start)%n",
                heap / (1 << 20),
                HEAP,
                resident,
                service.peakMegabytes());
        heap = 0;
        resident = 0;
    }

    private static void size(StreamServer server, Path index) throws IOException {
        // What SQLite has not moved from its log into the file yet belongs to it.
        Path pending = index.resolveSibling(index.getFileName() + "-wal");
        long wal = Files.exists(pending) ? Files.size(pending) : 0;
        long file = Files.size(index);
        OUT.printf(
                Locale.ROOT,
                "size       index %,d MB, and its write-ahead log %,d MB: the first is %,d bytes for each message with its"
                        + " lines, %.2f of what was sent%n",
                file >> 20,
                wal >> 20,
                file / server.messages(),
                file / (double) server.bytes());
    }

    private static void load() {
        OUT.printf(
                Locale.ROOT,
                "machine    %d processors, load average %.1f%n",
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static void alive(Service service, Instant since) throws InterruptedException {
        if (!service.isAlive() || since.plus(GIVE_UP).isBefore(Instant.now())) {
            throw new IllegalStateException("the service ended or made no progress; see service.log");
        }
        TimeUnit.MILLISECONDS.sleep(WAIT.toMillis());
    }
}
