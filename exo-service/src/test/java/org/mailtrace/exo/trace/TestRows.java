package org.mailtrace.exo.trace;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mailtrace.contract.EventType;
import org.mailtrace.contract.NameValue;
import org.mailtrace.exo.detail.DetailEvent;
import org.mailtrace.exo.detail.EventWords;
import org.mailtrace.exo.rows.TraceRow;

/** Synthetic rows and events in the shape of Exchange Online's. */
final class TestRows {
    static final Instant RECEIVED = Instant.parse("2026-11-23T07:30:00Z");

    private TestRows() {}

    static TraceRow row(String recipient, String status) {
        return row("sam@contoso.example", recipient, status, Optional.of("192.0.2.7"), Optional.empty());
    }

    static TraceRow row(
            String sender, String recipient, String status, Optional<String> fromIp, Optional<String> toIp) {
        return new TraceRow(
                "4451a062-48cb-e80d-e8c0-196330437ae6",
                Optional.of("<a@contoso.example>"),
                sender,
                recipient,
                Optional.of("Quarterly report"),
                RECEIVED,
                Optional.of(45678L),
                status,
                fromIp,
                toIp);
    }

    static DetailEvent event(EventType type, String name, String description, NameValue... data) {
        return new DetailEvent(RECEIVED.plusSeconds(5), type, name, "", description, List.of(data));
    }

    /** An event as it is read from the vendor's words. */
    static DetailEvent event(int second, String name, String description) {
        return new DetailEvent(
                RECEIVED.plusSeconds(second),
                EventWords.type(name, description.toLowerCase(Locale.ROOT)),
                name,
                "",
                description,
                List.of());
    }
}
