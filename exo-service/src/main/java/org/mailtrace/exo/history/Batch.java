package org.mailtrace.exo.history;

import java.util.List;
import java.util.Optional;

/**
 * Some messages of a file.
 *
 * @param next where the next batch begins; empty if these were the last
 */
record Batch(List<Traced> rows, Optional<String> next) {
    Batch {
        rows = List.copyOf(rows);
    }
}
