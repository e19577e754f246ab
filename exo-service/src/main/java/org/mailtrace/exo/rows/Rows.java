package org.mailtrace.exo.rows;

import java.util.List;
import java.util.Optional;
import org.mailtrace.http.guard.SourceFailure;

/**
 * What one request for rows brought, all its pages together.
 *
 * @param unreadable how many rows lacked an id, a recipient or a time
 * @param ending why not all pages were read; empty if they were
 */
public record Rows(List<TraceRow> rows, int unreadable, Optional<SourceFailure> ending) {
    public Rows {
        rows = List.copyOf(rows);
    }
}
