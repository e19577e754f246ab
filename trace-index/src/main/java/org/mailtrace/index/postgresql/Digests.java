package org.mailtrace.index.postgresql;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import org.mailtrace.contract.AddressPattern;
import org.mailtrace.index.packing.IdDigest;

/**
 * What messages are found by, as 128 bits each. A From header that stands for an unknown envelope sender has the same
 * digest as a sender. The letters stand in the tables: never change one.
 */
final class Digests {
    private Digests() {}

    static UUID group(String group) {
        return of('g', group);
    }

    static UUID recipient(String word) {
        return of('r', word);
    }

    static UUID sender(String word) {
        return of('s', word);
    }

    /** An id that was digested already. */
    static UUID id(IdDigest id) {
        return uuid(id.bytes());
    }

    /** Those of which any is asked for as a recipient. */
    static List<UUID> recipients(List<AddressPattern> patterns) {
        return patterns.stream()
                .map(Digests::word)
                .map(Digests::recipient)
                .distinct()
                .toList();
    }

    /** The one that is asked for as the sender. */
    static List<UUID> senders(AddressPattern pattern) {
        return List.of(sender(word(pattern)));
    }

    private static String word(AddressPattern pattern) {
        return pattern.isWholeDomain() ? '@' + pattern.domain() : pattern.value();
    }

    private static UUID of(char kind, String text) {
        return uuid(IdDigest.of(kind + text).bytes());
    }

    private static UUID uuid(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong());
    }
}
