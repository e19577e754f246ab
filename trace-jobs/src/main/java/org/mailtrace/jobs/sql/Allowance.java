package org.mailtrace.jobs.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How many requests may be taken in a window, and what was taken of it: when, kept in the table {@code spent}, and until
 * when none may be, kept in {@code pause}. Times are rounded so that a request never leaves the window early.
 *
 * @param name whose requests they are
 * @param requests how many there are in a window
 * @param window in milliseconds
 */
public record Allowance(String name, int requests, long window) {
    /** What {@link Now#spent()} asks. */
    public static final String SPENT = "SELECT sum(requests) FROM spent WHERE name = ? AND at > ?";

    /** Rows are kept for longer than a window, because another process may be set to a longer one. */
    private static final long KEPT_AT_LEAST = Duration.ofHours(1).toMillis();

    public Allowance {
        if (requests < 1 || window < 1) {
            throw new IllegalArgumentException("a budget has requests and a window");
        }
    }

    /**
     * Refuses what can never be.
     *
     * @throws IllegalArgumentException if so many can never be taken
     */
    public void require(int wanted, int reserve) {
        if (wanted < 1 || reserve < 0 || (long) wanted + reserve > requests) {
            throw new IllegalArgumentException("more than there ever is cannot be taken");
        }
    }

    /** How it stands at a moment. */
    public Now at(Connection connection, Instant now) {
        return new Now(this, connection, now);
    }

    /** How it stands at one moment, in one transaction. */
    public record Now(Allowance of, Connection connection, Instant now) {
        /**
         * Brings what lies in the future back to now, and removes what nobody counts any more. The future is where requests
         * seem to lie after a clock was put back: nothing is then forgotten too early, and nobody waits for longer than a
         * window.
         */
        public void settle() throws SQLException {
            long latest = Millis.notBefore(now);
            JobTable.update(connection, "UPDATE spent SET at = ? WHERE name = ? AND at > ?", latest, of.name, latest);
            JobTable.update(
                    connection,
                    "UPDATE pause SET since = ?, until = until - since + ? WHERE name = ? AND since > ?",
                    latest,
                    latest,
                    of.name,
                    latest);
            JobTable.update(
                    connection,
                    "DELETE FROM spent WHERE name = ? AND at < ?",
                    of.name,
                    Millis.of(now) - Math.max(KEPT_AT_LEAST, 2 * of.window));
        }

        public int remaining() throws SQLException {
            long left = pauseLeft() > 0 ? 0 : of.requests - spent();
            return (int) Math.max(0, left);
        }

        /** Milliseconds until so many may be taken; zero if they may be now. */
        public long wait(int wanted) throws SQLException {
            return Math.max(pauseLeft(), untilThereIsRoom(wanted));
        }

        /**
         * None may be taken for so long, or for as long as was said before if that is longer.
         *
         * @param asked without it, until the oldest request has left the window
         * @return for how long none may be
         */
        public Duration pause(Optional<Duration> asked) throws SQLException {
            long wanted = Math.max(0, asked.isPresent() ? Millis.of(asked.orElseThrow()) : untilTheOldestLeaves());
            long left = Math.max(pauseLeft(), wanted);
            long since = Millis.notBefore(now);
            JobTable.update(
                    connection,
                    "INSERT INTO pause VALUES(?, ?, ?) ON CONFLICT(name)"
                            + " DO UPDATE SET since = excluded.since, until = excluded.until",
                    of.name,
                    since,
                    since + left);
            return Duration.ofMillis(left);
        }

        private long pauseLeft() throws SQLException {
            long latest = Millis.notBefore(now);
            return JobTable.number(
                            connection,
                            "SELECT CASE WHEN since > ? THEN until - since + ? ELSE until END - ? FROM pause WHERE name = ?",
                            latest,
                            latest,
                            Millis.of(now),
                            of.name)
                    .map(left -> Math.max(0, left))
                    .orElse(0L);
        }

        private long spent() throws SQLException {
            return JobTable.number(connection, SPENT, of.name, start()).orElse(0L);
        }

        private long untilTheOldestLeaves() throws SQLException {
            return JobTable.number(connection, "SELECT min(at) FROM spent WHERE name = ? AND at > ?", of.name, start())
                    .map(oldest -> oldest - start())
                    .orElse(of.window);
        }

        /** How long it takes until so many requests have left the window that the wanted ones fit in. */
        private long untilThereIsRoom(int wanted) throws SQLException {
            long tooMany = spent() + wanted - of.requests;
            if (tooMany <= 0) {
                return 0;
            }
            return JobTable.number(
                            connection,
                            "SELECT min(at) - ? FROM (SELECT at, sum(requests) OVER (ORDER BY at) AS gone FROM spent"
                                    + " WHERE name = ? AND at > ?) leaving WHERE gone >= ?",
                            start(),
                            of.name,
                            start(),
                            tooMany)
                    .orElse(of.window);
        }

        private long start() {
            return Millis.of(now) - of.window;
        }
    }
}
