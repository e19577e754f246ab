package org.mailtrace.standins.exo;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/**
 * Where a page begins. Pages stay stable while rows become visible in between.
 *
 * @param offset rows before it
 * @param asOf what was visible when the first page was asked for
 * @param turn tells pages at the same place apart
 */
public record SkipToken(int offset, Instant asOf, int turn) {
    /** The first page. */
    public static SkipToken first(Instant now) {
        return new SkipToken(0, now, 0);
    }

    SkipToken again() {
        return new SkipToken(offset, asOf, turn + 1);
    }

    /** As it stands in a link. */
    public String text() {
        String plain = offset + "|" + asOf.toEpochMilli() + "|" + turn;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads a link's.
     *
     * @throws TraceRefusedException if it is not one
     */
    public static SkipToken parse(String text) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split("\\|", 3);
            return new SkipToken(
                    Integer.parseInt(parts[0]),
                    Instant.ofEpochMilli(Long.parseLong(parts[1])),
                    Integer.parseInt(parts[2]));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw new TraceRefusedException("The skip token is malformed.");
        }
    }
}
