package org.mailtrace.onprem.follow;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Records at the end of files that are not finished, and since when they stand there like that. */
final class Unfinished {
    private final Map<String, Standing> standing = new HashMap<>();

    /** Notes how a read ended: so many bytes behind the offset are not complete. */
    void note(String file, long offset, int bytes, Instant now) {
        Standing known = standing.get(file);
        if (bytes == 0) {
            standing.remove(file);
        } else if (known == null || known.offset() != offset || known.since().isAfter(now)) {
            standing.put(file, new Standing(offset, now));
        }
    }

    boolean isAbandoned(String file, long offset, FileLook look) {
        Standing known = standing.get(file);
        return known != null && known.offset() == offset && known.since().isBefore(look.patience());
    }

    void keepOnly(Collection<String> files) {
        standing.keySet().retainAll(files);
    }

    /** Since when the oldest of them stands there. */
    Optional<Instant> since() {
        return standing.values().stream().map(Standing::since).min(Instant::compareTo);
    }

    /** An unfinished record. */
    private record Standing(long offset, Instant since) {}
}
