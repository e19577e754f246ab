package org.mailtrace.standins.story;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;
import org.mailtrace.contract.Direction;
import org.mailtrace.contract.Outcome;

/** What a truthful tracer must conclude for one recipient; an absent field is not examined. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Expectation(
        String recipient,
        Outcome outcome,
        Optional<String> where,
        Optional<Direction> direction,
        Optional<String> reason,
        List<String> via,
        List<String> readdressedTo) {
    public Expectation {
        via = List.copyOf(via);
        readdressedTo = List.copyOf(readdressedTo);
    }
}
