package org.mailtrace.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
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
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Thirty days of the packaged on-premises service in minutes: an agent moves its clock some thousand times faster, two
 * servers write and delete their logs as time goes by, questions are asked, and seven days are kept. Once a day of it: what
 * memory, open files, threads and disk the service has, and whether it finds what is kept and nothing else.
 */
public final class LongRun {
    private static final Duration KEPT = Duration.ofDays(7);
    /** What a server keeps by itself. */
    private static final Duration DELETED = Duration.ofDays(9);
    /** The service purges once a minute of its real time, so it may be late by as much of the other. */
    private static final Duration PURGE_EVERY = Duration.ofMinutes(2);

    private static final int DAYS = (int) LogGenerator.SPAN.toDays();
    /** From this day on nothing may grow any more. */
    private static final int SETTLED = 12;

    private static final Duration TICK = Duration.ofMillis(200);
    private static final int PROBES = 20;
    /** Tries, one a second: what was written may still have to be read. */
    private static final int PATIENCE = 20;

    private static final int KEPT_SAMPLES = 20_000;
    private static final PrintStream OUT = System.out;

    private final Path runner;
    private final Path work;
    private final int messages;
    private final Duration length;
    private final Random random = new Random(7);
    private final List<Sent> sent = new ArrayList<>();
    private final List<Day> days = new ArrayList<>();
    private long asked;
    private boolean lost;
    private Optional<String> pending = Optional.empty();

    private LongRun(Path runner, Path work, int messages, Duration length) {
        this.runner = runner;
        this.work = work;
        this.messages = messages;
        this.length = length;
    }

    /** A message that was logged, and when. */
    private record Sent(Instant at, String id, String recipient) {}

    /** What the service held at the end of a day. */
    private record Day(
            double residentMb, double heapMb, double openFiles, double threads, double databaseMb, double logFiles) {}

    /** Arguments: the service's runner, an empty folder, messages in thirty days, minutes that they take. */
    public static void main(String[] arguments) throws IOException, InterruptedException, GeneralSecurityException {
        if (arguments.length < 2) {
            OUT.println("Usage: LongRun RUNNER.jar EMPTY-FOLDER [MESSAGES] [MINUTES]");
            System.exit(2);
        }
        Path work = Files.createDirectories(Path.of(arguments[1])).toAbsolutePath();
        try (Stream<Path> there = Files.list(work)) {
            if (there.findAny().isPresent()) {
                OUT.println(work + " is not empty.");
                System.exit(2);
            }
        }
        boolean good = new LongRun(
                        Path.of(arguments[0]).toAbsolutePath(),
                        work,
                        arguments.length > 2 ? Integer.parseInt(arguments[2]) : 60_000,
                        Duration.ofMinutes(arguments.length > 3 ? Integer.parseInt(arguments[3]) : 30))
                .run();
        System.exit(good ? 0 : 1);
    }

    private boolean run() throws IOException, InterruptedException, GeneralSecurityException {
        Path rows = work.resolve("rows.csv");
        long count = new LogGenerator(42).write(rows, messages);
        long speed = LogGenerator.SPAN.dividedBy(length);
        OUT.printf(
                Locale.ROOT,
                "%,d rows of %,d messages in %d days, %,d times faster, %d days kept%n",
                count,
                messages,
                DAYS,
                speed,
                KEPT.toDays());
        load();
        Reader reader = new Reader();
        Path log = work.resolve("service.log");
        Path index = work.resolve("index.db");
        try (BufferedReader in = Files.newBufferedReader(rows);
                LogFolders folders = new LogFolders(work.resolve("logs"), LogGenerator.COLUMNS)) {
            for (Path folder : folders.servers().values()) {
                Files.createDirectories(folder);
            }
            long begun = System.nanoTime();
            String moved = MovedClock.option(work.resolve("moved-clock.jar"), LogGenerator.BEGIN, begun, speed);
            try (Service service = new Service(
                    runner,
                    settings(folders, index, reader),
                    List.of(moved, "-Xms128m", "-XX:+AlwaysPreTouch"),
                    "128m",
                    log)) {
                Doors doors = doors(service, log, reader);
                while (days.size() < DAYS) {
                    Instant now = LogGenerator.BEGIN.plusNanos((System.nanoTime() - begun) * speed);
                    deal(in, folders, now);
                    folders.flush(now);
                    folders.deleteBefore(now.minus(DELETED));
                    askForARecipient(doors, now);
                    if (!now.isBefore(LogGenerator.BEGIN.plus(Duration.ofDays(days.size() + 1L)))) {
                        tell(service, doors, index, folders, now, speed);
                    }
                    if (!service.isAlive()) {
                        throw new IllegalStateException("the service ended; see " + log);
                    }
                    TimeUnit.NANOSECONDS.sleep(TICK.toNanos());
                }
            }
        }
        load();
        return verdict();
    }

    private static Map<String, String> settings(LogFolders folders, Path index, Reader reader) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("quarkus.oidc.auth-server-url", "");
        settings.put("quarkus.oidc.public-key", reader.publicKey());
        settings.put("mailtrace.domains", "rivercounty.example");
        settings.put("mailtrace.onprem.poll", "500ms");
        settings.put("mailtrace.onprem.retention", KEPT.toString());
        settings.put("mailtrace.onprem.index-file", index.toString());
        folders.servers()
                .forEach((name, folder) ->
                        settings.put("mailtrace.onprem.servers." + name + ".directory", folder.toString()));
        return settings;
    }

    private static Doors doors(Service service, Path log, Reader reader)
            throws IOException, InterruptedException, GeneralSecurityException {
        Optional<Doors> doors = Doors.of(log, reader.token());
        while (doors.isEmpty()) {
            if (!service.isAlive()) {
                throw new IllegalStateException("the service did not start; see " + log);
            }
            TimeUnit.NANOSECONDS.sleep(TICK.toNanos());
            doors = Doors.of(log, reader.token());
        }
        return doors.orElseThrow();
    }

    /** Lets the servers write what happened until then. */
    private void deal(BufferedReader in, LogFolders folders, Instant now) throws IOException {
        while (true) {
            String row = pending.orElse(in.readLine());
            if (row == null) {
                return;
            }
            pending = Optional.of(row);
            if (!row.startsWith("#")) {
                Instant at = Instant.parse(row.substring(0, row.indexOf(',')));
                if (at.isAfter(now)) {
                    return;
                }
                folders.add(row);
                if (row.contains(",STOREDRIVER,DELIVER,")) {
                    List<String> cells = Samples.cells(row);
                    Sent message = new Sent(at, cells.get(10), cells.get(12));
                    if (sent.size() < KEPT_SAMPLES) {
                        sent.add(message);
                    } else {
                        sent.set(random.nextInt(KEPT_SAMPLES), message);
                    }
                }
            }
            pending = Optional.empty();
        }
    }

    private void askForARecipient(Doors doors, Instant now) throws IOException, InterruptedException {
        if (!sent.isEmpty()) {
            doors.get(
                    "/traces?recipient=" + sent.get(random.nextInt(sent.size())).recipient() + "&from="
                            + now.minus(Duration.ofDays(2)) + "&to=" + now);
            asked++;
        }
    }

    private void tell(Service service, Doors doors, Path index, LogFolders folders, Instant now, long speed)
            throws IOException, InterruptedException {
        Duration late = PURGE_EVERY.multipliedBy(speed);
        // What came in the last minutes of real time may still be read, and what has just become too old be purged.
        Duration reading = Duration.ofSeconds(10).multipliedBy(speed);
        long[] inside = found(doors, now.minus(KEPT).plus(Duration.ofDays(2)), now.minus(reading), PATIENCE);
        long[] beyond = found(doors, Instant.EPOCH, now.minus(KEPT).minus(late), 1);
        long logFiles = 0;
        for (Path folder : folders.servers().values()) {
            try (Stream<Path> files = Files.list(folder)) {
                logFiles += files.count();
            }
        }
        Path wal = index.resolveSibling(index.getFileName() + "-wal");
        long bytes = Files.size(index) + (Files.exists(wal) ? Files.size(wal) : 0);
        service.collectGarbage();
        Day day = new Day(
                service.residentMegabytes(),
                doors.metrics().sum("jvm_memory_used_bytes", "area=\"heap\"") / 1048576,
                service.openFiles(),
                service.threads(),
                bytes / 1048576.0,
                logFiles);
        days.add(day);
        OUT.printf(
                Locale.ROOT,
                "day %2d  resident %3.0f MB  heap %4.1f MB  open files %3.0f  threads %3.0f  database %6.1f MB  log files %4.0f"
                        + "  found %d of %d that are kept, %d of %d that are not  (%,d asked)%n",
                days.size(),
                day.residentMb(),
                day.heapMb(),
                day.openFiles(),
                day.threads(),
                day.databaseMb(),
                day.logFiles(),
                inside[0],
                inside[1],
                beyond[0],
                beyond[1],
                asked);
        if (inside[0] < inside[1] || beyond[0] > 0) {
            OUT.println("        LOST, or kept for too long");
            lost = true;
        }
    }

    /** Of some messages between two moments: how many were found, and how many were asked for. */
    private long[] found(Doors doors, Instant from, Instant to, int tries) throws IOException, InterruptedException {
        List<Sent> all = sent.stream()
                .filter(message -> message.at().isAfter(from) && message.at().isBefore(to))
                .toList();
        long found = 0;
        int probes = Math.min(PROBES, all.size());
        for (int i = 0; i < probes; i++) {
            Sent message = all.get(random.nextInt(all.size()));
            boolean there = isFound(doors, message);
            for (int again = 1; again < tries && !there; again++) {
                TimeUnit.SECONDS.sleep(1);
                there = isFound(doors, message);
            }
            found += there ? 1 : 0;
        }
        return new long[] {found, probes};
    }

    private boolean isFound(Doors doors, Sent message) throws IOException, InterruptedException {
        asked++;
        return doors.get("/traces?messageId=" + URLEncoder.encode(message.id(), StandardCharsets.UTF_8) + "&from="
                        + message.at().minus(Duration.ofHours(1)) + "&to="
                        + message.at().plus(Duration.ofHours(1)))
                .contains("\"sourceId\"");
    }

    private boolean verdict() {
        boolean good = !lost;
        good &= flat("resident memory, MB", Day::residentMb, 0.05);
        good &= flat("heap, MB", Day::heapMb, 0.1);
        good &= flat("open files", Day::openFiles, 0.05);
        good &= flat("threads", Day::threads, 0.05);
        good &= flat("database, MB", Day::databaseMb, 0.1);
        OUT.println(good ? "nothing grows, nothing is lost" : "SOMETHING GROWS OR IS LOST");
        return good;
    }

    /** Least squares over the settled days: what they added, against the average. */
    private boolean flat(String what, ToDoubleFunction<Day> value, double most) {
        List<Day> settled = days.subList(SETTLED, days.size());
        double middle = (settled.size() - 1) / 2.0;
        double average = settled.stream().mapToDouble(value).average().orElse(0);
        double above = 0;
        double below = 0;
        for (int i = 0; i < settled.size(); i++) {
            above += (i - middle) * (value.applyAsDouble(settled.get(i)) - average);
            below += (i - middle) * (i - middle);
        }
        double slope = above / below;
        double share = slope * settled.size() / average;
        OUT.printf(
                Locale.ROOT,
                "%-20s average %.1f, slope %+.3f a day: %+.1f %% in the last %d days%n",
                what,
                average,
                slope,
                100 * share,
                settled.size());
        return share <= most;
    }

    private static void load() {
        OUT.printf(
                Locale.ROOT,
                "load       %.1f%n",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }
}
