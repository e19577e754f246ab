package org.mailtrace.onprem.meaning;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * A message's key, as a source id carries it and as the index keeps it. The index keeps it encoded as a source id encodes
 * it, so that both order messages of the same millisecond alike.
 *
 * <p>A message is grouped by Message-ID and network message id together, because a Message-ID is the sender's choice and
 * repeats. Rows that lack one of the two have a key of their own, which can be computed from the other rows: so what
 * belongs together is found again when a question is asked.
 */
public final class GroupKey {
    private static final int BYTES = 16;

    private GroupKey() {}

    /**
     * The key of rows with these ids, in their canonical form.
     *
     * @param messageId the Message-ID
     * @param networkMessageId the network message id; absent before Exchange 2013 and in some later rows
     */
    public static String of(Optional<String> messageId, Optional<String> networkMessageId) {
        MessageDigest digest = sha256();
        for (String part : new String[] {"message", messageId.orElse(""), networkMessageId.orElse("")}) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            int length = bytes.length;
            digest.update(
                    new byte[] {(byte) (length >>> 24), (byte) (length >>> 16), (byte) (length >>> 8), (byte) length});
            digest.update(bytes);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest.digest(), BYTES));
    }

    /** The form that the index orders by. */
    public static String inIndex(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    /** The form inside a source id. */
    public static String inSourceId(String indexed) {
        return new String(Base64.getUrlDecoder().decode(indexed), StandardCharsets.UTF_8);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
