package org.mailtrace.index.postgresql;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailtrace.index.Batch;
import org.mailtrace.index.TraceIndex;
import org.mailtrace.postgresql.Database;
import org.mailtrace.postgresql.GivenPostgresql;
import org.mailtrace.postgresql.Migrations;
import org.mailtrace.postgresql.testkit.PostgresqlServer;

/** The steps that an administrator is told, run as they stand on the page. */
class DatabaseStepsTest {
    private static final Path PAGE = Path.of("../docs/postgresql.md");
    private static final List<String> INDEXES = List.of("mailtrace_proofpoint", "mailtrace_onprem");
    private static final List<String> JOBS = List.of("mailtrace_gateway", "mailtrace_exo");

    @TempDir
    private Path folder;

    @Test
    void theStepsOnThePageMakeADatabaseThatAllServicesCanUse() throws IOException, SQLException {
        // given
        PostgresqlServer server = PostgresqlServer.shared();
        String url = run(server, block());
        server.asksForThePasswordOf(
                Stream.concat(INDEXES.stream(), JOBS.stream()).toArray(String[]::new));

        // when
        for (String role : INDEXES) {
            try (TraceIndex index = PostgresqlIndex.open(as(url, role), "sample")) {
                index.append(Batch.of(List.of()));
            }
        }
        for (String role : JOBS) {
            Database.open("store", as(url, role), new Migrations("jobs", List.of("CREATE TABLE job(id text)")))
                    .close();
        }

        // then
        assertThatThrownBy(() -> use(url, "mailtrace_exo", "SELECT * FROM mailtrace_gateway.job"))
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> use(url, "mailtrace_exo", "CREATE SCHEMA another"))
                .hasMessageContaining("permission denied");
    }

    private GivenPostgresql as(String url, String role) throws IOException {
        Path password = Files.writeString(folder.resolve(role), password(role));
        return GivenPostgresql.at(url, role, role).withPasswordFile(password);
    }

    private static String password(String role) throws IOException {
        return block().lines()
                .filter(line -> line.startsWith("CREATE ROLE " + role + " "))
                .map(line -> line.replaceFirst(".*PASSWORD '(.*)';", "$1"))
                .findFirst()
                .orElse("");
    }

    private static String block() throws IOException {
        String page = Files.readString(PAGE);
        int start = page.indexOf("```sql\n");
        return page.substring(start + "```sql\n".length(), page.indexOf("\n```\n", start));
    }

    /** As psql does: one statement after the other, and another connection where it says so. */
    private static String run(PostgresqlServer server, String block) throws SQLException, IOException {
        String[] parts = block.split("\\\\connect mailtrace\n", 2);
        use(server.url("postgres"), PostgresqlServer.USER, parts[0].split(";"));
        String url = server.url("mailtrace");
        use(url, PostgresqlServer.USER, parts[1].split(";"));
        return url;
    }

    private static void use(String url, String role, String... statements) throws SQLException, IOException {
        try (Connection connection = DriverManager.getConnection(url, role, password(role));
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                if (!sql.isBlank()) {
                    statement.execute(sql);
                }
            }
        }
    }
}
