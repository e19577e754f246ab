package org.mailtrace.gateway.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * Where a page ended. Files only grow at their ends, and by newer records, so it stays true; it is short, however many files there are,
 * because it has to find room in an address.
 *
 * @param passed the last line that was looked at
 * @param rest the files of which something is left
 * @param left how much of them, where that is known; it spares looking for the place
 */
record AuditCursor(Place passed, Rest rest, Map<Long, Left> left) {
    /** So many find room where proxies let 8 KB through, with all else. */
    static final int MOST_LEFT = 100;

    private static final int OF_ALL = 5 * Long.BYTES + Integer.BYTES;
    private static final int OF_A_FILE = 3 * Long.BYTES;

    AuditCursor {
        left = Map.copyOf(left);
    }

    /**
     * Files of which something is left, so that one that is missed is noticed.
     *
     * @param count how many
     * @param which their keys, every bit of them in which they differ
     */
    record Rest(long count, long which) {
        static final Rest NONE = new Rest(0, 0);

        Rest and(long key) {
            return new Rest(count + 1, which ^ key);
        }
    }

    /**
     * What is left of a file.
     *
     * @param end where it ends
     * @param lines how many lines it has
     */
    record Left(long end, long lines) {}

    /** Names are long, and there is little room in an address. */
    static long key(String name) {
        return HexFormat.fromHexDigitsToLong(
                Chain.digest(name.getBytes(StandardCharsets.UTF_8)).substring(0, 2 * Long.BYTES));
    }

    String text() {
        Instant time = passed.time();
        ByteBuffer bytes = ByteBuffer.allocate(OF_ALL + left.size() * OF_A_FILE)
                .putLong(time.getEpochSecond())
                .putInt(time.getNano())
                .putLong(passed.file())
                .putLong(passed.number())
                .putLong(rest.count())
                .putLong(rest.which());
        left.forEach((key, of) -> bytes.putLong(key).putLong(of.end()).putLong(of.lines()));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    static Optional<AuditCursor> of(String text) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            return bytes.remaining() >= OF_ALL && (bytes.remaining() - OF_ALL) % OF_A_FILE == 0
                    ? read(bytes)
                    : Optional.empty();
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static Optional<AuditCursor> read(ByteBuffer bytes) {
        Place passed =
                new Place(Instant.ofEpochSecond(bytes.getLong(), bytes.getInt()), bytes.getLong(), bytes.getLong());
        Rest rest = new Rest(bytes.getLong(), bytes.getLong());
        boolean sound = passed.number() > 0 && rest.count() > 0;
        Map<Long, Left> left = new HashMap<>();
        while (bytes.hasRemaining()) {
            long key = bytes.getLong();
            Left of = new Left(bytes.getLong(), bytes.getLong());
            sound &= of.end() > 0 && of.lines() > 0;
            left.put(key, of);
        }
        return sound ? Optional.of(new AuditCursor(passed, rest, left)) : Optional.empty();
    }
}
