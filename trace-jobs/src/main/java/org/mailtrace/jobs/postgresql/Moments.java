package org.mailtrace.jobs.postgresql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Tells the time. */
@FunctionalInterface
interface Moments {
    /** The database's own clock, the same for all replicas whatever theirs say. */
    Moments OF_DATABASE = Moments::ask;

    Instant now(Connection connection) throws SQLException;

    private static Instant ask(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT clock_timestamp()")) {
            rows.next();
            return rows.getObject(1, OffsetDateTime.class).toInstant();
        }
    }
}
