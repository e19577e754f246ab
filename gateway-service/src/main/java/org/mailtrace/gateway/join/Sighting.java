package org.mailtrace.gateway.join;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.mailtrace.contract.Observation;
import org.mailtrace.contract.Recipient;

/** One message as one source saw it. */
public record Sighting(String source, Observation observation) {
    public Sighting {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(observation, "observation");
    }

    /** What it says about one recipient. */
    public List<Word> wordsOn(String address) {
        List<Word> words = new ArrayList<>();
        addWordsOn(address, words);
        return Collections.unmodifiableList(words);
    }

    /** Every rule asks for words, some of them for each pair of sightings: this is a plain loop because it counts. */
    void addWordsOn(String address, List<Word> words) {
        for (Recipient recipient : observation.recipients()) {
            if (recipient.address().equalsIgnoreCase(address)) {
                words.add(new Word(this, recipient));
            }
        }
    }
}
