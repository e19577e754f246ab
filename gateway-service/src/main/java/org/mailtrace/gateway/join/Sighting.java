package org.mailtrace.gateway.join;

import java.util.Objects;
import org.mailtrace.contract.Observation;

/** One message as one source saw it. */
public record Sighting(String source, Observation observation) {
    public Sighting {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(observation, "observation");
    }
}
