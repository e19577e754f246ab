package org.mailtrace.onprem.record;

/**
 * Finds where a record ends, on bytes: a quote that opens at the beginning of a field lets line breaks and commas in
 * until it is closed, a doubled quote inside stands for one (RFC 4180, as Exchange writes it). Works from any record
 * boundary and keeps nothing, so that a reader can go on wherever it stopped. Bytes of UTF-8 never look like quotes,
 * commas or line ends.
 */
public final class Framer {
    private Framer() {}

    /**
     * The frame that begins at {@code from}.
     *
     * @param bytes the buffer
     * @param from where the frame begins
     * @param limit how far the buffer is filled
     * @param last whether the file ends at {@code limit} for good, so that the end also ends a record
     */
    public static Frame next(byte[] bytes, int from, int limit, boolean last) {
        if (from < limit && bytes[from] == '#') {
            return line(bytes, from, limit, last, Frame.Kind.COMMENT);
        }
        int i = from;
        while (i < limit) {
            if (bytes[i] == '"') {
                int closed = afterQuoted(bytes, i, limit);
                if (closed < 0) {
                    return last ? line(bytes, from, limit, true, Frame.Kind.BROKEN) : incomplete(from, limit);
                }
                i = closed;
                if (i < limit && bytes[i] != ',' && bytes[i] != '\n' && bytes[i] != '\r') {
                    return new Frame(Frame.Kind.BROKEN, from, i, i);
                }
            }
            while (i < limit && bytes[i] != ',' && bytes[i] != '\n') {
                i++;
            }
            if (i < limit && bytes[i] == '\n') {
                return framed(bytes, from, i, i + 1, Frame.Kind.RECORD);
            }
            i++;
        }
        return last && from < limit ? framed(bytes, from, limit, limit, Frame.Kind.RECORD) : incomplete(from, limit);
    }

    /**
     * Where reading can go on after a record that is none: the first line behind {@code from} that begins as a record
     * or a comment does; -1 if the buffer holds none.
     *
     * @param timeFirst whether records begin with their time; otherwise any line may begin one
     */
    public static int resume(byte[] bytes, int from, int limit, boolean timeFirst) {
        for (int i = from; i < limit; i++) {
            if (bytes[i] == '\n'
                    && i + 1 < limit
                    && (!timeFirst || bytes[i + 1] == '#' || startsWithTime(bytes, i + 1, limit))) {
                return i + 1;
            }
        }
        return -1;
    }

    /** Whether a record's first field looks like {@code 2026-11-23T08:12:04.000Z}. */
    static boolean startsWithTime(byte[] bytes, int from, int limit) {
        String shape = "dddd-dd-ddTdd:dd:dd";
        if (limit - from <= shape.length()) {
            return false;
        }
        for (int i = 0; i < shape.length(); i++) {
            byte b = bytes[from + i];
            boolean fits = shape.charAt(i) == 'd' ? b >= '0' && b <= '9' : b == shape.charAt(i);
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private static int afterQuoted(byte[] bytes, int quote, int limit) {
        int i = quote + 1;
        while (i < limit) {
            if (bytes[i] == '"') {
                if (i + 1 >= limit || bytes[i + 1] != '"') {
                    return i + 1;
                }
                i++;
            }
            i++;
        }
        return -1;
    }

    private static Frame line(byte[] bytes, int from, int limit, boolean last, Frame.Kind kind) {
        for (int i = from; i < limit; i++) {
            if (bytes[i] == '\n') {
                return framed(bytes, from, i, i + 1, kind);
            }
        }
        return last ? framed(bytes, from, limit, limit, kind) : incomplete(from, limit);
    }

    private static Frame framed(byte[] bytes, int from, int lineEnd, int next, Frame.Kind kind) {
        int end = lineEnd > from && bytes[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
        return new Frame(end == from ? Frame.Kind.EMPTY : kind, from, end, next);
    }

    private static Frame incomplete(int from, int limit) {
        return new Frame(Frame.Kind.INCOMPLETE, from, limit, from);
    }
}
