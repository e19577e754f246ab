package org.mailtrace.gateway.join;

import java.util.List;
import java.util.Objects;
import org.mailtrace.contract.Observation;

/** One message as one source saw it. */
public record Sighting(String source, Observation observation) {
    public Sighting {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(observation, "observation");
    }

    /** What it says about one recipient. */
    List<Word> wordsOn(String address) {
        return observation.recipients().stream()
                .filter(recipient -> recipient.address().equalsIgnoreCase(address))
                .map(recipient -> new Word(this, recipient))
                .toList();
    }
}
