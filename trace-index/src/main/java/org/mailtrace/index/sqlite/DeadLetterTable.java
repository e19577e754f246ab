package org.mailtrace.index.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import org.mailtrace.index.DeadLetter;

/** Records that were set aside: the newest of each part, and none that was set aside before what is purged. */
final class DeadLetterTable {
    /** A log that is nothing but unreadable must not fill the disk. */
    static final int MOST = 10_000;

    private final Clock clock;
    private final PreparedStatement insert;
    private final PreparedStatement insertAge;
    private final PreparedStatement removeOld;
    private final PreparedStatement removeSurplus;
    private final PreparedStatement removeAges;

    DeadLetterTable(Connection connection, Clock clock) throws SQLException {
        this.clock = clock;
        insert = connection.prepareStatement(
                "INSERT OR IGNORE INTO dead_letter(part, stream, offset, reason, excerpt) VALUES(?, ?, ?, ?, ?)");
        insertAge =
                connection.prepareStatement("INSERT OR REPLACE INTO dead_letter_age VALUES(last_insert_rowid(), ?)");
        removeOld = connection.prepareStatement(
                "DELETE FROM dead_letter WHERE id IN (SELECT id FROM dead_letter_age WHERE at < ?)");
        removeSurplus = connection.prepareStatement("DELETE FROM dead_letter WHERE part = ?1 AND id <= (SELECT id FROM"
                + " dead_letter WHERE part = ?1 ORDER BY id DESC LIMIT 1 OFFSET " + MOST + ")");
        removeAges =
                connection.prepareStatement("DELETE FROM dead_letter_age WHERE id NOT IN (SELECT id FROM dead_letter)");
    }

    void add(List<DeadLetter> letters) throws SQLException {
        for (DeadLetter letter : letters) {
            insert.setString(1, letter.part());
            insert.setString(2, letter.stream());
            insert.setLong(3, letter.offset());
            insert.setString(4, letter.reason());
            insert.setString(5, letter.excerpt());
            if (insert.executeUpdate() > 0) {
                insertAge.setLong(1, clock.millis());
                insertAge.executeUpdate();
            }
        }
        for (String part : letters.stream().map(DeadLetter::part).distinct().toList()) {
            removeSurplus.setString(1, part);
            removeAgesOf(removeSurplus.executeUpdate());
        }
    }

    /** Removes what was set aside before then, in milliseconds. */
    void removeOlderThan(long time) throws SQLException {
        removeOld.setLong(1, time);
        removeAgesOf(removeOld.executeUpdate());
    }

    private void removeAgesOf(int removed) throws SQLException {
        if (removed > 0) {
            removeAges.executeUpdate();
        }
    }
}
