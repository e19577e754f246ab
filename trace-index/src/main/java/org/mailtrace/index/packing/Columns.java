package org.mailtrace.index.packing;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Leaves out of each body what it repeats of an earlier one: rows of a log are cells parted by commas, and most cells of a
 * message's rows are the same. A body is compared with the last one of as many cells; what the cells mean does not matter
 * here, and any body comes back as it was. Used for the bodies of one block, in their order.
 */
final class Columns {
    private static final int WHOLE = 0;
    private static final int CHANGES = 1;

    private final Map<Integer, Cells> before = new HashMap<>();

    void write(byte[] body, Bytes out) {
        Cells cells = Cells.of(body);
        Cells like = before.put(cells.count(), cells);
        if (like == null) {
            out.number(WHOLE);
            out.all(body, 0, body.length);
            return;
        }
        out.number(CHANGES);
        out.number(cells.count());
        byte[] changed = new byte[(cells.count() + 7) / 8];
        for (int i = 0; i < cells.count(); i++) {
            if (!cells.sameAt(i, like)) {
                changed[i / 8] |= (byte) (1 << (i % 8));
            }
        }
        out.all(changed, 0, changed.length);
        for (int i = 0; i < cells.count(); i++) {
            if (isSet(changed, i)) {
                out.all(body, cells.start(i), cells.end(i));
                out.number(Cells.COMMA);
            }
        }
    }

    byte[] read(byte[] from, int offset, int length) {
        ByteBuffer in = ByteBuffer.wrap(from, offset, length);
        if (Bytes.number(in) == WHOLE) {
            byte[] body = Arrays.copyOfRange(from, in.position(), in.limit());
            Cells cells = Cells.of(body);
            before.put(cells.count(), cells);
            return body;
        }
        int count = (int) Bytes.number(in);
        Cells like = before.get(count);
        if (like == null) {
            throw new DamagedRowException();
        }
        byte[] changed = new byte[(count + 7) / 8];
        in.get(changed);
        Cells cells = like.with(changed, from, in.position(), in.limit());
        before.put(count, cells);
        return cells.body();
    }

    private static boolean isSet(byte[] bits, int i) {
        return (bits[i / 8] & (1 << (i % 8))) != 0;
    }

    /** Where the cells of a body begin. */
    private static final class Cells {
        private static final byte COMMA = ',';

        private final byte[] body;
        private final int[] starts;

        private Cells(byte[] body, int[] starts) {
            this.body = body;
            this.starts = starts;
        }

        static Cells of(byte[] body) {
            int[] starts = new int[32];
            int count = 1;
            for (int i = 0; i < body.length; i++) {
                if (body[i] == COMMA) {
                    if (count == starts.length) {
                        starts = Arrays.copyOf(starts, count * 2);
                    }
                    starts[count++] = i + 1;
                }
            }
            return new Cells(body, Arrays.copyOf(starts, count));
        }

        /**
         * The same cells but for those that changed. Neighbours that did not change are copied as one, with the commas
         * between them: a page of answers is mostly made of them.
         */
        Cells with(byte[] changed, byte[] from, int offset, int limit) {
            byte[] whole = new byte[body.length + limit - offset + starts.length];
            int[] places = new int[starts.length];
            int length = 0;
            int at = offset;
            int i = 0;
            while (i < starts.length) {
                if (i > 0) {
                    whole[length++] = COMMA;
                }
                if (isSet(changed, i)) {
                    int end = at;
                    while (from[end] != COMMA) {
                        end++;
                    }
                    System.arraycopy(from, at, whole, length, end - at);
                    places[i++] = length;
                    length += end - at;
                    at = end + 1;
                } else {
                    int shift = length - starts[i];
                    int begin = starts[i];
                    int end = begin;
                    while (i < starts.length && !isSet(changed, i)) {
                        places[i] = starts[i] + shift;
                        end = end(i++);
                    }
                    System.arraycopy(body, begin, whole, length, end - begin);
                    length += end - begin;
                }
            }
            return new Cells(Arrays.copyOf(whole, length), places);
        }

        byte[] body() {
            return body;
        }

        int count() {
            return starts.length;
        }

        int start(int i) {
            return starts[i];
        }

        int end(int i) {
            return i + 1 < starts.length ? starts[i + 1] - 1 : body.length;
        }

        boolean sameAt(int i, Cells other) {
            return Arrays.equals(body, start(i), end(i), other.body, other.start(i), other.end(i));
        }
    }
}
