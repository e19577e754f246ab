package org.mailtrace.onprem.follow;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * Deterministic keys: 128 bits of SHA-256 over parts whose borders count, URL-safe. Message-IDs and subjects are chosen
 * by strangers, so that a weaker hash would let them make one row hide another. Begins anew after every text; not safe
 * for several threads.
 */
final class Digest {
    private static final int BYTES = 16;

    private final MessageDigest digest;
    private final byte[] length = new byte[4];

    Digest() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    Digest with(String part) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        return with(bytes, 0, bytes.length);
    }

    Digest with(byte[] bytes, int start, int end) {
        int count = end - start;
        length[0] = (byte) (count >>> 24);
        length[1] = (byte) (count >>> 16);
        length[2] = (byte) (count >>> 8);
        length[3] = (byte) count;
        digest.update(length);
        digest.update(bytes, start, count);
        return this;
    }

    String text() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest.digest(), BYTES));
    }
}
