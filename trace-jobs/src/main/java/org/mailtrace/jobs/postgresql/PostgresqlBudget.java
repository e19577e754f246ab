package org.mailtrace.jobs.postgresql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.mailtrace.jobs.SharedBudget;
import org.mailtrace.jobs.sql.Ids;
import org.mailtrace.jobs.sql.JobTable;
import org.mailtrace.jobs.sql.Millis;

/**
 * A budget in a store: when requests were taken, kept for each name. Times are rounded so that a request never leaves the
 * window early. Replicas take turns by a lock on the budget's name, and the time is read under it.
 *
 * <p>Where the database's clock was put back, or another server took over whose clock is behind, requests and pauses seem
 * to lie in the future. They are then taken to begin now, so that nothing is forgotten too early and nobody waits for
 * longer than a window.
 */
final class PostgresqlBudget implements SharedBudget {
    /** Rows are kept for longer than a window, because another process may be set to a longer one. */
    private static final long KEPT_AT_LEAST = Duration.ofHours(1).toMillis();

    private final PostgresqlStore store;
    private final String name;
    private final int allowed;
    private final long window;

    PostgresqlBudget(PostgresqlStore store, String name, int allowed, Duration window) {
        if (allowed < 1 || window.isNegative() || window.isZero()) {
            throw new IllegalArgumentException("a budget has requests and a window");
        }
        this.store = store;
        this.name = name;
        this.allowed = allowed;
        this.window = Millis.of(window);
    }

    @Override
    public Optional<Duration> take(int requests, int reserve) {
        if (requests < 1 || reserve < 0 || (long) requests + reserve > allowed) {
            throw new IllegalArgumentException("more than there ever is cannot be taken");
        }
        String id = Ids.anew();
        return store.write((connection, again) -> {
            Instant now = begin(connection);
            if (again && isTaken(connection, id)) {
                return Optional.empty();
            }
            long wait = Math.max(pauseLeft(connection, now), wait(connection, requests + reserve, now));
            if (wait > 0) {
                return Optional.of(Duration.ofMillis(wait));
            }
            JobTable.update(
                    connection, "INSERT INTO spent VALUES(?, ?, ?, ?)", id, name, Millis.notBefore(now), requests);
            return Optional.empty();
        });
    }

    @Override
    public int remaining() {
        return store.read(connection -> {
            Instant now = store.now(connection);
            long left = pauseLeft(connection, now) > 0 ? 0 : allowed - spent(connection, now);
            return (int) Math.max(0, left);
        });
    }

    @Override
    public Duration pause(Optional<Duration> pause) {
        return store.write(connection -> {
            Instant now = begin(connection);
            long asked = Math.max(
                    0, pause.isPresent() ? Millis.of(pause.orElseThrow()) : untilOldestLeaves(connection, now));
            long left = Math.max(pauseLeft(connection, now), asked);
            long since = Millis.notBefore(now);
            JobTable.update(
                    connection,
                    "INSERT INTO pause VALUES(?, ?, ?) ON CONFLICT(name)"
                            + " DO UPDATE SET since = excluded.since, until = excluded.until",
                    name,
                    since,
                    since + left);
            return Duration.ofMillis(left);
        });
    }

    /** Nobody else takes from this budget until the transaction is over. */
    private Instant begin(Connection connection) throws SQLException {
        try (PreparedStatement turn = connection.prepareStatement(
                "SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || ' budget ' || ?, 0))")) {
            turn.setString(1, name);
            turn.execute();
        }
        Instant now = store.now(connection);
        settle(connection, now);
        return now;
    }

    /** Brings what lies in the future back to now, and removes what nobody counts any more. */
    private void settle(Connection connection, Instant now) throws SQLException {
        long latest = Millis.notBefore(now);
        JobTable.update(connection, "UPDATE spent SET at = ? WHERE name = ? AND at > ?", latest, name, latest);
        JobTable.update(
                connection,
                "UPDATE pause SET since = ?, until = until - since + ? WHERE name = ? AND since > ?",
                latest,
                latest,
                name,
                latest);
        JobTable.update(
                connection,
                "DELETE FROM spent WHERE name = ? AND at < ?",
                name,
                Millis.of(now) - Math.max(KEPT_AT_LEAST, 2 * window));
    }

    private boolean isTaken(Connection connection, String id) throws SQLException {
        return JobTable.number(connection, "SELECT 1 FROM spent WHERE id = ?", id)
                .isPresent();
    }

    private long pauseLeft(Connection connection, Instant now) throws SQLException {
        return JobTable.number(
                        connection,
                        "SELECT least(until, until - since + ?) - ? FROM pause WHERE name = ?",
                        Millis.notBefore(now),
                        Millis.of(now),
                        name)
                .map(left -> Math.max(0, left))
                .orElse(0L);
    }

    private long spent(Connection connection, Instant now) throws SQLException {
        return JobTable.number(
                        connection,
                        "SELECT sum(requests) FROM spent WHERE name = ? AND at > ?",
                        name,
                        Millis.of(now) - window)
                .orElse(0L);
    }

    private long untilOldestLeaves(Connection connection, Instant now) throws SQLException {
        return JobTable.number(
                        connection,
                        "SELECT min(at) FROM spent WHERE name = ? AND at > ?",
                        name,
                        Millis.of(now) - window)
                .map(oldest -> oldest + window - Millis.of(now))
                .orElse(window);
    }

    /** How long it takes until so many requests have left the window that the wanted ones fit in; zero if they do now. */
    private long wait(Connection connection, int wanted, Instant now) throws SQLException {
        long tooMany = spent(connection, now) + wanted - allowed;
        if (tooMany <= 0) {
            return 0;
        }
        long start = Millis.of(now) - window;
        return JobTable.number(
                        connection,
                        "SELECT min(at) - ? FROM (SELECT at, sum(requests) OVER (ORDER BY at, id) AS gone FROM spent"
                                + " WHERE name = ? AND at > ?) leaving WHERE gone >= ?",
                        start,
                        name,
                        start,
                        tooMany)
                .orElse(window);
    }
}
