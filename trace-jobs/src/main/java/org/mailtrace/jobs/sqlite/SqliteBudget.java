package org.mailtrace.jobs.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.mailtrace.jobs.SharedBudget;
import org.mailtrace.jobs.sql.JobTable;
import org.mailtrace.jobs.sql.Millis;

/**
 * A budget in a store: when requests were taken, kept for each name. Times are rounded so that a request never leaves the
 * window early.
 *
 * <p>Where the clock was put back, requests and pauses seem to lie in the future. They are then taken to begin now, so
 * that nothing is forgotten too early and nobody waits for longer than a window. Where the clock is put forward, requests
 * leave early; only the other side can tell then, and a pause follows.
 */
final class SqliteBudget implements SharedBudget {
    /** Rows are kept for longer than a window, because another process may be set to a longer one. */
    private static final long KEPT_AT_LEAST = Duration.ofHours(1).toMillis();

    static final String SPENT = "SELECT sum(requests) FROM spent WHERE name = ? AND at > ?";

    private final SqliteStore store;
    private final Clock clock;
    private final String name;
    private final int allowed;
    private final long window;

    SqliteBudget(SqliteStore store, Clock clock, String name, int allowed, Duration window) {
        if (allowed < 1 || window.isNegative() || window.isZero()) {
            throw new IllegalArgumentException("a budget has requests and a window");
        }
        this.store = store;
        this.clock = clock;
        this.name = name;
        this.allowed = allowed;
        this.window = Millis.of(window);
    }

    @Override
    public Optional<Duration> take(int requests, int reserve) {
        if (requests < 1 || reserve < 0 || (long) requests + reserve > allowed) {
            throw new IllegalArgumentException("more than there ever is cannot be taken");
        }
        return store.write(connection -> {
            Instant now = clock.instant();
            settle(connection, now);
            long wait = Math.max(pauseLeft(connection, now), wait(connection, requests + reserve, now));
            if (wait > 0) {
                return Optional.of(Duration.ofMillis(wait));
            }
            JobTable.update(connection, "INSERT INTO spent VALUES(?, ?, ?)", name, Millis.notBefore(now), requests);
            return Optional.empty();
        });
    }

    @Override
    public int remaining() {
        return store.read(connection -> {
            Instant now = clock.instant();
            long left = pauseLeft(connection, now) > 0 ? 0 : allowed - spent(connection, now);
            return (int) Math.max(0, left);
        });
    }

    @Override
    public Duration pause(Optional<Duration> pause) {
        return store.write(connection -> {
            Instant now = clock.instant();
            settle(connection, now);
            long asked = Math.max(
                    0, pause.isPresent() ? Millis.of(pause.orElseThrow()) : untilOldestLeaves(connection, now));
            long left = Math.max(pauseLeft(connection, now), asked);
            long since = Millis.notBefore(now);
            JobTable.update(connection, "INSERT OR REPLACE INTO pause VALUES(?, ?, ?)", name, since, since + left);
            return Duration.ofMillis(left);
        });
    }

    /** Brings what lies in the future back to now, and removes what nobody counts any more. */
    private void settle(Connection connection, Instant now) throws SQLException {
        long latest = Millis.notBefore(now);
        JobTable.update(connection, "UPDATE spent SET at = ?1 WHERE name = ?2 AND at > ?1", latest, name);
        JobTable.update(
                connection,
                "UPDATE pause SET since = ?1, until = until - since + ?1 WHERE name = ?2 AND since > ?1",
                latest,
                name);
        JobTable.update(
                connection,
                "DELETE FROM spent WHERE name = ? AND at < ?",
                name,
                Millis.of(now) - Math.max(KEPT_AT_LEAST, 2 * window));
    }

    private long pauseLeft(Connection connection, Instant now) throws SQLException {
        return JobTable.number(
                        connection,
                        "SELECT min(until, until - since + ?1) - ?2 FROM pause WHERE name = ?3",
                        Millis.notBefore(now),
                        Millis.of(now),
                        name)
                .map(left -> Math.max(0, left))
                .orElse(0L);
    }

    private long spent(Connection connection, Instant now) throws SQLException {
        return JobTable.number(connection, SPENT, name, Millis.of(now) - window).orElse(0L);
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
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT at, requests FROM spent WHERE name = ? AND at > ? ORDER BY at")) {
            statement.setString(1, name);
            statement.setLong(2, start);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    tooMany -= rows.getLong(2);
                    if (tooMany <= 0) {
                        return rows.getLong(1) - start;
                    }
                }
            }
        }
        return window;
    }
}
