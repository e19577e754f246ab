package org.mailtrace.source;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * The id under which a source finds an observation again: when it was first seen, because vendors search by time, and
 * the vendor's own key. Stable over restarts and URL-safe.
 *
 * @param firstSeen UTC, to the millisecond
 * @param key the vendor's key
 */
public record SourceId(Instant firstSeen, String key) {
    private static final char SEPARATOR = '\n';

    /** The id as it stands in an answer. */
    public String encoded() {
        String plain = Long.toString(firstSeen.toEpochMilli(), Character.MAX_RADIX) + SEPARATOR + key;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads an id; empty if it was not made by {@link #encoded()}. */
    public static Optional<SourceId> decode(String encoded) {
        try {
            String plain = new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8);
            int separator = plain.indexOf(SEPARATOR);
            if (separator < 1) {
                return Optional.empty();
            }
            Instant firstSeen =
                    Instant.ofEpochMilli(Long.parseLong(plain.substring(0, separator), Character.MAX_RADIX));
            return Optional.of(new SourceId(firstSeen, plain.substring(separator + 1)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
