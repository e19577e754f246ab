package org.mailtrace.exo.rows;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** What an interface calls the fields of an event, and how an event is read by them. */
public record EventFields(String at, String event, String action, String description, String data) {
    /** Reads an event; empty if it has no time or no name. */
    public Optional<DetailRow> read(JsonNode row) {
        String name = row.path(event).asText("");
        return VendorTime.of(row.path(at).asText(""))
                .filter(time -> !name.isBlank())
                .map(time -> new DetailRow(
                        time,
                        name.strip(),
                        row.path(action).asText(""),
                        row.path(description).asText(""),
                        row.path(data).asText("")));
    }
}
