package org.mailtrace.jobs.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.mailtrace.jobs.SharedBudget;
import org.mailtrace.jobs.sql.Allowance;
import org.mailtrace.jobs.sql.JobTable;
import org.mailtrace.jobs.sql.Millis;

/**
 * A budget in a file; the time is this process's. Where its clock is put forward, requests leave early; only the other
 * side can tell then, and a pause follows.
 */
final class SqliteBudget implements SharedBudget {
    private final SqliteStore store;
    private final Clock clock;
    private final Allowance allowance;

    SqliteBudget(SqliteStore store, Clock clock, Allowance allowance) {
        this.store = store;
        this.clock = clock;
        this.allowance = allowance;
    }

    @Override
    public Optional<Duration> take(int requests, int reserve) {
        allowance.require(requests, reserve);
        return store.write(connection -> {
            Allowance.Now now = begin(connection);
            long wait = now.wait(requests + reserve);
            if (wait > 0) {
                return Optional.of(Duration.ofMillis(wait));
            }
            JobTable.update(
                    connection,
                    "INSERT INTO spent VALUES(?, ?, ?)",
                    allowance.name(),
                    Millis.notBefore(now.now()),
                    requests);
            return Optional.empty();
        });
    }

    @Override
    public int remaining() {
        return store.read(
                connection -> allowance.at(connection, clock.instant()).remaining());
    }

    @Override
    public Duration pause(Optional<Duration> pause) {
        return store.write(connection -> begin(connection).pause(pause));
    }

    private Allowance.Now begin(Connection connection) throws SQLException {
        Allowance.Now now = allowance.at(connection, clock.instant());
        now.settle();
        return now;
    }
}
