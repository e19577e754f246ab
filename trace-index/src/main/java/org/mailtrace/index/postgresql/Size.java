package org.mailtrace.index.postgresql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.mailtrace.index.IndexSize;

/** How large the schema is, by what PostgreSQL knows without counting. What is left on its disk it does not tell. */
final class Size {
    private static final String SQL = "SELECT (SELECT coalesce(sum(pg_total_relation_size(oid)), 0) FROM pg_class"
            + " WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'),"
            + " (SELECT greatest(reltuples, 0)::bigint FROM pg_class WHERE oid = to_regclass('home')),"
            + " (SELECT min(last_seen) FROM message)";

    private Size() {}

    static IndexSize of(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SQL);
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            Optional<Instant> oldest =
                    Optional.ofNullable(rows.getObject(3, Long.class)).map(Instant::ofEpochMilli);
            return new IndexSize(rows.getLong(1), OptionalLong.empty(), rows.getLong(2), oldest);
        }
    }
}
