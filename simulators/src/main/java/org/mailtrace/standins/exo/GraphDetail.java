package org.mailtrace.standins.exo;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.temporal.ChronoUnit;

/** An event as Graph writes it: whole seconds, and the trace's id instead of one of its own. */
@RegisterForReflection
record GraphDetail(
        String id, String messageId, String dateTime, String event, String action, String description, String data) {
    static GraphDetail of(TraceRow row, TraceRow.Detail detail) {
        return new GraphDetail(
                row.id(),
                row.story().messageId(),
                detail.at().truncatedTo(ChronoUnit.SECONDS).toString(),
                detail.event(),
                "",
                detail.description(),
                detail.data());
    }
}
