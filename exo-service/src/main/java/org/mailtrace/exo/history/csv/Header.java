package org.mailtrace.exo.history.csv;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mailtrace.exo.words.HistoryWords;

/**
 * The first record: which column stands where. Microsoft documents names, not an order.
 *
 * @param names as the file has them, in lower case with underscores
 */
record Header(FileKind kind, List<String> names, Map<String, Integer> places) {
    /** Columns without which a row cannot be understood; of each inner list one is enough. */
    private static final Map<FileKind, List<List<String>>> REQUIRED = Map.of(
            FileKind.SUMMARY,
            List.of(
                    List.of("origin_timestamp_utc", "origin_timestamp"),
                    List.of("sender_address"),
                    List.of("recipient_status"),
                    List.of("message_id"),
                    List.of("network_message_id")),
            FileKind.EXTENDED,
            List.of(
                    List.of("date_time_utc", "date_time"),
                    List.of("source"),
                    List.of("event_id"),
                    List.of("sender_address"),
                    List.of("recipient_address"),
                    List.of("message_id"),
                    List.of("network_message_id")));

    Header {
        names = List.copyOf(names);
        places = Map.copyOf(places);
    }

    /** @throws UnfitFile naming every column that is missing or stands twice */
    static Header of(List<String> fields) throws UnfitFile {
        List<String> names = fields.stream().map(Header::canonical).toList();
        Map<String, Integer> places = new HashMap<>();
        Set<String> twice = new HashSet<>();
        for (int i = 0; i < names.size(); i++) {
            if (!names.get(i).isEmpty() && places.putIfAbsent(names.get(i), i) != null) {
                twice.add(names.get(i));
            }
        }
        FileKind kind = kind(places);
        List<List<String>> required = REQUIRED.get(kind);
        List<String> faults = new ArrayList<>();
        List<String> missing = missing(required, places);
        if (missing.size() == required.size()) {
            throw new UnfitFile(HistoryWords.NO_REPORT);
        }
        if (!missing.isEmpty()) {
            faults.add(HistoryWords.columnsMissing(missing));
        }
        required.stream()
                .flatMap(List::stream)
                .filter(twice::contains)
                .forEach(name -> faults.add(HistoryWords.columnTwice(name)));
        if (!faults.isEmpty()) {
            throw new UnfitFile(faults);
        }
        return new Header(kind, names, places);
    }

    /** Where the first of these columns stands that the file has. */
    Optional<Integer> place(List<String> anyOf) {
        return anyOf.stream().filter(places::containsKey).map(places::get).findFirst();
    }

    /** Only the extended report has an event in each row; the summary has nothing that it lacks but a time of origin. */
    private static FileKind kind(Map<String, Integer> places) {
        boolean events = places.containsKey("event_id") || places.containsKey("recipient_address");
        boolean origin = REQUIRED.get(FileKind.SUMMARY).getFirst().stream().anyMatch(places::containsKey);
        return events && !origin ? FileKind.EXTENDED : FileKind.SUMMARY;
    }

    private static List<String> missing(List<List<String>> required, Map<String, Integer> places) {
        return required.stream()
                .filter(anyOf -> anyOf.stream().noneMatch(places::containsKey))
                .map(List::getFirst)
                .toList();
    }

    private static String canonical(String name) {
        return name.replace("\uFEFF", "")
                .strip()
                .toLowerCase(Locale.ROOT)
                .replace('-', '_')
                .replace(' ', '_');
    }
}
