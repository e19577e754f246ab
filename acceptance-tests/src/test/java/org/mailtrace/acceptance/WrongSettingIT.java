package org.mailtrace.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailtrace.postgresql.testkit.PostgresqlServer;

@ExtendWith(RunningMailtrace.class)
class WrongSettingIT {
    @ParameterizedTest
    @CsvSource({
        "gateway,mailtrace.sources.proofpoint.url",
        "proofpoint,mailtrace.proofpoint.url",
        "onprem-exchange,mailtrace.onprem.deadline",
        "exo,mailtrace.exo.graph-url"
    })
    void stopsTheStartWithASentenceThatNamesIt(String service, String setting) {
        // when
        Launcher.Result start = start(service, Map.of(setting, "nonsense"));

        // then
        assertThat(start.exitCode()).as(start.output()).isNotZero();
        assertThat(start.output().lines().filter(line -> line.contains(setting)))
                .as(start.output())
                .isNotEmpty();
    }

    /** F21: what a rollback meets. */
    @ParameterizedTest
    @CsvSource({
        "gateway,mailtrace.store,jobs",
        "proofpoint,mailtrace.store,index",
        "onprem-exchange,mailtrace.store,index",
        "exo,mailtrace.exo.store,jobs"
    })
    void tablesOfANewerMailtraceStopTheStartWithOneSentenceAndNoStackTrace(
            String service, String setting, String component) throws SQLException {
        // given
        String database = PostgresqlServer.shared().newDatabase();
        try (Connection connection = DriverManager.getConnection(database, PostgresqlServer.USER, "any");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA newer");
            statement.execute(
                    "CREATE TABLE newer.mailtrace_version(component text PRIMARY KEY, version integer NOT NULL)");
            statement.execute("INSERT INTO newer.mailtrace_version VALUES('" + component + "', 99)");
        }

        Map<String, String> settings = new HashMap<>(Map.of(
                setting + ".kind", "postgresql",
                setting + ".postgresql.url", database,
                setting + ".postgresql.schema", "newer",
                setting + ".postgresql.username", PostgresqlServer.USER,
                setting + ".postgresql.password", "any"));
        if (service.equals("proofpoint")) {
            // The index of records is only opened where the log stream is read.
            settings.put("mailtrace.proofpoint.ask", "both");
        }

        // when
        Launcher.Result start = start(service, settings);

        // then
        assertThat(start.exitCode()).as(start.output()).isNotZero();
        assertThat(start.output().lines().filter(line -> line.contains("made by a newer Mailtrace (version 99")))
                .as(start.output())
                .hasSize(1)
                .allMatch(sentence -> sentence.endsWith("Check " + setting + ".postgresql."));
        assertThat(start.output().lines().filter(line -> line.startsWith("\tat ") || line.contains("\"ERROR\"")))
                .as(start.output())
                .isEmpty();
    }

    private static Launcher.Result start(String service, Map<String, String> settings) {
        Map<String, String> all = new TreeMap<>(settings);
        all.put("quarkus.http.host", "127.0.0.1");
        all.put("quarkus.http.port", "0");
        all.put("quarkus.management.host", "127.0.0.1");
        all.put("quarkus.management.port", "0");
        Path usual = Launcher.HOME.resolve("run/stand-ins/config/" + service + ".properties");
        // The stand-ins write the file to rank below the environment and system properties.
        return Launcher.execute(Packaged.command(service, all), Map.of("QUARKUS_CONFIG_LOCATIONS", usual.toString()));
    }
}
