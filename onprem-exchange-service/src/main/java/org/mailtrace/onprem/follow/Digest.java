package org.mailtrace.onprem.follow;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** Deterministic keys: 128 bits of SHA-256 over parts whose borders count, URL-safe. */
final class Digest {
    private static final int BYTES = 16;

    private final MessageDigest digest;

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
        int length = end - start;
        digest.update(
                new byte[] {(byte) (length >>> 24), (byte) (length >>> 16), (byte) (length >>> 8), (byte) length});
        digest.update(bytes, start, length);
        return this;
    }

    String text() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest.digest(), BYTES));
    }
}
