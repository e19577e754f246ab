package org.mailtrace.index.postgresql;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.mailtrace.postgresql.PostgresqlSettings;
import org.mailtrace.postgresql.testkit.PostgresqlServer;

/**
 * A look past the index at what stands in a database.
 *
 * @param schema what is looked at first
 */
public record Tables(String url, String schema) {
    static Tables of(PostgresqlSettings settings) {
        return new Tables(settings.url().orElseThrow(), settings.schema());
    }

    /** A connection of the superuser. */
    public Connection connection() throws SQLException {
        return DriverManager.getConnection(
                url + (url.contains("?") ? "&" : "?") + "currentSchema=" + schema + ",public",
                PostgresqlServer.USER,
                "");
    }

    /** The first column of the first row. */
    String ask(String sql) {
        try (Connection connection = connection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    void run(String sql) {
        try (Connection connection = connection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    /** Returns once so many connections wait for others. */
    void awaitWaiting(int connections) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> Integer.parseInt(ask("SELECT count(*) FROM pg_stat_activity"
                                + " WHERE datname = current_database() AND wait_event_type = 'Lock'"))
                        >= connections);
    }
}
