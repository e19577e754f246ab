package org.mailtrace.standins.shell;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What a server has logged so far. */
@FunctionalInterface
public interface TrackedRows {
    /**
     * Rows of a window in the order of their times, each by the names that the file gives its fields.
     *
     * @param from inclusive
     * @param to exclusive
     */
    List<Map<String, String>> between(Instant from, Instant to);

    /** These rows, and those that are added to them while nobody asks. */
    static TrackedRows of(List<Map<String, String>> rows) {
        return (from, to) -> {
            synchronized (rows) {
                return rows.stream()
                        .filter(row -> {
                            Instant at = Instant.parse(row.get("date-time"));
                            return !at.isBefore(from) && at.isBefore(to);
                        })
                        .toList();
            }
        };
    }
}
