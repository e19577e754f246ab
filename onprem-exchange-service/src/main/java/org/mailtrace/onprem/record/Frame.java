package org.mailtrace.onprem.record;

/**
 * A stretch of bytes that the framer took from a file.
 *
 * @param kind what it is
 * @param start index of its first byte in the buffer
 * @param end index after its last byte, without the line end
 * @param next index where the next frame begins
 */
public record Frame(Kind kind, int start, int end, int next) {
    /** What a frame is. */
    public enum Kind {
        /** One record with all its line breaks inside quotes. */
        RECORD,
        /** A line that begins with {@code #}. */
        COMMENT,
        /** Nothing but a line end. */
        EMPTY,
        /** A record that cannot be one: text behind a closing quote. */
        BROKEN,
        /** The bytes end before the record does. */
        INCOMPLETE
    }
}
