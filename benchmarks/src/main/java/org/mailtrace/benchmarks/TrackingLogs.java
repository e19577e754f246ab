package org.mailtrace.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.mailtrace.index.IndexException;
import org.mailtrace.index.sqlite.SqliteIndex;
import org.mailtrace.index.sqlite.SqliteSettings;

/**
 * Indexes tracking logs with the packaged service and asks the index while rows go on arriving: how fast, how much memory,
 * how large, and how long a question takes, also against reading the same files from one end to the other.
 */
public final class TrackingLogs {
    private static final double AT_ONCE = 0.96;
    private static final Duration GIVE_UP = Duration.ofMinutes(30);
    private static final int READERS = 8;
    /** Looking more often would take CPU from what is measured. */
    private static final Duration WAIT = Duration.ofMillis(200);

    private static final PrintStream OUT = System.out;

    private final Path runner;
    private final Path rows;
    private final Path work;
    private final double liveRate;
    private final Samples samples = new Samples();

    private TrackingLogs(Path runner, Path rows, Path work, double liveRate) {
        this.runner = runner;
        this.rows = rows;
        this.work = work;
        this.liveRate = liveRate;
    }

    /** Arguments: the service's runner, rows or a number of messages, an empty folder, rows a second while asking. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length < 3) {
            OUT.println("Usage: TrackingLogs RUNNER.jar ROWS.csv|MESSAGES EMPTY-FOLDER [ROWS-PER-SECOND]");
            System.exit(2);
        }
        Path work = Files.createDirectories(Path.of(arguments[2]));
        try (Stream<Path> there = Files.list(work)) {
            if (there.findAny().isPresent()) {
                OUT.println(work + " is not empty.");
                System.exit(2);
            }
        }
        Path rows = Path.of(arguments[1]);
        if (arguments[1].chars().allMatch(Character::isDigit)) {
            rows = work.resolve("rows.csv");
            long count = new LogGenerator(42).write(rows, Integer.parseInt(arguments[1]));
            OUT.printf(Locale.ROOT, "%,d rows generated: %s%n", count, rows);
        }
        double rate = arguments.length > 3 ? Double.parseDouble(arguments[3]) : 2000;
        new TrackingLogs(Path.of(arguments[0]).toAbsolutePath(), rows, work.toAbsolutePath(), rate).run();
    }

    private void run() throws IOException, InterruptedException {
        long total = lines();
        try (BufferedReader in = Files.newBufferedReader(rows);
                LogFolders folders = new LogFolders(work.resolve("logs"), columns())) {
            long dealt = deal(in, folders, (long) (total * AT_ONCE));
            folders.flush();
            Path index = work.resolve("index.db");
            try (Service service =
                    new Service(runner, settings(folders, index), List.of(), "256m", work.resolve("service.log"))) {
                ingest(service, folders, index, dealt);
                try (SqliteIndex asked = SqliteIndex.open(new SqliteSettings(index, READERS, ""))) {
                    Arriving arriving = new Arriving(in, folders, liveRate);
                    Thread writer = Thread.ofPlatform().name("arriving").start(arriving);
                    new Questions(asked, samples, OUT).ask(READERS);
                    arriving.stop();
                    writer.join();
                    Instant last = Instant.now();
                    await(service, folders, asked);
                    OUT.printf(
                            Locale.ROOT,
                            "arriving   %,.0f rows/s were written meanwhile; %d ms after the last one all were in the index%n",
                            arriving.rate(),
                            Duration.between(last, Instant.now()).toMillis());
                    new LinearScan(folders.servers(), asked, samples, OUT).compare();
                }
                OUT.printf(
                        "memory     the service held at most %d MB, with a heap of 256 MB%n", service.peakMegabytes());
            }
            size(folders, index);
        }
    }

    private static Map<String, String> settings(LogFolders folders, Path index) {
        Map<String, String> settings = new LinkedHashMap<>(Map.of(
                "quarkus.oidc.tenant-enabled", "false",
                "mailtrace.onprem.poll", "200ms",
                "mailtrace.onprem.retention", "0",
                "mailtrace.onprem.index-file", index.toString()));
        folders.servers()
                .forEach((name, folder) ->
                        settings.put("mailtrace.onprem.servers." + name + ".directory", folder.toString()));
        return settings;
    }

    private void ingest(Service service, LogFolders folders, Path file, long dealt)
            throws IOException, InterruptedException {
        Instant begun = Instant.now();
        while (Files.notExists(file) || Files.size(file) == 0) {
            alive(service, begun);
        }
        try (SqliteIndex index = opened(file, service, begun)) {
            while (read(index, folders) == 0) {
                alive(service, begun);
            }
            Instant first = Instant.now();
            Duration before = service.cpu();
            await(service, folders, index);
            double seconds = Duration.between(first, Instant.now()).toMillis() / 1000.0;
            double cpu = service.cpu().minus(before).toMillis() / 1000.0;
            OUT.printf(
                    Locale.ROOT,
                    "indexing   %,d rows in %.1f s: %,.0f rows/s, %.1f us CPU a row (%,d MB of logs)%n",
                    dealt,
                    seconds,
                    dealt / seconds,
                    cpu / dealt * 1e6,
                    folders.bytes() >> 20);
        }
    }

    private static SqliteIndex opened(Path file, Service service, Instant begun) throws InterruptedException {
        while (true) {
            try {
                return SqliteIndex.open(new SqliteSettings(file, 1, ""));
            } catch (IndexException e) {
                alive(service, begun);
            }
        }
    }

    private static void await(Service service, LogFolders folders, SqliteIndex index)
            throws IOException, InterruptedException {
        Instant begun = Instant.now();
        long written = written(folders);
        while (read(index, folders) < written) {
            alive(service, begun);
        }
    }

    private static void alive(Service service, Instant since) throws InterruptedException {
        if (!service.isAlive() || since.plus(GIVE_UP).isBefore(Instant.now())) {
            throw new IllegalStateException("the service ended or made no progress; see service.log");
        }
        Thread.sleep(WAIT);
    }

    /** Bytes consumed, as the checkpoints tell: the second of their parts. */
    private static long read(SqliteIndex index, LogFolders folders) {
        return folders.servers().keySet().stream()
                .flatMap(server -> index.checkpoints(server).values().stream())
                .mapToLong(position -> Long.parseLong(position.split("\\|", 3)[1]))
                .sum();
    }

    private static long written(LogFolders folders) throws IOException {
        long bytes = 0;
        for (Path folder : folders.servers().values()) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    bytes += Files.size(file);
                }
            }
        }
        return bytes;
    }

    private static void size(LogFolders folders, Path index) throws IOException {
        long logs = written(folders);
        OUT.printf(
                Locale.ROOT,
                "size       index %,d MB, %.2f of the logs%n",
                Files.size(index) >> 20,
                Files.size(index) / (double) logs);
    }

    private long deal(BufferedReader in, LogFolders folders, long count) throws IOException {
        long dealt = 0;
        while (dealt < count) {
            String row = in.readLine();
            if (row == null) {
                break;
            }
            if (!row.startsWith("#")) {
                folders.add(row);
                samples.see(row, dealt++, count);
            }
        }
        samples.end(samples.last().truncatedTo(ChronoUnit.HOURS));
        return dealt;
    }

    private long lines() throws IOException {
        try (Stream<String> lines = Files.lines(rows)) {
            return lines.filter(line -> !line.startsWith("#")).count();
        }
    }

    private String columns() throws IOException {
        try (Stream<String> lines = Files.lines(rows)) {
            return lines.filter(line -> line.startsWith("#Fields: "))
                    .findFirst()
                    .orElse("#Fields: " + LogGenerator.COLUMNS)
                    .substring("#Fields: ".length());
        }
    }
}
