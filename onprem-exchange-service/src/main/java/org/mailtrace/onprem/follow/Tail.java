package org.mailtrace.onprem.follow;

import java.util.Optional;

/**
 * The last bytes that were consumed of a file. All files of a server begin with the same lines, and a file that was cut
 * or replaced may even keep its header and grow past where reading stood; what stands just before that place tells.
 *
 * @param length how many bytes
 * @param digest what they were
 */
record Tail(int length, String digest) {
    /** As many bytes as hold the end of a record, its log id included. */
    static final int LONGEST = 256;

    static final Tail NONE = new Tail(0, "");

    /** The tail of what ends there in the buffer. */
    static Tail of(byte[] bytes, int end) {
        int length = Math.min(LONGEST, end);
        return new Tail(length, new Digest().with(bytes, end - length, end).text());
    }

    /** Whether these bytes are the same. */
    boolean matches(byte[] bytes, int count) {
        return count >= length && (length == 0 || of(bytes, length).equals(this));
    }

    String text() {
        return length + "." + digest;
    }

    static Optional<Tail> of(String text) {
        int dot = text.indexOf('.');
        try {
            int length = Integer.parseInt(text.substring(0, Math.max(0, dot)));
            return length < 0 || length > LONGEST
                    ? Optional.empty()
                    : Optional.of(new Tail(length, text.substring(dot + 1)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
