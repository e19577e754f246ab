package org.mailtrace.standins.story;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The question that a tracer is asked about a story; the fields are the contract's query parameters. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Ask(
        Optional<String> messageId,
        Optional<String> sender,
        List<String> recipient,
        Optional<String> subject,
        Optional<Instant> from,
        Optional<Instant> to) {
    public Ask {
        recipient = List.copyOf(recipient);
    }
}
