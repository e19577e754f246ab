package org.mailtrace.index;

import java.util.Objects;

/**
 * Where a reader stands in one stream.
 *
 * @param part the server, folder or log that is read
 * @param stream the file or stream within it
 * @param position whatever the reader needs to go on; the index only keeps it
 */
public record Checkpoint(String part, String stream, String position) {
    public Checkpoint {
        Objects.requireNonNull(part, "part");
        Objects.requireNonNull(stream, "stream");
        Objects.requireNonNull(position, "position");
    }
}
