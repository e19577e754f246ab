package org.mailtrace.index.postgresql;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * A day that is older than what is kept. It goes as a whole, but for those of its messages that went on afterwards. These are
 * copied while the day still stands, so that nobody waits who searches; only then the tables are locked, for as long as
 * it takes to change their catalogue.
 */
final class OldDay {
    /** More than these are not put into the rest, for which every search would have to wait. */
    static final int FEW = 500;

    private static final int PIECE = 500;
    private static final String KEPT = "_kept";

    /** How {@link Message#storedTerms} are laid out: a kind, and a term. Theirs would be looked for in the whole day. */
    private static final String TERMS = "INSERT INTO term_kept SELECT encode(substring(m.terms FROM 17 * i + 2 FOR 16),"
            + " 'hex')::uuid, m.first_seen, m.id, (m.flags & 1) = 1 FROM message_kept m,"
            + " generate_series(0, length(m.terms) / 17 - 1) i WHERE m.id = ANY(?)";

    private final Connection connection;
    private final long day;
    private final long floor;

    /**
     * A day that has its partitions.
     *
     * @param floor messages whose last row is not older than this stay
     */
    OldDay(Connection connection, long day, long floor) {
        this.connection = connection;
        this.day = day;
        this.floor = floor;
    }

    /** Whether anything of it can go; many messages that all went on stay where they are until they are old as well. */
    boolean canGo() throws SQLException {
        String message = Days.name("message", day);
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT EXISTS (SELECT 1 FROM " + message
                        + " WHERE last_seen < " + floor + ") OR (SELECT count(*) FROM (SELECT 1 FROM " + message
                        + " LIMIT " + (FEW + 1) + ") few) <= " + FEW)) {
            row.next();
            return row.getBoolean(1);
        }
    }

    /** Drops it. */
    void drop() throws SQLException {
        // However the server guesses how many went on: it must not read the whole day for them.
        execute("SET LOCAL enable_seqscan = off");
        for (String table : Schema.PARTITIONED) {
            create(table);
        }
        long kept = copy();
        for (String table : Schema.PARTITIONED) {
            execute("ALTER TABLE " + table + " DETACH PARTITION " + Days.name(table, day));
        }
        for (String table : Schema.PARTITIONED) {
            execute("DROP " + kind(Days.name(table, day)) + " " + Days.name(table, day));
            if (kept > FEW) {
                execute("ALTER TABLE " + table + KEPT + " RENAME TO " + Days.name(table, day));
                Days.attach(connection, table, day);
            } else {
                execute("INSERT INTO " + table + "_rest SELECT * FROM " + table + KEPT);
                execute("DROP TABLE " + table + KEPT);
            }
        }
    }

    private void create(String table) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            Days.create(statement, table + KEPT, table);
        }
    }

    /** Of a day that an administrator has moved to another server, only what stands here of it is dropped. */
    private String kind(String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT relkind = 'f' FROM pg_class WHERE oid = to_regclass('" + table + "')")) {
            row.next();
            return row.getBoolean(1) ? "FOREIGN TABLE" : "TABLE";
        }
    }

    /** In pieces, so that no statement takes long. */
    private long copy() throws SQLException {
        long copied = 0;
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT id FROM " + Days.name("message", day) + " WHERE last_seen >= " + floor)) {
            select.setFetchSize(PIECE);
            try (ResultSet rows = select.executeQuery()) {
                List<Long> ids = new ArrayList<>(PIECE);
                while (rows.next()) {
                    ids.add(rows.getLong(1));
                    copied++;
                    if (ids.size() == PIECE) {
                        copy(ids);
                        ids.clear();
                    }
                }
                copy(ids);
            }
        }
        return copied;
    }

    private void copy(List<Long> ids) throws SQLException {
        if (ids.isEmpty()) {
            return;
        }
        Array piece = connection.createArrayOf("bigint", ids.toArray());
        copy("INSERT INTO message_kept SELECT * FROM " + Days.name("message", day) + " WHERE id = ANY(?)", piece);
        copy("INSERT INTO block_kept SELECT * FROM " + Days.name("block", day) + " WHERE message = ANY(?)", piece);
        copy(TERMS, piece);
    }

    private void copy(String sql, Array ids) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, ids);
            statement.executeUpdate();
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
