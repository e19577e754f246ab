package org.mailtrace.index.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mailtrace.index.Questions.NOON;
import static org.mailtrace.index.Rows.row;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.mailtrace.index.Batch;
import org.mailtrace.index.Engine;
import org.mailtrace.index.IndexException;
import org.mailtrace.index.TraceIndex;
import org.mailtrace.postgresql.Database;
import org.mailtrace.postgresql.GivenPostgresql;
import org.mailtrace.postgresql.Migrations;
import org.mailtrace.postgresql.testkit.PostgresqlServer;

/** How the tables come to be, and whose they are. */
class SchemaTest extends OnPostgresql {
    private static final String INDEX_FILES =
            "SELECT string_agg(relname || ' ' || relfilenode, ',' ORDER BY relname) FROM pg_class JOIN pg_namespace n ON"
                    + " n.oid = relnamespace WHERE n.nspname = current_schema() AND relkind = 'i' AND relname ~"
                    + " '^(term|message|block)_(d|rest)'";

    @Test
    void givesEachDayOfTheFirstVersionAKeyOfItsOwn() {
        // given
        index.close();
        run("DROP SCHEMA " + Engine.schema(folder).schema() + " CASCADE");
        Migrations first = new Migrations("index", Schema.MIGRATIONS.scripts().subList(0, 1));
        Database.open("index", Engine.schema(folder), first).close();
        long day = Days.of(NOON.toEpochMilli());
        for (String table : Schema.PARTITIONED) {
            run("CREATE TABLE " + Days.name(table, day) + "(LIKE " + table + " INCLUDING ALL)");
            run("ALTER TABLE " + table + " ATTACH PARTITION " + Days.name(table, day) + " FOR VALUES FROM ("
                    + day * Days.LENGTH + ") TO (" + (day + 1) * Days.LENGTH + ")");
        }
        String files = ask(INDEX_FILES);

        // when
        index = open();
        String filesAfterwards = ask(INDEX_FILES);
        index.append(Batch.of(List.of(row("k1", NOON, "g1", "sam@contoso.example", "Hello"))));

        // then
        assertThat(ask("SELECT string_agg(DISTINCT relkind::text, '') FROM pg_constraint JOIN pg_class ON"
                        + " pg_class.oid = conrelid WHERE contype = 'p' AND relname ~ '^(term|message|block)_'"))
                .isEqualTo("r");
        assertThat(
                        ask(
                                "SELECT count(*) FROM pg_constraint JOIN pg_inherits ON conrelid = inhrelid WHERE contype = 'p'"))
                .isEqualTo(ask("SELECT count(*) FROM pg_inherits JOIN pg_class ON oid = inhrelid WHERE relkind = 'r'"));
        assertThat(filesAfterwards).as("no index is built anew").isEqualTo(files);
        assertThat(index.find("g1")).isPresent();
    }

    @Test
    void refusesTablesOfANewerVersion() {
        // given
        run("UPDATE mailtrace_version SET version = 99");

        // when, then
        assertThatThrownBy(this::open)
                .isInstanceOf(IndexException.class)
                .hasMessageContaining("newer Mailtrace (version 99, this program knows 2)");
    }

    @Test
    void refusesTablesOfANewerMailtraceThatCameWhileTheServerWasAway() {
        try (PostgresqlServer server = PostgresqlServer.start()) {
            // given
            GivenPostgresql given = GivenPostgresql.at(server.newDatabase(), PostgresqlServer.USER, "mine");
            PostgresqlIndex.open(given, "sample").close();
            Tables.of(given).run("UPDATE mailtrace_version SET version = 99");
            server.stop();

            // when
            try (TraceIndex waiting =
                    PostgresqlIndex.open(given.within(Duration.ofSeconds(5), Duration.ofSeconds(3)), "sample")) {
                assertThat(waiting.refusal()).isEmpty();
                server.startAgain();

                // then
                assertThatThrownBy(() -> waiting.find("g1")).hasMessageContaining("newer Mailtrace");
                assertThat(waiting.refusal())
                        .hasValueSatisfying(sentence -> assertThat(sentence).contains("newer Mailtrace"));
            }
        }
    }

    @Test
    void saysWhatToDoWhereTheExtensionForTrigramsIsMissing() {
        // given
        PostgresqlServer server = PostgresqlServer.shared();
        String url = server.newDatabase();
        Tables database = new Tables(url, "public");
        server.execute("DROP ROLE IF EXISTS plain");
        server.execute("CREATE ROLE plain LOGIN");
        database.run("CREATE SCHEMA theirs AUTHORIZATION plain");
        database.run("REVOKE CREATE ON SCHEMA public FROM PUBLIC");

        // when, then
        assertThatThrownBy(() -> PostgresqlIndex.open(GivenPostgresql.at(url, "plain", "theirs"), "sample"))
                .isInstanceOf(IndexException.class)
                .hasMessageContaining("lacks the extension pg_trgm")
                .hasMessageContaining("CREATE EXTENSION pg_trgm");
        database.run("CREATE EXTENSION pg_trgm");
        PostgresqlIndex.open(GivenPostgresql.at(url, "plain", "theirs"), "sample")
                .close();
    }

    @Test
    void startsWhereAnotherServiceMakesTheExtensionAtTheSameMoment() throws Exception {
        // given
        String url = PostgresqlServer.shared().newDatabase();
        try (ExecutorService thread = Executors.newSingleThreadExecutor();
                Connection other = DriverManager.getConnection(url, PostgresqlServer.USER, "");
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("CREATE EXTENSION pg_trgm SCHEMA public");

            // when
            Future<PostgresqlIndex> opened = thread.submit(
                    () -> PostgresqlIndex.open(GivenPostgresql.at(url, PostgresqlServer.USER, "mine"), "sample"));
            new Tables(url, "public").awaitWaiting(1);
            other.commit();

            // then
            opened.get().close();
        }
    }

    @Test
    void keepsWhateverIsOrderedOrFoundByItsBeginningByItsBytes() {
        // when: a text of another collation is ordered by the words of the server's language
        String others = ask("SELECT string_agg(c.relname || '.' || a.attname, ' ' ORDER BY c.relname, a.attname)"
                + " FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_collation l ON l.oid = a.attcollation"
                + " WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND a.attnum > 0"
                + " AND l.collname <> 'C'");

        // then
        assertThat(others).isEqualTo("dead_letter.reason mailtrace_version.component setting.name setting.value");
    }
}
