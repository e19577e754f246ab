package org.mailtrace.onprem.meaning;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A message's key, as a source id carries it and as the index keeps it. The index keeps it encoded as a source id encodes
 * it, so that both order messages of the same millisecond alike.
 */
public final class GroupKey {
    private GroupKey() {}

    /** The form that the index orders by. */
    public static String inIndex(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    /** The form inside a source id. */
    public static String inSourceId(String indexed) {
        return new String(Base64.getUrlDecoder().decode(indexed), StandardCharsets.UTF_8);
    }
}
