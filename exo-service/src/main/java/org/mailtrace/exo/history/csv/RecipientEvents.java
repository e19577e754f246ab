package org.mailtrace.exo.history.csv;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What happened to one recipient, without times: {@code ana@rivercounty.example##Receive, Deliver}.
 *
 * @param events the vendor's words in their order, an open set; none if the file names none
 */
public record RecipientEvents(String address, List<String> events) {
    private static final String MARK = "##";

    public RecipientEvents {
        events = List.copyOf(events);
    }

    /** The words as the file has them. */
    public String raw() {
        return String.join(", ", events);
    }

    /** Reads the column {@code recipient_status}; each address once, its events put together in their order. */
    static List<RecipientEvents> of(String column) {
        Map<String, RecipientEvents> recipients = new LinkedHashMap<>();
        for (String part : parts(column)) {
            int mark = part.lastIndexOf(MARK);
            String address = (mark < 0 ? part : part.substring(0, mark)).strip();
            List<String> events = mark < 0 ? List.of() : words(part.substring(mark + MARK.length()));
            if (!address.isEmpty()) {
                recipients.merge(
                        address.toLowerCase(Locale.ROOT), new RecipientEvents(address, events), RecipientEvents::with);
            }
        }
        return List.copyOf(recipients.values());
    }

    private RecipientEvents with(RecipientEvents later) {
        return new RecipientEvents(
                address, Stream.concat(events.stream(), later.events.stream()).toList());
    }

    private static List<String> parts(String column) {
        return Stream.of(column.split(";", -1)).filter(part -> !part.isBlank()).toList();
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        for (String word : text.split(",", -1)) {
            if (!word.isBlank()) {
                words.add(word.strip());
            }
        }
        return words;
    }

    /** Not the address. */
    @Override
    public String toString() {
        return "RecipientEvents" + events;
    }
}
