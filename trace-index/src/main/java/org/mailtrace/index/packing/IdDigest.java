package org.mailtrace.index.packing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * An id as it is looked up: 128 bits of its SHA-256. Senders choose Message-IDs, so the digest must be one for which
 * nobody finds two that agree.
 */
public final class IdDigest {
    public static final int LENGTH = 16;

    private final byte[] bytes;

    private IdDigest(byte[] bytes) {
        this.bytes = bytes;
    }

    public static IdDigest of(String id) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
            return new IdDigest(Arrays.copyOf(digest, LENGTH));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    public static IdDigest read(byte[] stored, int from) {
        return new IdDigest(Arrays.copyOfRange(stored, from, from + LENGTH));
    }

    public byte[] bytes() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IdDigest digest && Arrays.equals(bytes, digest.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
