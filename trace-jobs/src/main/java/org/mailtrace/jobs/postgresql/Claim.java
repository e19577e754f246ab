package org.mailtrace.jobs.postgresql;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.mailtrace.jobs.JobState;
import org.mailtrace.jobs.sql.Ids;
import org.mailtrace.jobs.sql.JobTable;

/**
 * One worker's reach for a job. Jobs that others reach for at the same moment are passed over, so that nobody waits. The
 * reach has a name of its own: where the connection was cut, it tells whether a job was taken.
 */
final class Claim {
    /**
     * The one that waits longest since it could be gone on with: one that is put off again and again, or whose workers
     * keep dying, lets the others have their turn.
     */
    static final String TAKE = "UPDATE job SET state = '" + JobState.RUNNING
            + "', lease = lease + 1, worker = ?, claim = ?, due_at = ?, started_at = coalesce(started_at, ?)"
            + " WHERE seq = (SELECT seq FROM job WHERE due_at <= ? AND kind = ANY(?) ORDER BY due_at, seq LIMIT 1"
            + " FOR UPDATE SKIP LOCKED) RETURNING " + JobTable.COLUMNS;

    private final String name = Ids.anew();
    private final Set<String> kinds;
    private final String worker;
    private final long length;

    Claim(Set<String> kinds, String worker, long length) {
        this.kinds = kinds;
        this.worker = worker;
        this.length = length;
    }

    Optional<JobTable.Row> take(Connection connection, boolean again, long now) throws SQLException {
        Optional<JobTable.Row> taken = again ? taken(connection) : Optional.empty();
        if (taken.isPresent()) {
            return taken;
        }
        Array known = connection.createArrayOf("text", kinds.toArray());
        return JobTable.query(connection, TAKE, worker, name, now + length, now, now, known).stream()
                .findFirst();
    }

    private Optional<JobTable.Row> taken(Connection connection) throws SQLException {
        return JobTable.select(connection, "WHERE claim = ?", name).stream().findFirst();
    }
}
