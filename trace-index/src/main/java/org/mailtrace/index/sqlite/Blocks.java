package org.mailtrace.index.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.mailtrace.index.IndexRow;

/** The writer's side of the rows: a message's rows stand in blocks, and only the last of them grows. */
final class Blocks {
    /** Blocks per message, as a power of two. */
    private static final int BITS = 20;

    private final Press press;
    private final Numbers parts;
    private final PreparedStatement select;
    private final PreparedStatement put;
    private final PreparedStatement delete;

    Blocks(Connection connection, Press press, Numbers parts) throws SQLException {
        this.press = press;
        this.parts = parts;
        select = connection.prepareStatement("SELECT id, data FROM block WHERE id >= ? AND id < ? ORDER BY id");
        put = connection.prepareStatement("INSERT OR REPLACE INTO block VALUES(?, ?)");
        delete = connection.prepareStatement("DELETE FROM block WHERE id >= ? AND id < ?");
    }

    static long first(long message) {
        return message << BITS;
    }

    /** What stands there of a message. */
    Written of(long message) throws SQLException {
        Written written = new Written(first(message));
        select.setLong(1, first(message));
        select.setLong(2, first(message + 1));
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                written.last = rows.getLong(1);
                written.data = rows.getBytes(2);
                Block.keys(written.data, written.keys);
            }
        }
        return written;
    }

    /** Adds rows that are not there yet. */
    void add(Written written, List<IndexRow> fresh) throws SQLException {
        List<Block.Row> rows = written.data == null ? new ArrayList<>() : Block.read(written.data, press);
        int plain = rows.stream().mapToInt(Block.Row::length).sum();
        for (IndexRow row : fresh) {
            Block.Row next = new Block.Row(
                    key(row), row.at().toEpochMilli(), (int) parts.of(row.part()), row.noise(), row.body());
            if (!Block.takes(rows, plain, next)) {
                put(written.last++, rows);
                rows = new ArrayList<>();
                plain = 0;
            }
            rows.add(next);
            plain += next.length();
        }
        put(written.last, rows);
    }

    void remove(long message) throws SQLException {
        delete.setLong(1, first(message));
        delete.setLong(2, first(message + 1));
        delete.executeUpdate();
    }

    /** 64 bits of a key: they only have to tell the rows of one message apart. */
    static long key(IndexRow row) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < row.key().length(); i++) {
            hash = (hash ^ row.key().charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        return hash ^ (hash >>> 33);
    }

    private void put(long id, List<Block.Row> rows) throws SQLException {
        put.setLong(1, id);
        put.setBytes(2, Block.write(rows, press));
        put.executeUpdate();
    }

    /** A message's blocks: the keys of all its rows, and the last block, which grows. */
    static final class Written {
        private final Set<Long> keys = new HashSet<>();
        private long last;
        private byte[] data;

        Written(long first) {
            last = first;
        }

        /** Whether the row is not there yet; it counts as there from now on. */
        boolean isNew(IndexRow row) {
            return keys.add(key(row));
        }
    }
}
