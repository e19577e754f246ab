package org.mailtrace.index.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.mailtrace.index.Batch;
import org.mailtrace.index.Checkpoint;
import org.mailtrace.index.Coverage;
import org.mailtrace.index.packing.Draft;
import org.mailtrace.index.packing.Press;

/** The one writer: stores a batch in one transaction. Not safe for several threads; its owner takes turns. */
final class Writer implements AutoCloseable {
    static final String PURGED_BEFORE = "purged-before";

    private final Connection connection;
    private final Press press;
    private final MessageWriter messages;
    private final DeadLetterTable deadLetters;
    private final PreparedStatement putCheckpoint;
    private final PreparedStatement deleteCheckpoint;
    private final PreparedStatement putCoverage;
    private final PreparedStatement raiseCoverage;
    private final PreparedStatement putFloor;
    /** Whether a transaction went wrong, so that what is remembered may not be so. */
    private boolean doubtful;

    Writer(Connection connection, Press press, Clock clock) throws SQLException {
        this.connection = connection;
        this.press = press;
        connection.setAutoCommit(false);
        messages = new MessageWriter(connection, press);
        deadLetters = new DeadLetterTable(connection, clock);
        putCheckpoint = connection.prepareStatement("INSERT OR REPLACE INTO checkpoint VALUES(?, ?, ?)");
        deleteCheckpoint = connection.prepareStatement("DELETE FROM checkpoint WHERE part = ? AND stream = ?");
        putCoverage = connection.prepareStatement("INSERT OR REPLACE INTO coverage SELECT ?1, ?2, max(?3, floor),"
                + " max(?4, floor) FROM (SELECT coalesce(max(CAST(value AS INTEGER)), -1 << 62) AS floor FROM setting"
                + " WHERE name = '" + PURGED_BEFORE + "')");
        putFloor = connection.prepareStatement("INSERT OR REPLACE INTO setting SELECT '" + PURGED_BEFORE
                + "', max(?, coalesce(max(CAST(value AS INTEGER)), -1 << 62)) FROM setting WHERE name = '"
                + PURGED_BEFORE + "'");
        raiseCoverage =
                connection.prepareStatement("UPDATE coverage SET since = ?1, until = max(until, ?1) WHERE since < ?1");
        connection.commit();
    }

    /** Says that somebody else may have written, so that what is remembered may not be so. */
    void doubt() {
        doubtful = true;
        messages.forget();
    }

    /**
     * Stores a batch.
     *
     * @param drafts its rows
     */
    void store(List<Draft> drafts, Batch batch) throws SQLException {
        inTransaction(() -> {
            for (Draft draft : drafts) {
                messages.add(draft);
            }
            deadLetters.add(batch.deadLetters());
            for (Checkpoint checkpoint : batch.checkpoints()) {
                store(checkpoint);
            }
            for (Coverage coverage : batch.coverage()) {
                store(coverage);
            }
            messages.finish();
            return batch.rows().size();
        });
    }

    int purge(Instant before, int limit) throws SQLException {
        long time = before.toEpochMilli();
        return inTransaction(() -> {
            putFloor.setLong(1, time);
            putFloor.executeUpdate();
            raiseCoverage.setLong(1, time);
            raiseCoverage.executeUpdate();
            deadLetters.removeOlderThan(time);
            int removed = 0;
            while (removed < limit && messages.removeOldest(time)) {
                removed++;
            }
            if (removed > 0) {
                messages.removeEmptySpans();
                // Addresses may have gone that are still remembered by their numbers.
                messages.forget();
                messages.remember();
            }
            return removed;
        });
    }

    /** Forgets where readers stand; returns of how many streams it was known. */
    int forget(String part, Collection<String> streams) throws SQLException {
        return inTransaction(() -> {
            int forgotten = 0;
            for (String stream : streams) {
                deleteCheckpoint.setString(1, part);
                deleteCheckpoint.setString(2, stream);
                forgotten += deleteCheckpoint.executeUpdate();
            }
            return forgotten;
        });
    }

    private int inTransaction(Work work) throws SQLException {
        boolean done = false;
        try {
            if (doubtful) {
                Transactions.takeBack(connection);
                messages.remember();
                doubtful = false;
            }
            int count = work.run();
            connection.commit();
            done = true;
            return count;
        } finally {
            if (!done) {
                doubtful = true;
                messages.forget();
                Transactions.takeBack(connection);
            }
        }
    }

    private void store(Checkpoint checkpoint) throws SQLException {
        putCheckpoint.setString(1, checkpoint.part());
        putCheckpoint.setString(2, checkpoint.stream());
        putCheckpoint.setString(3, checkpoint.position());
        putCheckpoint.executeUpdate();
    }

    private void store(Coverage coverage) throws SQLException {
        putCoverage.setString(1, coverage.part());
        putCoverage.setString(2, coverage.lane());
        putCoverage.setLong(3, coverage.since().toEpochMilli());
        putCoverage.setLong(4, coverage.until().toEpochMilli());
        putCoverage.executeUpdate();
    }

    @Override
    public void close() throws SQLException {
        press.close();
        connection.close();
    }

    /** What happens in a transaction; returns how many. */
    private interface Work {
        int run() throws SQLException;
    }
}
