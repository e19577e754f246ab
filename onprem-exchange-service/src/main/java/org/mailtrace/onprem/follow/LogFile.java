package org.mailtrace.onprem.follow;

import java.time.Instant;
import java.util.Comparator;

/**
 * A tracking log in a directory.
 *
 * @param name its file name
 * @param parsed what the name says
 * @param size bytes when the directory was listed; a writer that keeps it open may have written more
 * @param modified when it was last written to
 */
record LogFile(String name, LogName parsed, long size, Instant modified) {
    static final Comparator<LogFile> OLDEST_FIRST =
            Comparator.comparing(LogFile::parsed, LogName.OLDEST_FIRST).thenComparing(LogFile::name);
}
