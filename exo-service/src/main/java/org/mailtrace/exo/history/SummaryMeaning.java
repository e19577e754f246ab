package org.mailtrace.exo.history;

import java.util.List;
import java.util.Optional;
import org.mailtrace.exo.history.csv.RecipientEvents;
import org.mailtrace.exo.history.csv.SummaryRow;
import org.mailtrace.exo.rows.TraceRow;

/**
 * Reads a row of the summary. It names a recipient's events without their times, so no events are made of it: the words
 * become the recipient's status as they stand, and everything that only events would show stays unclaimed.
 */
final class SummaryMeaning {
    private SummaryMeaning() {}

    static List<Traced> of(SummaryRow row) {
        return row.recipients().stream()
                .map(recipient -> new Traced(row(row, recipient), Optional.empty()))
                .toList();
    }

    private static TraceRow row(SummaryRow row, RecipientEvents recipient) {
        return new TraceRow(
                row.traceId(),
                row.messageId(),
                row.sender(),
                recipient.address(),
                row.subject(),
                row.at(),
                row.sizeBytes(),
                recipient.raw(),
                row.clientIp(),
                Optional.empty());
    }
}
