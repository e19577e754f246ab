package org.mailtrace.index;

import java.util.Objects;

/**
 * A record that could not be read; it stands here so that nothing is lost silently.
 *
 * @param part the server, folder or log
 * @param stream the file or stream within it
 * @param offset where the record begins, in bytes
 * @param reason one sentence
 * @param excerpt the beginning of the record as it stands in the log
 */
public record DeadLetter(String part, String stream, long offset, String reason, String excerpt) {
    public DeadLetter {
        Objects.requireNonNull(part, "part");
        Objects.requireNonNull(stream, "stream");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(excerpt, "excerpt");
    }
}
