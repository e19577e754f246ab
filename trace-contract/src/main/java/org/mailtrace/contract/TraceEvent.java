package org.mailtrace.contract;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One thing that happened to a message in one source.
 *
 * @param at when, by that source's clock, UTC
 * @param type what, in our words
 * @param recipient whom it concerned; absent when the whole message
 * @param host where it happened
 * @param text one sentence for a person
 * @param raw the vendor's own fields
 */
public record TraceEvent(
        Instant at,
        EventType type,
        Optional<String> recipient,
        Optional<String> host,
        Optional<String> text,
        List<NameValue> raw) {
    public TraceEvent {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(type, "type");
        recipient = Absent.toEmpty(recipient);
        host = Absent.toEmpty(host);
        text = Absent.toEmpty(text);
        raw = Absent.toEmpty(raw);
    }
}
