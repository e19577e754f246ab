package org.mailtrace.exo.trace;

import java.util.List;
import java.util.Optional;
import org.mailtrace.exo.detail.DetailEvent;
import org.mailtrace.exo.rows.TraceRow;

/** What is known of the events of rows, however they came here. */
@FunctionalInterface
public interface KnownEvents {
    /** The events of a row, oldest first; empty if they were not read. */
    Optional<List<DetailEvent>> eventsOf(TraceRow row);
}
