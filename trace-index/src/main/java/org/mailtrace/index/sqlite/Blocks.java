package org.mailtrace.index.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.mailtrace.index.packing.Block;
import org.mailtrace.index.packing.Draft;
import org.mailtrace.index.packing.Press;

/** The writer's side of the rows: a message's rows stand in blocks, and only the last of them grows. */
final class Blocks {
    /** Blocks per message, as a power of two. */
    private static final int BITS = 20;

    private final Press press;
    private final PreparedStatement select;
    private final PreparedStatement put;
    private final PreparedStatement delete;

    Blocks(Connection connection, Press press) throws SQLException {
        this.press = press;
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

    /** Begins a message with all rows of a draft. */
    void begin(long message, Draft draft) throws SQLException {
        if (draft.block().isPresent()) {
            put(first(message), draft.block().get());
        } else {
            add(new Written(first(message)), draft.rows());
        }
    }

    /** Adds rows that are not there yet. */
    void add(Written written, List<Block.Row> fresh) throws SQLException {
        List<Block.Row> rows = written.data == null ? new ArrayList<>() : Block.read(written.data, press);
        int plain = rows.stream().mapToInt(Block.Row::length).sum();
        for (Block.Row next : fresh) {
            if (!Block.takes(rows, plain, next)) {
                put(written.last++, Block.write(rows, press));
                rows = new ArrayList<>();
                plain = 0;
            }
            rows.add(next);
            plain += next.length();
        }
        put(written.last, Block.write(rows, press));
    }

    void remove(long message) throws SQLException {
        delete.setLong(1, first(message));
        delete.setLong(2, first(message + 1));
        delete.executeUpdate();
    }

    private void put(long id, byte[] data) throws SQLException {
        put.setLong(1, id);
        put.setBytes(2, data);
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
        boolean isNew(Block.Row row) {
            return keys.add(row.key());
        }
    }
}
