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
 * Thirty days of a packaged service in minutes: an agent moves its clock some thousand times faster, its vendor, its servers or its
 * sources go on as time goes by, questions are asked, and only some days are kept. Once a day of it: what memory, open
 * files, threads and disk or database the service has, and whether it finds what is kept and nothing else.
 */
public final class LongRun {
    /** A service purges once a minute of its real time, so it may be late by as much of the other. */
    private static final Duration PURGE_EVERY = Duration.ofMinutes(2);

    private static final int DAYS = (int) LogGenerator.SPAN.toDays();
    private static final String HEAP = "128m";
    private static final Duration TICK = Duration.ofMillis(200);
    private static final double MEGABYTE = 1 << 20;
    private static final PrintStream OUT = System.out;

    private final Path runner;
    private final Path work;
    private final Duration length;
    private final List<String> machine;
    private final Reader reader;
    private final Growth growth = new Growth();
    private final List<NativeMemory> memory = new ArrayList<>();
    private boolean lost;

    private LongRun(Path runner, Path work, Duration length, List<String> machine, Reader reader) {
        this.runner = runner;
        this.work = work;
        this.length = length;
        this.machine = machine;
        this.reader = reader;
    }

    /**
     * Arguments: the service's folder, an empty folder, messages in thirty days, minutes that they take; then, to keep things in
     * PostgreSQL, the JDBC URL of an empty database and its account; then JVM options.
     */
    public static void main(String[] arguments) throws IOException, InterruptedException, GeneralSecurityException {
        if (arguments.length < 2) {
            OUT.println(
                    "Usage: LongRun SERVICE-FOLDER EMPTY-FOLDER [MESSAGES] [MINUTES] [JDBC-URL ACCOUNT] [JVM-OPTION...]");
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
        boolean database = arguments.length > 5 && arguments[4].startsWith("jdbc:");
        Reader reader = new Reader();
        LongRun run = new LongRun(
                StartWay.runner(service),
                work,
                Duration.ofMinutes(arguments.length > 3 ? Integer.parseInt(arguments[3]) : 30),
                List.of(arguments).subList(Math.min(database ? 6 : 4, arguments.length), arguments.length),
                reader);
        boolean good;
        try (Life life = life(service.getFileName().toString(), work, messages, reader)) {
            Keeping keeping = database
                    ? new DatabaseKeeping(
                            life.store()
                                    .orElseThrow(() -> new IllegalArgumentException(
                                            "its store goes by the database's clock, which nobody moves")),
                            arguments[4],
                            arguments[5])
                    : new FileKeeping(life.file());
            good = run.run(life, keeping);
        }
        System.exit(good ? 0 : 1);
    }

    private static Life life(String service, Path work, int messages, Reader reader)
            throws IOException, GeneralSecurityException {
        return switch (service) {
            case "onprem-exchange-service" -> new TrackingLogLife(work, messages);
            case "proofpoint-service" -> new LogStreamLife(work, messages, OUT);
            case "exo-service" -> new TenantLife(work, messages);
            case "gateway-service" -> new GatewayLife(work, messages, reader);
            default -> throw new IllegalArgumentException("there is no long run of " + service);
        };
    }

    private boolean run(Life life, Keeping keeping) throws IOException, InterruptedException, GeneralSecurityException {
        long speed = LogGenerator.SPAN.dividedBy(length);
        MovedClock.Pace pace = life.pace(speed);
        OUT.printf(Locale.ROOT, "%d days, %,d times faster%n", DAYS, speed);
        load();
        Path log = work.resolve("service.log");
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("quarkus.oidc.auth-server-url", "");
        settings.put("quarkus.oidc.public-key", reader.publicKey());
        settings.put("mailtrace.domains", "rivercounty.example");
        settings.putAll(life.settings());
        settings.putAll(keeping.settings());
        long begun = System.nanoTime();
        List<String> options = new ArrayList<>(List.of(
                MovedClock.option(work.resolve("moved-clock.jar"), LogGenerator.BEGIN, begun, pace),
                "-Xms" + HEAP,
                "-XX:+AlwaysPreTouch",
                NativeMemory.OPTION));
        options.addAll(machine);
        try (Service service = new Service(runner, settings, options, HEAP, log)) {
            Doors doors = doors(service, log, reader.token(life.issuer()));
            while (growth.days() < DAYS) {
                Instant now = LogGenerator.BEGIN.plus(pace.after(System.nanoTime() - begun));
                life.goOn(doors, now);
                if (!now.isBefore(LogGenerator.BEGIN.plus(Duration.ofDays(growth.days() + 1L)))) {
                    tell(service, doors, life, keeping, now, speed);
                }
                if (!service.isAlive()) {
                    throw new IllegalStateException("the service ended; see " + log);
                }
                TimeUnit.NANOSECONDS.sleep(TICK.toNanos());
            }
            life.stop();
            allocator(service);
            OUT.print(keeping.end());
        }
        load();
        boolean good = growth.isBounded(OUT) && !lost;
        OUT.println(good ? "nothing grows, nothing is lost" : "SOMETHING GROWS OR IS LOST");
        return good;
    }

    private static Doors doors(Service service, Path log, String token) throws IOException, InterruptedException {
        Optional<Doors> doors = Doors.of(log, token);
        while (doors.isEmpty()) {
            if (!service.isAlive()) {
                throw new IllegalStateException("the service did not start; see " + log);
            }
            TimeUnit.NANOSECONDS.sleep(TICK.toNanos());
            doors = Doors.of(log, token);
        }
        return doors.orElseThrow();
    }

    private void tell(Service service, Doors doors, Life life, Keeping keeping, Instant now, long speed)
            throws IOException, InterruptedException {
        // What came in the last minutes of real time may still be read, and what has just become too old be purged.
        Life.Found found = life.look(
                doors,
                now,
                PURGE_EVERY.multipliedBy(speed),
                Duration.ofSeconds(10).multipliedBy(speed));
        service.collectGarbage();
        NativeMemory parts = NativeMemory.of(service);
        memory.add(parts);
        List<Growth.Amount> amounts = new ArrayList<>(List.of(
                new Growth.Amount("resident MB", (double) service.residentMegabytes(), 0.05),
                Growth.Amount.told("its own MB", (double) service.anonymousMegabytes()),
                new Growth.Amount(
                        "heap MB", doors.metrics().sum("jvm_memory_used_bytes", "area=\"heap\"") / MEGABYTE, 0.1),
                Growth.Amount.told("code MB", parts.megabytes("Code")),
                new Growth.Amount("open files", (double) service.openFiles(), 0.05),
                new Growth.Amount("sockets", (double) service.sockets(), 0.05),
                new Growth.Amount("threads", (double) service.threads(), 0.05)));
        amounts.addAll(keeping.amounts());
        OUT.printf(
                Locale.ROOT,
                "day %2d  %s  found %d of %d that are kept, %d of %d that are not  (%,d asked)  %s%n",
                growth.days() + 1,
                growth.add(amounts),
                found.kept(),
                found.ofKept(),
                found.old(),
                found.ofOld(),
                life.asked(),
                life.more());
        if (!found.isGood()) {
            OUT.println("        LOST, or kept for too long");
            lost = true;
        }
    }

    /** What the Java machine itself gained since the run settled, and what the allocator holds that nobody uses. */
    private void allocator(Service service) throws IOException, InterruptedException {
        OUT.println("machine    since day " + Growth.SETTLED + ": "
                + memory.getLast().since(memory.get(Growth.SETTLED - 1)));
        long before = service.residentMegabytes();
        service.jcmd("System.trim_native_heap");
        OUT.printf(
                Locale.ROOT,
                "allocator  resident %d MB, %d MB after it gave back what nobody uses%n",
                before,
                service.residentMegabytes());
    }

    private static void load() {
        OUT.printf(
                Locale.ROOT,
                "load       %.1f%n",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }
}
