package org.mailtrace.index.packing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * Rows of one message as they stand in the file, in the order in which they came: what is needed of each without
 * unpressing (key, time, part, noise, length), then the parts' names and what the bodies do not repeat, pressed as one, then a checksum over everything, so that
 * a flipped bit is an error and never another row.
 */
public final class Block {
    /** A block is written anew for every row that joins it, so it must not grow for ever. */
    private static final int MAX_ROWS = 256;

    private static final int MAX_PLAIN = 256 * 1024;
    private static final int CHECKSUM = Integer.BYTES;

    private Block() {}

    /** A row in a block. */
    public static final class Row {
        private final long key;
        private final long at;
        private final String part;
        private final boolean noise;
        private final byte[] body;

        public Row(long key, long at, String part, boolean noise, byte[] body) {
            this.key = key;
            this.at = at;
            this.part = part;
            this.noise = noise;
            this.body = body;
        }

        public long key() {
            return key;
        }

        /** Milliseconds since 1970. */
        public long at() {
            return at;
        }

        public String part() {
            return part;
        }

        public boolean noise() {
            return noise;
        }

        /** Bytes of its body. */
        public int length() {
            return body.length;
        }

        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /** What stands of a row before the bodies; 64 bits of its key tell it from the other rows of its message. */
    private record Head(long key, long at, int part, boolean noise, int length) {}

    /** Whether one block holds all of these rows. */
    public static boolean holds(List<Row> rows) {
        return rows.size() <= MAX_ROWS && rows.stream().mapToLong(Row::length).sum() <= MAX_PLAIN;
    }

    /** Whether a block with these rows takes one more. */
    public static boolean takes(List<Row> rows, int plain, Row next) {
        return rows.isEmpty() || (rows.size() < MAX_ROWS && plain + next.length() <= MAX_PLAIN);
    }

    public static byte[] write(List<Row> rows, Press press) {
        List<String> parts = rows.stream().map(Row::part).distinct().toList();
        Bytes bodies = new Bytes();
        bodies.number(parts.size());
        for (String part : parts) {
            byte[] name = part.getBytes(StandardCharsets.UTF_8);
            bodies.number(name.length);
            bodies.all(name, 0, name.length);
        }
        Columns columns = new Columns();
        Bytes out = new Bytes();
        out.number(rows.size());
        long before = 0;
        for (Row row : rows) {
            int start = bodies.length();
            columns.write(row.body, bodies);
            out.fixed(row.key);
            out.signed(row.at - before);
            out.number(((long) parts.indexOf(row.part) << 1) | (row.noise ? 1 : 0));
            out.number(bodies.length() - start);
            before = row.at;
        }
        out.number(bodies.length());
        byte[] pressed = press.press(bodies.toArray());
        out.all(pressed, 0, pressed.length);
        byte[] data = out.toArray();
        ByteBuffer whole = ByteBuffer.allocate(data.length + CHECKSUM).put(data);
        whole.putInt(checksum(data, data.length));
        return whole.array();
    }

    public static List<Row> read(byte[] data, Press press) {
        ByteBuffer in = checked(data);
        List<Head> heads = heads(in);
        int plain = (int) Bytes.number(in);
        byte[] bodies = press.unpress(data, in.position(), in.remaining(), plain);
        ByteBuffer names = ByteBuffer.wrap(bodies);
        List<String> parts = parts(names);
        Columns columns = new Columns();
        List<Row> rows = new ArrayList<>(heads.size());
        int from = names.position();
        for (Head head : heads) {
            byte[] body = columns.read(bodies, from, head.length());
            from += head.length();
            rows.add(new Row(head.key(), head.at(), parts.get(head.part()), head.noise(), body));
        }
        return rows;
    }

    private static List<String> parts(ByteBuffer in) {
        int count = (int) Bytes.number(in);
        List<String> parts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            byte[] name = new byte[(int) Bytes.number(in)];
            in.get(name);
            parts.add(new String(name, StandardCharsets.UTF_8));
        }
        return parts;
    }

    /** Adds the keys of a block's rows without unpressing them. */
    public static void keys(byte[] data, Set<Long> keys) {
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
