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
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Thirty days of a packaged service in minutes: an agent moves its clock some thousand times faster, its vendor or its
 * servers go on as time goes by, questions are asked, and only some days are kept. Once a day of it: what memory, open files,
 * threads and disk the service has, and whether it finds what is kept and nothing else.
 */
public final class LongRun {
    /** A service purges once a minute of its real time, so it may be late by as much of the other. */
    private static final Duration PURGE_EVERY = Duration.ofMinutes(2);

    private static final int DAYS = (int) LogGenerator.SPAN.toDays();
    /** From this day on nothing may grow any more. */
    private static final int SETTLED = 12;

    private static final String HEAP = "128m";
    private static final Duration TICK = Duration.ofMillis(200);
    private static final PrintStream OUT = System.out;

    private final Path runner;
    private final Path work;
    private final Duration length;
    private final List<String> machine;
    private final List<Day> days = new ArrayList<>();
    private boolean lost;

    private LongRun(Path runner, Path work, Duration length, List<String> machine) {
        this.runner = runner;
        this.work = work;
        this.length = length;
        this.machine = machine;
    }

    /** What the service held at the end of a day. */
    private record Day(
            double residentMb,
            double anonymousMb,
            double heapMb,
            double openFiles,
            double threads,
            double databaseMb,
            NativeMemory machine) {}

    /** Arguments: the service's folder, an empty folder, messages in thirty days, minutes that they take, JVM options. */
    public static void main(String[] arguments) throws IOException, InterruptedException, GeneralSecurityException {
        if (arguments.length < 2) {
            OUT.println("Usage: LongRun SERVICE-FOLDER EMPTY-FOLDER [MESSAGES] [MINUTES] [JVM-OPTION...]");
            System.exit(2);
        }
        Path work = Files.createDirectories(Path.of(arguments[1])).toAbsolutePath();
        try (Stream<Path> there = Files.list(work)) {
            if (there.findAny().isPresent()) {
                OUT.println(work + " is not empty.");
                System.exit(2);
            }
        }
        Path service = Path.of(arguments[0]).toRealPath();
        int messages = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 60_000;
        LongRun run = new LongRun(
                StartWay.runner(service),
                work,
                Duration.ofMinutes(arguments.length > 3 ? Integer.parseInt(arguments[3]) : 30),
                List.of(arguments).subList(Math.min(4, arguments.length), arguments.length));
        boolean good;
        try (Life life = life(service.getFileName().toString(), work, messages)) {
            good = run.run(life);
        }
        System.exit(good ? 0 : 1);
    }

    private static Life life(String service, Path work, int messages) throws IOException {
        return switch (service) {
            case "onprem-exchange-service" -> new TrackingLogLife(work, messages);
            case "proofpoint-service" -> new LogStreamLife(work, messages, OUT);
            case "exo-service" -> new TenantLife(work, messages);
            default -> throw new IllegalArgumentException("there is no long run of " + service);
        };
    }

    private boolean run(Life life) throws IOException, InterruptedException, GeneralSecurityException {
        long speed = LogGenerator.SPAN.dividedBy(length);
        OUT.printf(Locale.ROOT, "%d days, %,d times faster%n", DAYS, speed);
        load();
        Reader reader = new Reader();
        Path log = work.resolve("service.log");
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("quarkus.oidc.auth-server-url", "");
        settings.put("quarkus.oidc.public-key", reader.publicKey());
        settings.put("mailtrace.domains", "rivercounty.example");
        settings.putAll(life.settings());
        long begun = System.nanoTime();
        List<String> options = new ArrayList<>(List.of(
                MovedClock.option(work.resolve("moved-clock.jar"), LogGenerator.BEGIN, begun, speed),
                "-Xms" + HEAP,
                "-XX:+AlwaysPreTouch",
                NativeMemory.OPTION));
        options.addAll(machine);
        try (Service service = new Service(runner, settings, options, HEAP, log)) {
            Doors doors = doors(service, log, reader);
            while (days.size() < DAYS) {
                Instant now = LogGenerator.BEGIN.plusNanos((System.nanoTime() - begun) * speed);
                life.goOn(doors, now);
                if (!now.isBefore(LogGenerator.BEGIN.plus(Duration.ofDays(days.size() + 1L)))) {
                    tell(service, doors, life, now, speed);
                }
                if (!service.isAlive()) {
                    throw new IllegalStateException("the service ended; see " + log);
                }
                TimeUnit.NANOSECONDS.sleep(TICK.toNanos());
            }
            allocator(service);
        }
        load();
        return verdict();
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

    private void tell(Service service, Doors doors, Life life, Instant now, long speed)
            throws IOException, InterruptedException {
        // What came in the last minutes of real time may still be read, and what has just become too old be purged.
        Life.Found found = life.look(
                doors,
                now,
                PURGE_EVERY.multipliedBy(speed),
                Duration.ofSeconds(10).multipliedBy(speed));
        Path wal = life.file().resolveSibling(life.file().getFileName() + "-wal");
        long bytes = Files.size(life.file()) + (Files.exists(wal) ? Files.size(wal) : 0);
        service.collectGarbage();
        Day day = new Day(
                service.residentMegabytes(),
                service.anonymousMegabytes(),
                doors.metrics().sum("jvm_memory_used_bytes", "area=\"heap\"") / 1048576,
                service.openFiles(),
                service.threads(),
                bytes / 1048576.0,
                NativeMemory.of(service));
        days.add(day);
        OUT.printf(
                Locale.ROOT,
                "day %2d  resident %3.0f MB (%3.0f its own)  heap %4.1f MB  code %4.1f MB  open files %3.0f  threads %3.0f"
                        + "  database %6.1f MB  found %d of %d that are kept, %d of %d that are not  (%,d asked)%n",
                days.size(),
                day.residentMb(),
                day.anonymousMb(),
                day.heapMb(),
                day.machine().megabytes("Code"),
                day.openFiles(),
                day.threads(),
                day.databaseMb(),
                found.kept(),
                found.ofKept(),
                found.old(),
                found.ofOld(),
                life.asked());
        if (!found.isGood()) {
            OUT.println("        LOST, or kept for too long");
            lost = true;
        }
    }

    /** What the Java machine itself gained since the run settled, and what the allocator holds that nobody uses. */
    private void allocator(Service service) throws IOException, InterruptedException {
        OUT.println("machine    since day " + SETTLED + ": "
                + days.getLast().machine().since(days.get(SETTLED - 1).machine()));
        long before = service.residentMegabytes();
        service.jcmd("System.trim_native_heap");
        OUT.printf(
                Locale.ROOT,
                "allocator  resident %d MB, %d MB after it gave back what nobody uses%n",
                before,
                service.residentMegabytes());
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
