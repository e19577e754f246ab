package org.mailtrace.gateway.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * Where a page ended: how much of each file is left. Files only grow at their ends, so it stays true; a file that began
 * afterwards has newer records only, and belongs to the first page.
 *
 * @param left by the {@link #key} of a file's name; without files of which nothing is left
 */
record AuditCursor(Map<Long, Left> left) {
    private static final int SIZE = 3 * Long.BYTES;

    AuditCursor {
        left = Map.copyOf(left);
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
        ByteBuffer bytes = ByteBuffer.allocate(left.size() * SIZE);
        left.forEach((key, rest) -> bytes.putLong(key).putLong(rest.end()).putLong(rest.lines()));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    static Optional<AuditCursor> of(String text) {
        ByteBuffer bytes;
        try {
            bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (!bytes.hasRemaining() || bytes.remaining() % SIZE != 0) {
            return Optional.empty();
        }
        Map<Long, Left> left = new HashMap<>();
        while (bytes.hasRemaining()) {
            long key = bytes.getLong();
            Left rest = new Left(bytes.getLong(), bytes.getLong());
            if (rest.end() <= 0 || rest.lines() <= 0) {
                return Optional.empty();
            }
            left.put(key, rest);
        }
        return Optional.of(new AuditCursor(left));
    }
}
