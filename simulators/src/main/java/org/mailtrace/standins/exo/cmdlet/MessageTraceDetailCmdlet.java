package org.mailtrace.standins.exo.cmdlet;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.mailtrace.standins.exo.Quirks;
import org.mailtrace.standins.exo.TracePeriod;
import org.mailtrace.standins.exo.TraceRows;

/**
 * {@code Get-MessageTraceDetailV2}. Without a period it knows messages of the last 48 hours only, and says nothing of
 * that.
 */
@ApplicationScoped
class MessageTraceDetailCmdlet implements Cmdlet {
    private static final Set<String> PARAMETERS = Set.of(
            "Action",
            "EndDate",
            "Event",
            "MessageId",
            "MessageTraceId",
            "RecipientAddress",
            "SenderAddress",
            "StartDate");

    private final TraceRows rows;
    private final Quirks quirks;

    MessageTraceDetailCmdlet(TraceRows rows, Quirks quirks) {
        this.rows = rows;
        this.quirks = quirks;
    }

    @Override
    public String name() {
        return "Get-MessageTraceDetailV2";
    }

    @Override
    public Output run(Arguments arguments, Instant now) {
        arguments.onlyKnown(PARAMETERS);
        String id = arguments.required("MessageTraceId");
        String recipient = arguments.required("RecipientAddress");
        List<String> events = arguments.texts("Event");
        TracePeriod period = TracePeriod.of(arguments.time("StartDate"), arguments.time("EndDate"), now);
        return Output.of(rows.visibleAt(now).stream()
                .filter(row -> row.id().equalsIgnoreCase(id) && row.recipient().equalsIgnoreCase(recipient))
                .filter(row -> period.contains(row.received()))
                .flatMap(row -> quirks.disordered(row)
                        .filter(detail ->
                                events.isEmpty() || events.stream().anyMatch(detail.event()::equalsIgnoreCase))
                        .map(detail -> TraceObjects.event(row, detail)))
                .toList());
    }
}
