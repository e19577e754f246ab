package org.mailtrace.onprem.follow;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.mailtrace.onprem.record.Fields;
import org.mailtrace.onprem.record.Frame;
import org.mailtrace.onprem.record.Framer;

/**
 * The beginning of a file.
 *
 * @param state what can be done with the file
 * @param identity what file it is; empty text unless it can be read
 * @param fields its columns
 * @param date when the header says the file was begun, by the server's clock
 * @param begin index of the first byte behind a byte order mark
 */
record Head(State state, String identity, Optional<Fields> fields, Optional<Instant> date, int begin) {
    /** Bytes that are looked at; a header has about 600. */
    static final int SIZE = 16 * 1024;

    private static final String DATE = "#Date:";
    private static final int IDENTIFYING = 4096;

    /** What can be done with the file. */
    enum State {
        READABLE,
        /** Too little of it is written yet. */
        TOO_SHORT,
        /** It names no columns. */
        NO_FIELDS,
        /** It is no text in UTF-8. */
        NOT_UTF8
    }

    static Head of(byte[] bytes, int filled) {
        if (isUtf16(bytes, filled)) {
            return new Head(State.NOT_UTF8, "", Optional.empty(), Optional.empty(), 0);
        }
        int begin =
                filled >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF ? 3 : 0;
        Optional<Fields> fields = Optional.empty();
        Optional<String> date = Optional.empty();
        int at = begin;
        while (at < filled) {
            Frame frame = Framer.next(bytes, at, filled, false);
            if (frame.kind() == Frame.Kind.COMMENT) {
                String line = new String(bytes, frame.start(), frame.end() - frame.start(), StandardCharsets.UTF_8);
                fields = Fields.ofHeader(line).or(keep(fields)).filter(named -> !named.equals(Fields.UNKNOWN));
                date = line.startsWith(DATE)
                        ? Optional.of(line.substring(DATE.length()).strip())
                        : date;
            } else if (frame.kind() != Frame.Kind.EMPTY) {
                break;
            }
            at = frame.next();
        }
        boolean headerTorn = at < filled && bytes[at] == '#';
        if (headerTorn || (at >= filled && fields.isEmpty())) {
            return new Head(State.TOO_SHORT, "", fields, instant(date), begin);
        }
        Optional<String> identity =
                date.map(text -> "date " + text.replace('|', '/')).or(firstLine(bytes, at, filled));
        return new Head(
                identity.isEmpty() ? State.TOO_SHORT : fields.isEmpty() ? State.NO_FIELDS : State.READABLE,
                identity.orElse(""),
                fields,
                instant(date),
                begin);
    }

    /** With its mark, or without: then every other byte of the header is zero. */
    private static boolean isUtf16(byte[] bytes, int filled) {
        if (filled < 2) {
            return false;
        }
        boolean marked = (bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE)
                || (bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF);
        return marked || (bytes[0] == '#' && bytes[1] == 0) || (bytes[0] == 0 && bytes[1] == '#');
    }

    private static Supplier<Optional<Fields>> keep(Optional<Fields> fields) {
        return () -> fields;
    }

    private static Supplier<Optional<String>> firstLine(byte[] bytes, int at, int filled) {
        return () -> {
            int end = at;
            while (end < filled && bytes[end] != '\n' && end - at < IDENTIFYING) {
                end++;
            }
            boolean whole = end < filled;
            return whole
                    ? Optional.of("line " + new Digest().with(bytes, at, end).text())
                    : Optional.empty();
        };
    }

    private static Optional<Instant> instant(Optional<String> text) {
        try {
            return text.map(Instant::parse);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
