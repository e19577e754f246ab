package org.mailtrace.exo.graph;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/**
 * One event as Graph gives it (its {@code exchangeMessageTraceDetail}). The id it carries is the trace's, so an event
 * has no key of its own.
 *
 * @param at UTC, whole seconds; events of one second come in any order
 * @param event the vendor's word, an open set
 * @param data XML
 */
public record DetailRow(Instant at, String event, String action, String description, String data) {
    /** Reads an event; empty if it has no time or no name. */
    static Optional<DetailRow> of(JsonNode row) {
        String event = row.path("event").asText("");
        return VendorTime.of(row.path("dateTime").asText(""))
                .filter(at -> !event.isBlank())
                .map(at -> new DetailRow(
                        at,
                        event.strip(),
                        row.path("action").asText(""),
                        row.path("description").asText(""),
                        row.path("data").asText("")));
    }
}
