package org.mailtrace.index.sqlite;

import java.nio.file.Path;
import java.util.Objects;

/**
 * How the store is opened.
 *
 * @param file the database file; made when absent, with its directory; must be on a local disk
 * @param readers how many searches run at once
 * @param sample text typical of row bodies; they are stored compressed against it. Kept in the file when it is made
 */
public record SqliteSettings(Path file, int readers, String sample) {
    public SqliteSettings {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(sample, "sample");
        if (readers < 1) {
            throw new IllegalArgumentException("a store needs a reader");
        }
    }
}
