package org.mailtrace.jobs.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailtrace.jobs.Job;
import org.mailtrace.jobs.JobState;

/** Reads jobs, and asks in short. */
public final class JobTable {
    /** What a row is read from. */
    public static final String COLUMNS = "seq, id, kind, owner, state, request, checkpoint, progress,"
            + " explanation, created_at, not_before, started_at, finished_at, expires_at, lease";

    private JobTable() {}

    /** The jobs that a condition, an order and a limit lead to. */
    public static List<Row> select(Connection connection, String where, Object... values) throws SQLException {
        return query(connection, "SELECT " + COLUMNS + " FROM job " + where, values);
    }

    /** The jobs that a statement answers with, in the {@link #COLUMNS}. */
    public static List<Row> query(Connection connection, String sql, Object... values) throws SQLException {
        List<Row> found = new ArrayList<>();
        try (PreparedStatement statement = prepare(connection, sql, values);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                found.add(new Row(rows.getLong("seq"), rows.getLong("lease"), job(rows)));
            }
        }
        return found;
    }

    /** The job of that id. */
    public static Optional<Row> byId(Connection connection, String id) throws SQLException {
        return select(connection, "WHERE id = ?", id).stream().findFirst();
    }

    /** Returns how many rows were changed. */
    public static int update(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, values)) {
            return statement.executeUpdate();
        }
    }

    /** The first column of the first row; empty if there is no row or the value is null. */
    public static Optional<Long> number(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, values);
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? optional(rows, 1) : Optional.empty();
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            Object value = values[i] instanceof Optional<?> optional ? optional.orElse(null) : values[i];
            statement.setObject(i + 1, value);
        }
        return statement;
    }

    private static Job job(ResultSet rows) throws SQLException {
        return new Job(
                rows.getString("id"),
                rows.getString("kind"),
                rows.getString("owner"),
                JobState.valueOf(rows.getString("state")),
                rows.getString("request"),
                Optional.ofNullable(rows.getString("checkpoint")),
                rows.getString("progress"),
                Optional.ofNullable(rows.getString("explanation")),
                Instant.ofEpochMilli(rows.getLong("created_at")),
                Instant.ofEpochMilli(rows.getLong("not_before")),
                moment(rows, "started_at"),
                moment(rows, "finished_at"),
                moment(rows, "expires_at"));
    }

    private static Optional<Instant> moment(ResultSet rows, String column) throws SQLException {
        return optional(rows, rows.findColumn(column)).map(Instant::ofEpochMilli);
    }

    private static Optional<Long> optional(ResultSet rows, int column) throws SQLException {
        long value = rows.getLong(column);
        return rows.wasNull() ? Optional.empty() : Optional.of(value);
    }

    /**
     * A job with what only the store knows of it.
     *
     * @param seq its number in the store
     * @param lease the number of its last lease
     */
    public record Row(long seq, long lease, Job job) {}
}
