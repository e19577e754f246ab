package org.mailtrace.index.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.mailtrace.index.Questions.NOON;
import static org.mailtrace.index.Questions.sender;
import static org.mailtrace.index.Questions.within;
import static org.mailtrace.index.postgresql.NumberedLog.PART;
import static org.mailtrace.index.postgresql.NumberedLog.ROWS;
import static org.mailtrace.index.postgresql.NumberedLog.batch;
import static org.mailtrace.index.postgresql.NumberedLog.rows;
import static org.mailtrace.index.postgresql.NumberedLog.standing;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.mailtrace.index.IndexDeadlineException;
import org.mailtrace.index.IndexException;
import org.mailtrace.index.IndexQuery;
import org.mailtrace.index.TraceIndex;
import org.mailtrace.postgresql.GivenPostgresql;
import org.mailtrace.postgresql.testkit.PostgresqlServer;

/** The database goes away, is cut off or refuses, at every moment: nothing is lost, nothing doubled, nothing invented. */
class F23DatabaseFaultsTest {
    private static final int CUTS = 15;
    private static final IndexQuery QUESTION = sender("sam@contoso.example");

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
                batches = standingOr(index, batches);
            }
            cutter.join();
            batches = standing(index);

            // then
            assertThat(rows(index, batches)).as("seed %d", seed).isEqualTo(batches * ROWS);
            assertThat(tables().ask("SELECT count(*) FROM message")).isEqualTo(Integer.toString(batches));
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
            assertThatThrownBy(() -> late.search(within(Duration.ofSeconds(2), QUESTION)))
                    .hasMessageContaining("cannot be reached");
            assertThatThrownBy(() -> index.search(within(Duration.ofSeconds(2), QUESTION)))
                    .isInstanceOf(IndexException.class)
                    .hasMessageContaining("The index cannot be reached");
            assertThatThrownBy(() -> index.find("g0")).hasMessageContaining("cannot be reached");
            assertThatThrownBy(() -> index.append(batch(5))).hasMessageContaining("cannot be reached");
            assertThat(index.trouble())
                    .hasValueSatisfying(text -> assertThat(text).contains("cannot be reached"));

            // when: a reader that waits meanwhile
            Thread starting = Thread.ofPlatform().start(server::startAgain);
            while (standingOr(index, -1) < 8) {
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
    void repeatsWhatOthersWereInTheWayOf() {
        // given: the first tries fail, however the server calls it
        try (TraceIndex index = open(url)) {
            index.append(batch(0));
            tables().run("""
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
            assertThat(tables().ask("SELECT last_value FROM tries")).isEqualTo("5");
            assertThat(rows(index, 2)).isEqualTo(2 * ROWS);
        }
    }

    @Test
    @DisplayName("F23: what takes too long is given up by the server itself, and said so")
    void givesUpWhatTakesTooLong() throws SQLException {
        try (TraceIndex index = IndexOnADay.open(
                GivenPostgresql.at(url, PostgresqlServer.USER, "index")
                        .within(Duration.ofSeconds(2), Duration.ofSeconds(5)),
                NOON)) {
            // given
            index.append(batch(0));
            try (Connection connection = tables().connection();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("LOCK TABLE message, checkpoint");

                // when, then
                Throwable search = catchThrowable(() -> index.search(within(Duration.ofMillis(300), QUESTION)));
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

    private static int standingOr(TraceIndex index, int whileAway) {
        try {
            return standing(index);
        } catch (IndexException away) {
            return whileAway;
        }
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

    private Tables tables() {
        return new Tables(url, "index");
    }
}
