package org.mailtrace.standins.exo;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/**
 * Where a page begins. Pages stay stable while rows become visible in between.
 *
 * @param offset rows before it
 * @param asOf what was visible when the first page was asked for
 */
record SkipToken(int offset, Instant asOf) {
    String text() {
        String plain = offset + "|" + asOf.toEpochMilli();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    static SkipToken parse(String text) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split("\\|", 2);
            return new SkipToken(Integer.parseInt(parts[0]), Instant.ofEpochMilli(Long.parseLong(parts[1])));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw GraphErrorException.badRequest("The skip token is malformed.");
        }
    }
}
