package org.mailtrace.exo.history;

import java.time.Instant;
import java.util.Optional;
import org.mailtrace.exo.history.csv.FileKind;

/**
 * What a historical search is started with. It has at least one criterion.
 *
 * @param title by which the search is found again
 * @param from whole second, UTC
 * @param to whole second, UTC
 * @param tell whom Exchange Online tells that it is done
 */
record SearchOrder(String title, FileKind kind, Instant from, Instant to, Criteria criteria, Optional<String> tell) {
    SearchOrder {
        if (criteria.isEmpty()) {
            throw new IllegalArgumentException("a historical search needs an address or a message id");
        }
    }

    /** Neither addresses nor ids. */
    @Override
    public String toString() {
        return "SearchOrder[" + title + "]";
    }
}
