package org.mailtrace.gateway.search;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Comparator;
import org.mailtrace.gateway.join.Sighting;

/**
 * A place in a list: newest first, and among those of one moment by a key that follows from the row itself, so that the
 * order is total and the same on every page.
 *
 * @param at UTC, to the millisecond
 * @param key without a sign; zero stands before all of that moment
 */
record Spot(Instant at, long key) implements Comparable<Spot> {
    private static final Comparator<Spot> ORDER =
            Comparator.comparing(Spot::at).reversed().thenComparing(Spot::key, Long::compareUnsigned);

    Spot {
        at = Instant.ofEpochMilli(at.toEpochMilli());
    }

    static Spot of(Sighting sighting) {
        return new Spot(
                sighting.observation().firstSeen(),
                hash(sighting.source() + "\n" + sighting.observation().sourceId()));
    }

    /** Before everything of that moment. */
    static Spot before(Instant at) {
        return new Spot(at, 0);
    }

    /** Negative if this one comes first in the list, which is the newer one. */
    @Override
    public int compareTo(Spot other) {
        return ORDER.compare(this, other);
    }

    /** Eight bytes that tell texts apart; the same in every process. */
    static long hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
