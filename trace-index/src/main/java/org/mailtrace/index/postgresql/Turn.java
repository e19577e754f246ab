package org.mailtrace.index.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The writers' turns. Replicas prepare what they read at the same time and store it one after the other: so none ever
 * meets a message that another one is changing. A replica whose machine vanishes in its turn is passed over.
 */
final class Turn {
    private static final String LOCK =
            "SELECT pg_advisory_xact_lock(hashtextextended('mailtrace index ' || current_schema(), 0))";

    private Turn() {}

    /** Waits for our turn; it lasts until the transaction ends. */
    static void take(Connection connection) throws SQLException {
        execute(connection, "SET LOCAL idle_in_transaction_session_timeout = '10s'; " + LOCK);
    }

    /**
     * As {@link #take}, for changes of the tables themselves, which wait for every search and let none pass. They give up
     * before the server looks for deadlocks (a second), so that it is never a search that is given up.
     */
    static void takeToChangeTables(Connection connection) throws SQLException {
        take(connection);
        execute(connection, "SET LOCAL lock_timeout = '500ms'");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
