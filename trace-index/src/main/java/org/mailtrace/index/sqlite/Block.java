package org.mailtrace.index.sqlite;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * Rows of one message as they stand in the file, in the order in which they came: what is needed of each without
 * unpressing (key, time, part, noise, length), then all bodies pressed as one, then a checksum over everything, so that
 * a flipped bit is an error and never another row.
 */
final class Block {
    /** A block is written anew for every row that joins it, so it must not grow for ever. */
    private static final int MAX_ROWS = 256;

    private static final int MAX_PLAIN = 256 * 1024;
    private static final int CHECKSUM = Integer.BYTES;

    private Block() {}

    /** A row in a block. */
    static final class Row {
        private final Head head;
        private final byte[] body;

        private Row(Head head, byte[] body) {
            this.head = head;
            this.body = body;
        }

        Row(long key, long at, int part, boolean noise, String body) {
            this.body = body.getBytes(StandardCharsets.UTF_8);
            this.head = new Head(key, at, part, noise, this.body.length);
        }

        long key() {
            return head.key();
        }

        /** Milliseconds since 1970. */
        long at() {
            return head.at();
        }

        /** The number of its part. */
        int part() {
            return head.part();
        }

        boolean noise() {
            return head.noise();
        }

        /** Bytes of its body. */
        int length() {
            return head.length();
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /** A row without its body; 64 bits of its key tell it from the other rows of its message. */
    private record Head(long key, long at, int part, boolean noise, int length) {}

    /** Whether a block with these rows takes one more. */
    static boolean takes(List<Row> rows, int plain, Row next) {
        return rows.isEmpty() || (rows.size() < MAX_ROWS && plain + next.length() <= MAX_PLAIN);
    }

    static byte[] write(List<Row> rows, Press press) {
        Bytes out = new Bytes();
        out.number(rows.size());
        int plain = 0;
        long before = 0;
        for (Row row : rows) {
            out.fixed(row.key());
            out.signed(row.at() - before);
            out.number(((long) row.part() << 1) | (row.noise() ? 1 : 0));
            out.number(row.length());
            before = row.at();
            plain += row.length();
        }
        byte[] bodies = new byte[plain];
        int filled = 0;
        for (Row row : rows) {
            System.arraycopy(row.body, 0, bodies, filled, row.length());
            filled += row.length();
        }
        byte[] pressed = press.press(bodies);
        out.all(pressed, pressed.length);
        byte[] data = out.toArray();
        ByteBuffer whole = ByteBuffer.allocate(data.length + CHECKSUM).put(data);
        whole.putInt(checksum(data, data.length));
        return whole.array();
    }

    static List<Row> read(byte[] data, Press press) {
        ByteBuffer in = checked(data);
        List<Head> heads = heads(in);
        int plain = heads.stream().mapToInt(Head::length).sum();
        byte[] bodies = press.unpress(data, in.position(), in.remaining(), plain);
        List<Row> rows = new ArrayList<>(heads.size());
        int from = 0;
        for (Head head : heads) {
            byte[] body = Arrays.copyOfRange(bodies, from, from + head.length());
            from += head.length();
            rows.add(new Row(head, body));
        }
        return rows;
    }

    /** Adds the keys of a block's rows without unpressing them. */
    static void keys(byte[] data, Set<Long> keys) {
        heads(checked(data)).forEach(head -> keys.add(head.key()));
    }

    private static List<Head> heads(ByteBuffer in) {
        int count = (int) Bytes.number(in);
        List<Head> heads = new ArrayList<>(count);
        long before = 0;
        for (int i = 0; i < count; i++) {
            long key = in.getLong();
            before += Bytes.signed(in);
            long part = Bytes.number(in);
            heads.add(new Head(key, before, (int) (part >> 1), (part & 1) == 1, (int) Bytes.number(in)));
        }
        return heads;
    }

    private static ByteBuffer checked(byte[] data) {
        int length = data.length - CHECKSUM;
        if (length < 1 || ByteBuffer.wrap(data).getInt(length) != checksum(data, length)) {
            throw new DamagedRowException();
        }
        return ByteBuffer.wrap(data, 0, length);
    }

    private static int checksum(byte[] data, int length) {
        CRC32 checksum = new CRC32();
        checksum.update(data, 0, length);
        return (int) checksum.getValue();
    }
}
