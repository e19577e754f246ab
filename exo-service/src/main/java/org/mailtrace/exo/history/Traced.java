package org.mailtrace.exo.history;

import java.util.List;
import java.util.Optional;
import org.mailtrace.exo.detail.DetailEvent;
import org.mailtrace.exo.rows.TraceRow;

/**
 * One recipient of one message as a report has it.
 *
 * @param row its status is the vendor's word or words
 * @param events oldest first; empty where the report does not tell them
 */
record Traced(TraceRow row, Optional<List<DetailEvent>> events) {
    Traced {
        events = events.map(List::copyOf);
    }
}
