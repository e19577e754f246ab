package org.mailtrace.exo.rows;

import java.util.List;
import java.util.Optional;

/**
 * One page of rows.
 *
 * @param unreadable how many rows lacked an id, a recipient or a time
 * @param next where the next page begins, opaque; empty on the last one
 */
public record RowPage(List<TraceRow> rows, int unreadable, Optional<String> next) {
    public RowPage {
        rows = List.copyOf(rows);
    }
}
