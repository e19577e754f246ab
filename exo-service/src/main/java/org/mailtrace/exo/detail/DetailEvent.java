package org.mailtrace.exo.detail;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mailtrace.contract.EventType;
import org.mailtrace.contract.NameValue;
import org.mailtrace.exo.words.EventDictionary;

/**
 * One event of one recipient, read.
 *
 * @param at UTC
 * @param name the vendor's word
 * @param data the fields of the event's XML, in its order
 */
public record DetailEvent(
        Instant at, EventType type, String name, String action, String description, List<NameValue> data) {
    /**
     * By time; within one second, which is all that Exchange Online tells, in the order in which such events follow. The
     * rest makes it total, so that events in any order are read the same way.
     */
    static final Comparator<DetailEvent> ORDER = Comparator.comparing(DetailEvent::at)
            .thenComparingInt(event -> EventWords.rank(event.type()))
            .thenComparing(DetailEvent::text)
            .thenComparing(event -> event.data().toString());

    public DetailEvent {
        data = List.copyOf(data);
    }

    /** Events as they follow each other, each once however often it was told. */
    static List<DetailEvent> inOrder(Stream<DetailEvent> events) {
        return events.distinct().sorted(ORDER).toList();
    }

    /** The vendor's word in lower case, letters only, and one word for all its spellings. */
    public String word() {
        return EventDictionary.of(name)
                .map(EventDictionary.Entry::word)
                .orElseGet(() -> name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", ""));
    }

    /** The first of these fields that the event has, names compared without regard to case. */
    public Optional<String> field(String... names) {
        return Stream.of(names)
                .flatMap(name -> data.stream().filter(field -> field.name().equalsIgnoreCase(name)))
                .map(NameValue::value)
                .filter(value -> !value.isBlank())
                .findFirst();
    }

    /** Everything the vendor wrote about it, for a search by word; lower case. */
    public String text() {
        return Stream.concat(Stream.of(name, action, description), data.stream().map(NameValue::value))
                .collect(Collectors.joining("\n"))
                .toLowerCase(Locale.ROOT);
    }

    /** The vendor's fields as they came. */
    public List<NameValue> raw() {
        Stream<NameValue> own = Stream.of(
                new NameValue("event", name),
                new NameValue("action", action),
                new NameValue("description", description));
        return Stream.concat(own.filter(field -> !field.value().isBlank()), data.stream())
                .toList();
    }
}
