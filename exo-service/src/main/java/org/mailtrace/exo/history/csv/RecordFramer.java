package org.mailtrace.exo.history.csv;

import java.io.IOException;
import java.io.Reader;
import java.util.Optional;

/**
 * Finds where records begin and end (RFC 4180: a line break in quotes belongs to the field), so that one torn record
 * costs only itself: reading goes on at the line after its first one. A CSV library ends at such a place, or reads the
 * rest of the file as one field.
 */
final class RecordFramer {
    /** The longest record, in characters. */
    static final int LONGEST = 1 << 20;
    /** How many characters are read a second time in all; after that a torn record is skipped as far as it was read. */
    private static final long READ_AGAIN = 64L << 20;

    private static final int NONE = -1;

    private enum At {
        FIELD_START,
        PLAIN,
        QUOTED,
        CLOSED,
        BROKEN
    }

    private final Reader in;
    private final char[] page = new char[1 << 14];
    private final StringBuilder text = new StringBuilder();
    private char[] buffer = page;
    private int next;
    private int end;
    private long line = 1;
    private long readAgain = READ_AGAIN;
    private boolean endsOpen;

    RecordFramer(Reader in) {
        this.in = in;
    }

    /** The next record that is not an empty line; empty at the end of the file. */
    Optional<Frame> next() throws IOException {
        while (peek() != NONE) {
            Frame frame = frame(line);
            if (!(frame instanceof Frame.Whole whole) || !whole.text().isEmpty()) {
                return Optional.of(frame);
            }
        }
        return Optional.empty();
    }

    /** Whether the file ended without a line break, so that its last record may be cut off. */
    boolean endsOpen() {
        return endsOpen;
    }

    private Frame frame(long start) throws IOException {
        text.setLength(0);
        endsOpen = false;
        At at = At.FIELD_START;
        while (text.length() <= LONGEST) {
            int c = read();
            if (c == NONE) {
                endsOpen = true;
                return at == At.QUOTED ? torn(start) : new Frame.Whole(start, text.toString());
            }
            if (isBreak(c) && at != At.QUOTED) {
                endLine(c);
                return new Frame.Whole(start, text.toString());
            }
            at = after(at, c);
            text.append((char) c);
            if (isBreak(c) && endLine(c)) {
                text.append('\n');
            }
            if (at == At.BROKEN) {
                return torn(start);
            }
        }
        return torn(start);
    }

    private static At after(At at, int c) {
        return switch (at) {
            case FIELD_START -> c == '"' ? At.QUOTED : plain(c);
            case PLAIN -> plain(c);
            case QUOTED -> c == '"' ? At.CLOSED : At.QUOTED;
            case CLOSED -> closed(c);
            case BROKEN -> At.BROKEN;
        };
    }

    private static At plain(int c) {
        return c == ',' ? At.FIELD_START : At.PLAIN;
    }

    /** After a quote in a quoted field: it was doubled, or the field ends. */
    private static At closed(int c) {
        if (c == '"') {
            return At.QUOTED;
        }
        return c == ',' ? At.FIELD_START : At.BROKEN;
    }

    /** Goes back to the second line of what was read, if there is one and enough re-reading is left. */
    private Frame torn(long start) throws IOException {
        int second = secondLine();
        int cost = text.length() + end - next;
        if (second > 0 && readAgain >= cost) {
            readAgain -= cost;
            unread(second);
            line = start + 1;
        } else {
            skipLine();
        }
        return new Frame.Torn(start);
    }

    private int secondLine() {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\n') {
                return i + 1;
            }
            if (text.charAt(i) == '\r') {
                return i + 1 < text.length() && text.charAt(i + 1) == '\n' ? i + 2 : i + 1;
            }
        }
        return 0;
    }

    private void skipLine() throws IOException {
        for (int c = read(); c != NONE; c = read()) {
            if (isBreak(c)) {
                endLine(c);
                return;
            }
        }
    }

    private static boolean isBreak(int c) {
        return c == '\n' || c == '\r';
    }

    /** Counts the line; returns whether its break had a second character, which is read. */
    private boolean endLine(int c) throws IOException {
        line++;
        return c == '\r' && peek() == '\n' && read() != NONE;
    }

    private void unread(int from) {
        int back = text.length() - from;
        char[] joined = new char[back + end - next];
        text.getChars(from, text.length(), joined, 0);
        System.arraycopy(buffer, next, joined, back, end - next);
        buffer = joined;
        next = 0;
        end = joined.length;
    }

    private int read() throws IOException {
        return peek() == NONE ? NONE : buffer[next++];
    }

    private int peek() throws IOException {
        if (next == end) {
            buffer = page;
            next = 0;
            end = Math.max(0, in.read(page));
        }
        return next == end ? NONE : buffer[next];
    }
}
