package org.mailtrace.index.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.mailtrace.contract.AddressPattern;
import org.mailtrace.index.Batch;
import org.mailtrace.index.Checkpoint;
import org.mailtrace.index.Coverage;
import org.mailtrace.index.IndexDeadlineException;
import org.mailtrace.index.IndexException;
import org.mailtrace.index.IndexQuery;
import org.mailtrace.index.IndexRow;
import org.mailtrace.index.TraceIndex;
import org.mailtrace.postgresql.GivenPostgresql;
import org.mailtrace.postgresql.testkit.PostgresqlServer;

/** The database goes away, is cut off or refuses, at every moment: nothing is lost, nothing doubled, nothing invented. */
class F23DatabaseFaultsTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final String PART = "EXCH01";
    private static final int ROWS = 10;
    private static final int CUTS = 15;

    private String url;

    @BeforeEach
    void makeDatabase() {
        url = PostgresqlServer.shared().newDatabase();
    }

    @Test
    @DisplayName(
            "F23: connections cut at random moments while a reader goes on: each row once, and where it stands is so")
    void survivesConnectionsThatAreCut() throws InterruptedException {
        // given
        try (TraceIndex index = open(url)) {
            AtomicInteger cuts = new AtomicInteger();
            long seed = System.nanoTime();
            Thread cutter = Thread.ofPlatform().start(() -> cut(cuts, new Random(seed)));

            // when
            int batches = 0;
            while (batches < 40 || cuts.get() < CUTS) {
                read(index, batches, batches + 10);
                batches = standing(index, batches);
            }
            cutter.join();
            batches = standing(index);

            // then
            assertThat(rows(index, batches)).as("seed %d", seed).isEqualTo(batches * ROWS);
            assertThat(ask(url, "SELECT count(*) FROM message")).isEqualTo(Integer.toString(batches));
        }
    }

    @Test
    @DisplayName("F23: a connection cut inside a commit: the batch is stored once, and the reader goes on")
    void survivesACommitWhoseAnswerNeverComes() throws IOException {
        // given
        int server = Integer.parseInt(url.replaceAll(".*:(\\d+)/.*", "$1"));
        try (CommitDoor door = new CommitDoor(server);
                TraceIndex index = open(url.replace(":" + server + "/", ":" + door.port() + "/"))) {
            assertThat(index.claim(PART)).isTrue();
            index.append(batch(0));

            // when
            for (int number = 1; number < 6; number++) {
                door.cutNextCommits(number % 2 + 1);
                index.append(batch(number));
            }

            // then
            assertThat(door.cut()).isEqualTo(8);
            assertThat(rows(index, 6)).isEqualTo(6 * ROWS);
            assertThat(standing(index)).isEqualTo(6);
            assertThat(index.claim(PART)).isTrue();
        }
    }

    @Test
    @DisplayName("F23: the primary restarts: searches fail in words until it is back, and nothing is lost or doubled")
    void survivesARestartOfTheServer() throws InterruptedException {
        PostgresqlServer server = PostgresqlServer.start();
        String own = server.newDatabase();
        try (server;
                TraceIndex index = impatient(own)) {
            // given
            for (int number = 0; number < 5; number++) {
                index.append(batch(number));
            }

            // when
            server.stop();
            TraceIndex late = impatient(own);

            // then: also where a service starts only now
            assertThatThrownBy(() -> late.search(query(Duration.ofSeconds(2))))
                    .hasMessageContaining("cannot be reached");
            assertThatThrownBy(() -> index.search(query(Duration.ofSeconds(2))))
                    .isInstanceOf(IndexException.class)
                    .hasMessageContaining("The index cannot be reached");
            assertThatThrownBy(() -> index.find("g0")).hasMessageContaining("cannot be reached");
            assertThatThrownBy(() -> index.append(batch(5))).hasMessageContaining("cannot be reached");
            assertThat(index.trouble())
                    .hasValueSatisfying(text -> assertThat(text).contains("cannot be reached"));

            // when: a reader that waits meanwhile
            Thread starting = Thread.ofPlatform().start(server::startAgain);
            while (standing(index, -1) < 8) {
                try {
                    read(index, standing(index), 8);
                } catch (IndexException notYet) {
                    assertThat(notYet).hasMessageNotContaining("jdbc");
                }
            }
            starting.join();

            // then
            assertThat(rows(late, 8)).isEqualTo(8 * ROWS);
            late.close();
            assertThat(rows(index, 8)).isEqualTo(8 * ROWS);
            assertThat(index.trouble()).isEmpty();
        }
    }

    @Test
    @DisplayName("F23: serialization failures and deadlocks are done again")
    void repeatsWhatOthersWereInTheWayOf() throws SQLException {
        // given: the first tries fail, however the server calls it
        try (TraceIndex index = open(url)) {
            index.append(batch(0));
            execute("""
                    CREATE SEQUENCE tries;
                    CREATE FUNCTION conflict() RETURNS trigger LANGUAGE plpgsql AS $$
                    DECLARE try bigint := nextval('tries');
                    BEGIN
                      IF try <= 4 THEN
                        RAISE EXCEPTION USING ERRCODE = CASE try % 2 WHEN 0 THEN '40001' ELSE '40P01' END;
                      END IF;
                      RETURN NEW;
                    END $$;
                    CREATE TRIGGER conflict BEFORE UPDATE ON checkpoint FOR EACH ROW EXECUTE FUNCTION conflict();
                    """);

            // when
            index.append(batch(1));

            // then
            assertThat(ask(url, "SELECT last_value FROM tries")).isEqualTo("5");
            assertThat(rows(index, 2)).isEqualTo(2 * ROWS);
        }
    }

    @Test
    @DisplayName("F23: what takes too long is given up by the server itself, and said so")
    void givesUpWhatTakesTooLong() throws SQLException {
        try (TraceIndex index = IndexOnADay.open(
                GivenPostgresql.at(url, PostgresqlServer.USER, "index")
                        .within(Duration.ofMillis(600), Duration.ofSeconds(5)),
                NOON)) {
            // given
            index.append(batch(0));
            try (Connection connection = connection(url);
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("LOCK TABLE message, checkpoint");

                // when, then
                Throwable search = catchThrowable(() -> index.search(query(Duration.ofMillis(300))));
                assertThat(search).isInstanceOf(IndexDeadlineException.class);
                assertThatThrownBy(() -> index.append(batch(1))).hasMessageContaining("took too long");
                connection.rollback();
            }
            assertThat(rows(index, 2)).isEqualTo(ROWS);
            index.append(batch(1));
            assertThat(rows(index, 2)).isEqualTo(2 * ROWS);
        }
    }

    /** As a reader of logs does it: what fails is read again from where the store says that it stands. */
    private static void read(TraceIndex index, int from, int to) {
        try {
            if (index.claim(PART)) {
                for (int number = from; number < to; number++) {
                    index.append(batch(number));
                }
            }
        } catch (IndexException e) {
            assertThat(e.getMessage()).matches("The index .*|Another process .*");
        } catch (AssertionError e) {
            // The driver asserts, in tests only, that nobody cuts its connection at one place or another.
            assertThat(e.getStackTrace()[0].getClassName()).startsWith("org.postgresql.");
        }
    }

    private void cut(AtomicInteger cuts, Random random) {
        for (int i = 0; i < CUTS; i++) {
            long until = System.nanoTime() + random.nextLong(150_000_000);
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
            PostgresqlServer.shared().cutConnections(url);
            cuts.incrementAndGet();
        }
    }

    private static int standing(TraceIndex index) {
        return Optional.ofNullable(index.checkpoints(PART).get("log"))
                .map(number -> Integer.parseInt(number) + 1)
                .orElse(0);
    }

    private static int standing(TraceIndex index, int whileAway) {
        try {
            return standing(index);
        } catch (IndexException away) {
            return whileAway;
        }
    }

    private static int rows(TraceIndex index, int batches) {
        int rows = 0;
        for (int number = 0; number < batches; number++) {
            rows += index.find("g" + number)
                    .map(message -> message.rows().size())
                    .orElse(0);
        }
        return rows;
    }

    private static Batch batch(int number) {
        List<IndexRow> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            rows.add(new IndexRow(
                    number + "/" + i,
                    NOON.plusSeconds(number),
                    PART,
                    "g" + number,
                    List.of("<g" + number + "@contoso.example>"),
                    Optional.of("sam@contoso.example"),
                    Optional.empty(),
                    List.of("user" + i + "@rivercounty.example"),
                    Optional.of("Subject " + number),
                    false,
                    "body," + i));
        }
        return new Batch(
                rows,
                List.of(),
                List.of(new Checkpoint(PART, "log", Integer.toString(number))),
                List.of(new Coverage(PART, "MSGTRK", NOON, NOON.plusSeconds(number))));
    }

    private static IndexQuery query(Duration deadline) {
        return new IndexQuery(
                Optional.of(new AddressPattern("sam@contoso.example")),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                NOON.minus(Duration.ofDays(1)),
                NOON.plus(Duration.ofDays(1)),
                false,
                Optional.empty(),
                100,
                deadline);
    }

    private static TraceIndex open(String url) {
        return IndexOnADay.open(GivenPostgresql.at(url, PostgresqlServer.USER, "index"), NOON);
    }

    private static TraceIndex impatient(String url) {
        return IndexOnADay.open(
                GivenPostgresql.at(url, PostgresqlServer.USER, "index")
                        .within(Duration.ofSeconds(10), Duration.ofMillis(300)),
                NOON);
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = connection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String ask(String url, String sql) {
        try (Connection connection = connection(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static Connection connection(String url) throws SQLException {
        return DriverManager.getConnection(url + "?currentSchema=index", PostgresqlServer.USER, "");
    }
}
