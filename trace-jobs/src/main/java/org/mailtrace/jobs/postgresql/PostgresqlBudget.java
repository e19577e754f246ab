package org.mailtrace.jobs.postgresql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.mailtrace.jobs.SharedBudget;
import org.mailtrace.jobs.sql.Allowance;
import org.mailtrace.jobs.sql.Ids;
import org.mailtrace.jobs.sql.JobTable;
import org.mailtrace.jobs.sql.Millis;

/**
 * A budget in a database. Replicas take turns by a lock on the budget's name, and the time is read under it: the
 * database's, which may be behind where another server took over.
 */
final class PostgresqlBudget implements SharedBudget {
    private final PostgresqlStore store;
    private final Allowance allowance;

    PostgresqlBudget(PostgresqlStore store, Allowance allowance) {
        this.store = store;
        this.allowance = allowance;
    }

    @Override
    public Optional<Duration> take(int requests, int reserve) {
        allowance.require(requests, reserve);
        String id = Ids.anew();
        return store.write((connection, again) -> {
            Allowance.Now now = begin(connection);
            if (again && isTaken(connection, id)) {
                return Optional.empty();
            }
            long wait = now.wait(requests + reserve);
            if (wait > 0) {
                return Optional.of(Duration.ofMillis(wait));
            }
            JobTable.update(
                    connection,
                    "INSERT INTO spent VALUES(?, ?, ?, ?)",
                    id,
                    allowance.name(),
                    Millis.notBefore(now.now()),
                    requests);
            return Optional.empty();
        });
    }

    @Override
    public int remaining() {
        return store.read(
                connection -> allowance.at(connection, store.now(connection)).remaining());
    }

    @Override
    public Duration pause(Optional<Duration> pause) {
        return store.write(connection -> begin(connection).pause(pause));
    }

    /** Nobody else takes from this budget until the transaction is over. */
    private Allowance.Now begin(Connection connection) throws SQLException {
        try (PreparedStatement turn = connection.prepareStatement(
                "SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || ' budget ' || ?, 0))")) {
            turn.setString(1, allowance.name());
            turn.execute();
        }
        Allowance.Now now = allowance.at(connection, store.now(connection));
        now.settle();
        return now;
    }

    private static boolean isTaken(Connection connection, String id) throws SQLException {
        return JobTable.number(connection, "SELECT 1 FROM spent WHERE id = ?", id)
                .isPresent();
    }
}
