package org.mailtrace.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.mailtrace.contract.MailId;
import org.mailtrace.index.Batch;
import org.mailtrace.index.Checkpoint;
import org.mailtrace.index.Coverage;
import org.mailtrace.index.IndexRow;
import org.mailtrace.index.TraceIndex;
import org.mailtrace.index.postgresql.PostgresqlIndex;
import org.mailtrace.index.sqlite.SqliteIndex;
import org.mailtrace.index.sqlite.SqliteSettings;
import org.mailtrace.postgresql.GivenPostgresql;

/**
 * The same rows into a store in SQLite and into one on PostgreSQL, one after the other in one run, and the same questions to
 * both while rows go on arriving. Only the stores are measured: rows are made from lines before the clock runs.
 */
public final class Stores {
    private static final PrintStream OUT = System.out;
    private static final String PART = "EXCH01";
    private static final String SAMPLE = "";
    private static final int BULK = 3000;
    private static final int LIVE = 200;
    private static final int LIVE_RATE = 2000;
    private static final int CALLERS = 8;
    private static final double AT_ONCE = 0.96;
    private static final String SCHEMA = "benchmark";

    private final Path rows;
    private final Path work;
    private final String url;
    private final String user;

    private Stores(Path rows, Path work, String url, String user) {
        this.rows = rows;
        this.work = work;
        this.url = url;
        this.user = user;
    }

    /** Arguments: rows or a number of messages, an empty folder, the JDBC URL of an empty database, its account. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length < 4) {
            OUT.println("Usage: Stores ROWS.csv|MESSAGES EMPTY-FOLDER JDBC-URL ACCOUNT");
            System.exit(2);
        }
        Path work = Files.createDirectories(Path.of(arguments[1]));
        Path rows = Path.of(arguments[0]);
        if (arguments[0].chars().allMatch(Character::isDigit)) {
            rows = work.resolve("rows.csv");
            long count = new LogGenerator(42).write(rows, Integer.parseInt(arguments[0]));
            OUT.printf(Locale.ROOT, "%,d rows generated: %s%n", count, rows);
        }
        new Stores(rows, work, arguments[2], arguments[3]).run();
    }

    private void run() throws IOException, InterruptedException {
        Path file = work.resolve("index.db");
        try (TraceIndex index = SqliteIndex.open(new SqliteSettings(file, CALLERS, SAMPLE))) {
            measure("SQLite", index, () -> Files.size(file), Optional::empty);
        }
        try (TraceIndex index = PostgresqlIndex.open(GivenPostgresql.at(url, user, SCHEMA), SAMPLE)) {
            measure("PostgreSQL", index, this::schemaSize, () -> Optional.of(ServerUse.from(url, user)));
        }
    }

    private void measure(String name, TraceIndex index, Size size, Supplier<Optional<ServerUse>> server)
            throws IOException, InterruptedException {
        OUT.printf("%n== %s%n", name);
        long total = lines();
        Samples samples = new Samples();
        try (BufferedReader in = Files.newBufferedReader(rows)) {
            long stored = (long) (total * AT_ONCE);
            Optional<ServerUse> storing = server.get();
            fill(index, in, stored, samples);
            storing.ifPresent(use -> OUT.print(use.perRow(stored)));
            samples.end(samples.last().truncatedTo(ChronoUnit.HOURS));
            Live live = new Live(index, in);
            Optional<ServerUse> arriving = server.get();
            Thread writer = Thread.ofPlatform().name("arriving").start(live);
            new Questions(index, samples, OUT).ask(CALLERS);
            live.stopped = true;
            writer.join();
            live.tell();
            arriving.ifPresent(use -> OUT.print(use.logPerRow(live.arrived)));
        }
        OUT.printf(
                Locale.ROOT,
                "size       %,d MB, %.2f of the rows%n",
                size.bytes() >> 20,
                size.bytes() / (double) Files.size(rows));
    }

    private static void fill(TraceIndex index, BufferedReader in, long count, Samples samples) throws IOException {
        long done = 0;
        long nanos = 0;
        long cpu = 0;
        while (done < count) {
            Batch batch = batch(in, (int) Math.min(BULK, count - done), samples, done, count);
            if (batch.rows().isEmpty()) {
                break;
            }
            long begun = System.nanoTime();
            long used = cpu();
            index.append(batch);
            nanos += System.nanoTime() - begun;
            cpu += cpu() - used;
            done += batch.rows().size();
        }
        OUT.printf(
                Locale.ROOT,
                "storing    %,d rows in batches of %d: %,.0f rows/s, %.1f us CPU of this process a row%n",
                done,
                BULK,
                done / (nanos / 1e9),
                cpu / 1e3 / done);
    }

    private static Batch batch(BufferedReader in, int size, Samples samples, long from, long of) throws IOException {
        List<IndexRow> batch = new ArrayList<>(size);
        while (batch.size() < size) {
            String line = in.readLine();
            if (line == null) {
                break;
            }
            if (!line.startsWith("#")) {
                samples.see(line, from + batch.size(), of);
                batch.add(row(line, from + batch.size()));
            }
        }
        return batch.isEmpty() ? Batch.of(List.of()) : with(batch, from + batch.size());
    }

    /** With where a reader would stand, as every batch of a service has it. */
    private static Batch with(List<IndexRow> batch, long through) {
        Instant last = batch.getLast().at();
        return new Batch(
                batch,
                List.of(),
                List.of(new Checkpoint(PART, "rows", Long.toString(through))),
                List.of(new Coverage(PART, "MSGTRK", Instant.EPOCH, last)));
    }

    private static IndexRow row(String line, long number) {
        List<String> cells = Samples.cells(line);
        return new IndexRow(
                "row " + number,
                Instant.parse(cells.get(0)),
                PART,
                Integer.toHexString(cells.get(10).hashCode()) + '-' + cells.get(11),
                Optional.of(cells.get(10)).filter(id -> !id.isEmpty()).stream()
                        .map(id -> MailId.of(id).value())
                        .toList(),
                Optional.of(cells.get(20)).filter(sender -> !sender.isEmpty()),
                Optional.of(cells.get(19)).filter(author -> !author.isEmpty()),
                cells.get(12).isEmpty() ? List.of() : List.of(cells.get(12).split(";", -1)),
                Optional.of(cells.get(18)).filter(subject -> !subject.isEmpty()),
                false,
                line);
    }

    /** Of all threads; also of those that collect garbage. */
    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private long schemaSize() {
        try (Connection connection = DriverManager.getConnection(url, user, "");
                Statement statement = connection.createStatement();
                ResultSet sizes = statement.executeQuery("SELECT sum(pg_total_relation_size(c.oid)) FROM pg_class c"
                        + " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = '" + SCHEMA
                        + "' AND c.relkind = 'r'")) {
            sizes.next();
            return sizes.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private long lines() throws IOException {
        try (var lines = Files.lines(rows)) {
            return lines.filter(line -> !line.startsWith("#")).count();
        }
    }

    /** How large a store is. */
    private interface Size {
        long bytes() throws IOException;
    }

    /** Rows that go on arriving while questions are asked. */
    private static final class Live implements Runnable {
        private final TraceIndex index;
        private final BufferedReader in;
        private final Latencies latencies = new Latencies();
        private volatile boolean stopped;
        private long arrived;
        private long nanos;

        Live(TraceIndex index, BufferedReader in) {
            this.index = index;
            this.in = in;
        }

        @Override
        public void run() {
            long begun = System.nanoTime();
            try {
                while (!stopped) {
                    Batch batch = batch(in, LIVE, new Samples(), 1_000_000_000L + arrived, Long.MAX_VALUE);
                    if (batch.rows().isEmpty()) {
                        break;
                    }
                    long before = System.nanoTime();
                    index.append(batch);
                    latencies.add(System.nanoTime() - before);
                    arrived += batch.rows().size();
                    long due = begun + arrived * TimeUnit.SECONDS.toNanos(1) / LIVE_RATE;
                    TimeUnit.NANOSECONDS.sleep(Math.max(0, due - System.nanoTime()));
                }
                nanos = System.nanoTime() - begun;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        void tell() {
            OUT.printf(
                    Locale.ROOT,
                    "arriving   %,d rows meanwhile, %,.0f of %,d a second; a batch of %d: p50 %.1f ms  p99 %.1f ms%n",
                    arrived,
                    arrived / (nanos / 1e9),
                    LIVE_RATE,
                    LIVE,
                    latencies.millis(0.5),
                    latencies.millis(0.99));
        }
    }
}
