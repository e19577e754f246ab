package org.mailtrace.index.postgresql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Before when nothing is claimed any more, because it was purged; always the beginning of a day, UTC. */
final class Floor {
    /** The same as a value of SQL, the earliest time if nothing was ever purged. */
    static final String SQL =
            "coalesce((SELECT value::bigint FROM setting WHERE name = 'purged-before'), -(1::bigint << 62))";

    private Floor() {}

    static Optional<Long> of(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                        connection.prepareStatement("SELECT value FROM setting WHERE name = 'purged-before'");
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? Optional.of(Long.valueOf(rows.getString(1))) : Optional.empty();
        }
    }

    /** Raises it; it never sinks again. */
    static long raise(Connection connection, long floor) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("INSERT INTO setting"
                + " VALUES('purged-before', ?) ON CONFLICT(name) DO UPDATE SET value ="
                + " greatest(setting.value::bigint, excluded.value::bigint)::text RETURNING value")) {
            statement.setString(1, Long.toString(floor));
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return Long.parseLong(rows.getString(1));
            }
        }
    }
}
