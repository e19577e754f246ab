package org.mailtrace.index.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Ends a transaction that nothing is kept of. */
final class Transactions {
    private Transactions() {}

    /**
     * Takes the transaction back. SQLite does so by itself when the disk is full or cannot be read; the driver, which is
     * always in one, has to be put into a new one then.
     */
    static void takeBack(Connection connection) throws SQLException {
        try {
            connection.rollback();
        } catch (SQLException alreadyTakenBack) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("BEGIN");
            }
        }
    }
}
