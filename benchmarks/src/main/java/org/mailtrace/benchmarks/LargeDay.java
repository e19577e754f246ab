package org.mailtrace.benchmarks;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.mailtrace.contract.AddressPattern;
import org.mailtrace.index.Batch;
import org.mailtrace.index.IndexException;
import org.mailtrace.index.IndexQuery;
import org.mailtrace.index.IndexRow;
import org.mailtrace.index.TraceIndex;
import org.mailtrace.index.postgresql.PostgresqlIndex;
import org.mailtrace.postgresql.GivenPostgresql;

/**
 * One large day leaves the index on PostgreSQL, as the retention demands, while questions are asked: how long that
 * takes, and how long questions and batches wait meanwhile. The day is made inside the database, out of one message that
 * was stored in order; it has no words to be found by that a real one would not have.
 */
public final class LargeDay {
    private static final PrintStream OUT = System.out;
    private static final String SCHEMA = "large_day";
    private static final int CALLERS = 4;
    private static final int STEP = 500;
    private static final int TERMS = 7;
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(5);
    private static final int TRIES = 6;

    private final int messages;
    private final int survivors;
    private final String url;
    private final String user;
    private final LocalDate today = LocalDate.now(ZoneOffset.UTC);
    private final LocalDate day = today.minusDays(3);
    private volatile boolean over;

    private LargeDay(int messages, int survivors, String url, String user) {
        this.messages = messages;
        this.survivors = survivors;
        this.url = url;
        this.user = user;
    }

    /** Arguments: messages, how many of them went on after their day, the JDBC URL of an empty database, its account. */
    public static void main(String[] arguments) throws InterruptedException, SQLException {
        if (arguments.length < 4) {
            OUT.println("Usage: LargeDay MESSAGES SURVIVORS JDBC-URL ACCOUNT");
            System.exit(2);
        }
        new LargeDay(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]), arguments[2], arguments[3]).run();
    }

    private void run() throws InterruptedException, SQLException {
        try (TraceIndex index = PostgresqlIndex.open(GivenPostgresql.at(url, user, SCHEMA), "")) {
            index.append(Batch.of(List.of(
                    row("old", day.atTime(12, 0).toInstant(ZoneOffset.UTC)),
                    row("new", today.atStartOfDay().toInstant(ZoneOffset.UTC)))));
            if (ask("SELECT count(*) FROM home").equals("2")) {
                fill();
            }
            Latencies questions = new Latencies();
            Latencies batches = new Latencies();
            try (ExecutorService threads = Executors.newFixedThreadPool(CALLERS + 1)) {
                IntStream.range(0, CALLERS).forEach(i -> threads.execute(() -> ask(index, questions)));
                threads.execute(() -> store(index, batches));
                Thread.sleep(BETWEEN_TRIES);
                tell("before", questions, batches);
                questions.clear();
                batches.clear();
                purge(index);
                over = true;
            }
            tell("meanwhile", questions, batches);
            OUT.printf(
                    Locale.ROOT,
                    "left       %s messages, %s terms of that day%n",
                    count("message", "id"),
                    count("term", "message"));
        }
    }

    private void fill() throws SQLException {
        long begun = System.nanoTime();
        String name = DateTimeFormatter.BASIC_ISO_DATE.format(day);
        long from = day.atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();
        long later = today.atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();
        // A kind and sixteen bytes each, as a message keeps them beside itself.
        String terms = IntStream.range(0, TERMS)
                .mapToObj(i -> "'\\x00'::bytea || decode(md5(i || ' " + i + "'), 'hex')")
                .reduce((a, b) -> a + " || " + b)
                .orElseThrow();
        String time = from + " + i::bigint * 86399000 / " + messages;
        long every = Math.max(1, messages / Math.max(1, survivors));
        execute("INSERT INTO message_d" + name + " SELECT 1000000 + i, " + time + ", CASE WHEN i % " + every
                + " = 0 THEN " + later + " ELSE " + time + " END, 0, 0, 'g' || i, 'invoice ' || i, " + terms
                + ", m.data || decode(repeat(md5(i::text), 12), 'hex') FROM generate_series(1, " + messages
                + ") i, (SELECT data FROM message ORDER BY first_seen LIMIT 1) m");
        execute("INSERT INTO term_d" + name + " SELECT md5(i || ' ' || t)::uuid, " + time
                + ", 1000000 + i, false FROM generate_series(1, " + messages + ") i, generate_series(0, " + (TERMS - 1)
                + ") t");
        execute("INSERT INTO home SELECT md5('g' || i)::uuid, 1000000 + i, " + time + " FROM generate_series(1, "
                + messages + ") i");
        execute("ANALYZE");
        OUT.printf(
                Locale.ROOT,
                "made       %,d messages, %,d terms, %d MB, in %.0f s; %,d went on for days%n",
                messages,
                (long) messages * TERMS,
                Long.parseLong(
                        ask("SELECT sum(pg_total_relation_size(oid))::bigint / 1048576 FROM pg_class WHERE relname IN"
                                + " ('message_d" + name + "', 'term_d" + name + "')")),
                (System.nanoTime() - begun) / 1e9,
                messages / every);
    }

    /** As a service does it, but sooner again where it failed. */
    private void purge(TraceIndex index) throws InterruptedException {
        Instant before = today.minusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
        int tries = 0;
        boolean done = false;
        while (!done && tries++ < TRIES) {
            long begun = System.nanoTime();
            try {
                int removed = index.purge(before, STEP);
                OUT.printf(Locale.ROOT, "dropped    in %.1f s%n", (System.nanoTime() - begun) / 1e9);
                begun = System.nanoTime();
                long all = removed;
                while (removed == STEP) {
                    removed = index.purge(before, STEP);
                    all += removed;
                }
                OUT.printf(Locale.ROOT, "forgotten  %,d in %.1f s%n", all, (System.nanoTime() - begun) / 1e9);
                done = true;
            } catch (IndexException e) {
                OUT.printf(
                        Locale.ROOT,
                        "FAILED     after %.1f s: %s%n",
                        (System.nanoTime() - begun) / 1e9,
                        e.getMessage());
                Thread.sleep(BETWEEN_TRIES);
            }
        }
    }

    private void ask(TraceIndex index, Latencies latencies) {
        Instant now = Instant.now();
        while (!over) {
            long begun = System.nanoTime();
            try {
                index.search(new IndexQuery(
                        Optional.of(new AddressPattern("sam@contoso.example")),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        now.minus(Duration.ofDays(7)),
                        now,
                        false,
                        Optional.empty(),
                        50,
                        Duration.ofSeconds(60)));
            } catch (IndexException e) {
                OUT.println("FAILED     a question: " + e.getMessage());
            }
            latencies.add(System.nanoTime() - begun);
            pause();
        }
    }

    private void store(TraceIndex index, Latencies latencies) {
        int count = 0;
        while (!over) {
            long begun = System.nanoTime();
            try {
                index.append(Batch.of(List.of(row("more " + count++, Instant.now()))));
            } catch (IndexException e) {
                OUT.println("FAILED     a batch: " + e.getMessage());
            }
            latencies.add(System.nanoTime() - begun);
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void tell(String when, Latencies questions, Latencies batches) {
        OUT.printf(
                Locale.ROOT,
                "%-10s %,d questions: p50 %.1f ms  p99 %.1f ms  most %.0f ms; %,d batches: p50 %.1f ms  most %.0f ms%n",
                when,
                questions.count(),
                questions.millis(0.5),
                questions.millis(0.99),
                questions.millis(1),
                batches.count(),
                batches.millis(0.5),
                batches.millis(1));
    }

    private static IndexRow row(String key, Instant at) {
        return new IndexRow(
                key,
                at,
                "P",
                key,
                List.of("<" + key.replace(' ', '.') + "@contoso.example>"),
                Optional.of("sam@contoso.example"),
                Optional.of("sam@contoso.example"),
                List.of("ada@rivercounty.example"),
                Optional.of("Invoice"),
                false,
                "a synthetic row of the usual length ".repeat(8));
    }

    private String count(String table, String column) throws SQLException {
        long from = day.atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();
        return ask("SELECT count(" + column + ") FROM " + table + " WHERE first_seen >= " + from + " AND first_seen < "
                + (from + 86_400_000L));
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = connection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String ask(String sql) throws SQLException {
        try (Connection connection = connection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private Connection connection() throws SQLException {
        return DriverManager.getConnection(url + "?currentSchema=" + SCHEMA, user, "");
    }
}
