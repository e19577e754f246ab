package org.mailtrace.gateway.join;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.mailtrace.contract.Observation;
import org.mailtrace.contract.Recipient;

/**
 * One message as the whole mail flow saw it: sightings of all sources, joined.
 *
 * @param sightings oldest first; clocks of different sources may be minutes apart
 * @param by what joined them; empty for a single sighting
 */
public record Message(List<Sighting> sightings, List<String> by) {
    /** What joined it if no id did. */
    static final List<String> RESEMBLANCE = List.of("sender", "recipient", "subject", "time");

    public Message {
        sightings = sightings.stream()
                .sorted(Comparator.comparing((Sighting s) -> s.observation().firstSeen())
                        .thenComparing(Sighting::source)
                        .thenComparing(s -> s.observation().sourceId()))
                .toList();
        by = List.copyOf(by);
    }

    /** Whether a part of it was only joined because nothing else resembles it. */
    public boolean isProbable() {
        return by.containsAll(RESEMBLANCE);
    }

    public Instant firstSeen() {
        return sightings.getFirst().observation().firstSeen();
    }

    public Instant lastSeen() {
        return sightings.stream()
                .map(s -> s.observation().lastSeen())
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** The first value that any source knows. */
    public <T> Optional<T> first(Function<Observation, Optional<T>> field) {
        for (Sighting sighting : sightings) {
            Optional<T> value = field.apply(sighting.observation());
            if (value.isPresent()) {
                return value;
            }
        }
        return Optional.empty();
    }

    /** All recipients that any source lists, as first written, each once. */
    public List<String> recipients() {
        Map<String, String> byAddress = new LinkedHashMap<>();
        for (Sighting sighting : sightings) {
            for (Recipient recipient : sighting.observation().recipients()) {
                byAddress.putIfAbsent(Addresses.lower(recipient.address()), recipient.address());
            }
        }
        return List.copyOf(byAddress.values());
    }

    /** What every source says about one recipient. */
    public List<Word> wordsOn(String address) {
        List<Word> words = new ArrayList<>(sightings.size());
        for (Sighting sighting : sightings) {
            sighting.addWordsOn(address, words);
        }
        return Collections.unmodifiableList(words);
    }

    /** Whether any sighting is of that source. */
    public boolean seenBy(String source) {
        return sightings.stream().anyMatch(s -> s.source().equals(source));
    }
}
