package org.mailtrace.standins.exo;

import java.time.Instant;
import java.util.List;
import org.mailtrace.standins.story.Story;

/** What the tenant knows of one message and one recipient. */
record TraceRow(
        Story story,
        String recipient,
        Instant received,
        String status,
        String fromIp,
        String toIp,
        List<Detail> details) {

    /** One event of the details. */
    record Detail(Instant at, String event, String description, String data) {}

    TraceRow {
        details = List.copyOf(details);
    }

    String id() {
        return story.networkMessageId();
    }
}
