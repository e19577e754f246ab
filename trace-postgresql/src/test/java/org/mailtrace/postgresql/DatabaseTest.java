package org.mailtrace.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.mailtrace.postgresql.PostgresqlException.Reason;
import org.mailtrace.postgresql.testkit.PostgresqlServer;

@Execution(ExecutionMode.CONCURRENT)
class DatabaseTest {
    private static final Migrations FIRST =
            new Migrations("numbers", List.of("CREATE TABLE number(value integer PRIMARY KEY)"));
    private static final Migrations SECOND =
            new Migrations("numbers", List.of(FIRST.scripts().getFirst(), "CREATE TABLE word(value text); SELECT 1"));

    private final String url = PostgresqlServer.shared().newDatabase();
    private final GivenPostgresql settings = GivenPostgresql.at(url, PostgresqlServer.USER, "things");

    @Test
    void keepsWhatWasWrittenAndTakesBackWhatFailed() {
        try (Database database = open(settings, FIRST)) {
            // when
            database.write(connection -> add(connection, 1));
            assertThatThrownBy(() -> database.write(connection -> {
                        add(connection, 2);
                        throw new IllegalStateException("on purpose");
                    }))
                    .isInstanceOf(IllegalStateException.class);

            // then
            assertThat(numbers(database)).containsExactly(1);
        }
    }

    @Test
    void goesFromEachVersionToTheNextAndKeepsWhatWasThere() {
        // given
        try (Database database = open(settings, FIRST)) {
            database.write(connection -> add(connection, 1));
        }

        // when
        try (Database database = open(settings, SECOND)) {
            // then
            assertThat(numbers(database)).containsExactly(1);
            assertThat(number(database, "SELECT count(*) FROM word")).isZero();
        }
        try (Database database = open(settings, SECOND)) {
            assertThat(numbers(database)).containsExactly(1);
        }
    }

    @Test
    void refusesTablesOfANewerMailtraceInClearWords() {
        // given
        open(settings, SECOND).close();

        // then
        assertThatThrownBy(() -> open(settings, FIRST))
                .hasMessage("The tables of the store of numbers were made by a newer Mailtrace (version 2, this program"
                        + " knows 1); use that version, or another schema.");
    }

    @Test
    void replicasThatStartTogetherMakeTheTablesOnce() {
        // given
        int replicas = 6;
        CyclicBarrier together = new CyclicBarrier(replicas);

        // when
        List<CompletableFuture<Void>> started = new ArrayList<>();
        for (int i = 0; i < replicas; i++) {
            int number = i;
            started.add(CompletableFuture.runAsync(
                    () -> {
                        await(together);
                        try (Database database = open(settings, SECOND)) {
                            database.write(connection -> add(connection, number));
                        }
                    },
                    task -> Thread.ofPlatform().start(task)));
        }
        started.forEach(CompletableFuture::join);

        // then
        try (Database database = open(settings, SECOND)) {
            assertThat(numbers(database)).hasSize(replicas);
        }
    }

    @Test
    void plansEachStatementForItsValuesAndInItsSchema() {
        try (Database database = open(settings, FIRST)) {
            assertThat(show(database, "plan_cache_mode")).isEqualTo("force_custom_plan");
            assertThat(show(database, "search_path")).isEqualTo("things, public");
            assertThat(show(database, "statement_timeout")).isEqualTo("30s");
            assertThat(show(database, "application_name")).isEqualTo("things");
        }
    }

    /** A machine that lost its power says nothing to the server, which keeps its transaction, and the rows it locked. */
    @Test
    void letsTheServerForgetATransactionWhoseProcessVanishedBeforeALeaseOfTwentySecondsEnds() {
        try (Database database = open(settings, FIRST)) {
            assertThat(show(database, "idle_in_transaction_session_timeout")).isEqualTo("15s");
        }
        try (Database database = open(settings.within(Duration.ofSeconds(3), Duration.ofSeconds(5)), FIRST)) {
            assertThat(show(database, "idle_in_transaction_session_timeout")).isEqualTo("3s");
        }
    }

    @Test
    void keepsToItsSchemaAlsoAfterAFirstTransactionWasTakenBack() {
        try (Database database = open(settings, FIRST)) {
            // given: a new connection whose first work fails
            PostgresqlServer.shared().cutConnections(url);
            assertThatThrownBy(() -> database.write(connection -> {
                        add(connection, 1);
                        throw new IllegalStateException("on purpose");
                    }))
                    .isInstanceOf(IllegalStateException.class);

            // then
            assertThat(show(database, "default_transaction_isolation")).isEqualTo("read committed");
            assertThat(show(database, "idle_in_transaction_session_timeout")).isNotEqualTo("0");
            assertThat(show(database, "search_path")).isEqualTo("things, public");
            assertThat(show(database, "plan_cache_mode")).isEqualTo("force_custom_plan");
            assertThat(numbers(database)).isEmpty();
        }
    }

    @Test
    void neverWritesWhereItOnlyLooks() {
        try (Database database = open(settings.within(Duration.ofSeconds(5), Duration.ofSeconds(3)), FIRST)) {
            assertThatThrownBy(() -> database.read(connection -> add(connection, 1)))
                    .extracting("reason")
                    .isEqualTo(Reason.READ_ONLY);
        }
    }

    @Test
    void doesWorkAgainWhoseConnectionWasCutBeforeTheCommit() {
        try (Database database = open(settings, FIRST)) {
            AtomicInteger times = new AtomicInteger();

            // when
            database.write(connection -> {
                add(connection, 1);
                if (times.incrementAndGet() == 1) {
                    PostgresqlServer.shared().cutConnections(url);
                }
                return add(connection, 2);
            });

            // then
            assertThat(times).hasValue(2);
            assertThat(numbers(database)).containsExactly(1, 2);
        }
    }

    @Test
    void idleConnectionsThatWereCutAreReplaced() {
        try (Database database = open(settings, FIRST)) {
            database.write(connection -> add(connection, 1));

            // when
            PostgresqlServer.shared().cutConnections(url);

            // then
            database.write(connection -> add(connection, 2));
            assertThat(numbers(database)).containsExactly(1, 2);
        }
    }

    @Test
    void saysThatItDoesNotKnowWhetherACutCommitWasStored() {
        try (Database database = open(settings, FIRST)) {
            cutInCommits(database);

            // then
            assertThatThrownBy(() -> database.write(connection -> add(connection, 1)))
                    .hasMessage("The store of numbers was cut off while it stored something; whether that is stored is"
                            + " not known.");
        }
    }

    @Test
    void doesWorkAgainWhoseCommitWasCutIfThatIsSafe() {
        try (Database database = open(settings, FIRST)) {
            // given
            cutInCommits(database);
            AtomicInteger times = new AtomicInteger();

            // when: the second time nothing is cut
            database.writeRepeatably(connection -> {
                if (times.incrementAndGet() == 2) {
                    execute(connection, "ALTER TABLE number DISABLE TRIGGER ALL");
                }
                return add(connection, 1);
            });

            // then
            assertThat(times).hasValue(2);
            assertThat(numbers(database)).containsExactly(1);
        }
    }

    @Test
    void doesConflictingWorkAgain() {
        try (Database database = open(settings, FIRST)) {
            AtomicInteger times = new AtomicInteger();

            // when
            int result = database.write(connection -> {
                if (times.incrementAndGet() < 3) {
                    execute(connection, "DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '40001'; END $$");
                }
                return times.get();
            });

            // then
            assertThat(result).isEqualTo(3);
        }
    }

    @Test
    void givesUpWhatTakesTooLong() {
        try (Database database = open(settings, FIRST)) {
            assertThatThrownBy(() -> database.read(
                            Duration.ofMillis(50), connection -> number(connection, "SELECT 1 FROM pg_sleep(20)")))
                    .hasMessage("The store of numbers took too long to answer and was not waited for any longer.");
        }
    }

    @Test
    void startsWithoutAServerAndMakesTheTablesLater() {
        try (PostgresqlServer server = PostgresqlServer.start()) {
            // given
            String later = server.newDatabase();
            server.stop();

            // when
            GivenPostgresql away = GivenPostgresql.at(later, PostgresqlServer.USER, "things");
            try (Database database = open(away.within(Duration.ofSeconds(5), Duration.ofSeconds(3)), FIRST)) {
                assertThatThrownBy(() -> database.write(connection -> add(connection, 1)))
                        .hasMessage(
                                "The store of numbers cannot be reached: the PostgreSQL server is away, starting, or"
                                        + " has no connection left.");
                server.startAgain();

                // then
                database.write(connection -> add(connection, 1));
                assertThat(numbers(database)).containsExactly(1);
            }
        }
    }

    @Test
    void saysWhyItRefusesToWorkWhereANewerMailtraceCameWhileTheServerWasAway() {
        try (PostgresqlServer server = PostgresqlServer.start()) {
            // given
            GivenPostgresql given = GivenPostgresql.at(server.newDatabase(), PostgresqlServer.USER, "things");
            open(given, SECOND).close();
            server.stop();

            // when
            try (Database database = open(given.within(Duration.ofSeconds(5), Duration.ofSeconds(3)), FIRST)) {
                assertThat(database.refusal()).isEmpty();
                server.startAgain();

                // then
                assertThatThrownBy(() -> database.write(connection -> add(connection, 1)))
                        .hasMessageContaining("newer Mailtrace (version 2, this program knows 1)");
                assertThat(database.refusal())
                        .hasValueSatisfying(sentence -> assertThat(sentence).contains("newer Mailtrace"));
            }
        }
    }

    @Test
    void refusesADatabaseThatIsNotThere() {
        assertThatThrownBy(() -> open(GivenPostgresql.at(url + "x", PostgresqlServer.USER, "things"), FIRST))
                .hasMessage("The store of numbers refuses this service: the database, the account, its password or a"
                        + " right of it is missing.");
        assertThatThrownBy(() -> open(GivenPostgresql.at(url, PostgresqlServer.USER, "Thing\""), FIRST))
                .hasMessage("The schema's name has to be of lower-case letters, digits and underlines.");
    }

    @Test
    void aPasswordThatIsReplacedInItsFileIsUsedForNewConnectionsWithoutARestart(@TempDir Path folder)
            throws IOException {
        // given
        PostgresqlServer server = PostgresqlServer.shared();
        server.execute("CREATE ROLE rotating LOGIN PASSWORD 'the first'");
        String own = server.newDatabase("rotating");
        server.asksForThePasswordOf("rotating");
        Path file = Files.writeString(folder.resolve("password"), "the first\n");
        GivenPostgresql secret = GivenPostgresql.at(own, "rotating", "things").withPasswordFile(file);
        try (Database database = open(secret, FIRST)) {
            database.write(connection -> add(connection, 1));

            // when
            server.execute("ALTER ROLE rotating PASSWORD 'the second'");

            // then: the connection that is there goes on, a new one is refused
            database.write(connection -> add(connection, 2));
            server.cutConnections(own);
            assertThatThrownBy(() -> database.write(connection -> add(connection, 3)))
                    .extracting("reason")
                    .isEqualTo(Reason.REFUSED);

            // when
            Files.writeString(file, "the second\n");

            // then
            database.write(connection -> add(connection, 3));
            assertThat(numbers(database)).containsExactly(1, 2, 3);

            // when: the file is away for a moment
            Files.delete(file);
            server.cutConnections(own);

            // then
            database.write(connection -> add(connection, 4));
        }
    }

    @Test
    void aPasswordFileThatCannotBeReadEndsTheStart(@TempDir Path folder) {
        assertThatThrownBy(() -> open(settings.withPasswordFile(folder.resolve("none")), FIRST))
                .hasMessage("The file with the password cannot be read, or is empty.");
    }

    private static Database open(PostgresqlSettings settings, Migrations migrations) {
        return Database.open("store of numbers", settings, migrations);
    }

    /** A deferred trigger runs within the commit. */
    private static void cutInCommits(Database database) {
        database.write(connection -> {
            execute(
                    connection,
                    "CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS"
                            + " $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$");
            execute(
                    connection,
                    "CREATE CONSTRAINT TRIGGER cut AFTER INSERT ON number"
                            + " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION cut()");
            return true;
        });
    }

    private static int add(Connection connection, int value) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("INSERT INTO number VALUES(?)")) {
            statement.setInt(1, value);
            return statement.executeUpdate();
        }
    }

    private static List<Integer> numbers(Database database) {
        return database.read(connection -> {
            List<Integer> values = new ArrayList<>();
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT value FROM number ORDER BY value")) {
                while (rows.next()) {
                    values.add(rows.getInt(1));
                }
            }
            return values;
        });
    }

    private static String show(Database database, String setting) {
        return database.read(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SHOW " + setting)) {
                rows.next();
                return rows.getString(1);
            }
        });
    }

    private static long number(Database database, String sql) {
        return database.read(connection -> number(connection, sql));
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
