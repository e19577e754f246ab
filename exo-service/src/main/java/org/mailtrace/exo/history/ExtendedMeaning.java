package org.mailtrace.exo.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.mailtrace.contract.EventType;
import org.mailtrace.exo.detail.DetailEvent;
import org.mailtrace.exo.history.csv.EventRow;
import org.mailtrace.exo.rows.TraceRow;

/** Reads all rows of one message of the extended report: who its recipients are and what became of each. */
final class ExtendedMeaning {
    private static final Set<EventType> DECISIVE = EnumSet.of(
            EventType.DELIVER,
            EventType.SEND,
            EventType.EXPAND,
            EventType.RESOLVE,
            EventType.REDIRECT,
            EventType.FAIL,
            EventType.REJECT,
            EventType.DISCARD);
    private static final Set<EventType> WAITING = EnumSet.of(EventType.DEFER);

    private final List<EventRow> rows;

    private ExtendedMeaning(List<EventRow> rows) {
        this.rows = rows.stream()
                .sorted(Comparator.comparing(EventRow::at).thenComparingLong(EventRow::line))
                .toList();
    }

    /** @param rows at least one, all of the same message, in any order */
    static List<Traced> of(List<EventRow> rows) {
        return new ExtendedMeaning(rows).recipients();
    }

    private List<Traced> recipients() {
        Map<String, String> spelling = new LinkedHashMap<>();
        Map<String, List<DetailEvent>> events = new LinkedHashMap<>();
        for (EventRow row : rows) {
            row.recipients().forEach(address -> spelling.putIfAbsent(address.toLowerCase(Locale.ROOT), address));
            TrackedEvents.of(row, (address, event) -> {
                String key = address.toLowerCase(Locale.ROOT);
                spelling.putIfAbsent(key, address);
                events.computeIfAbsent(key, any -> new ArrayList<>()).add(event);
            });
        }
        return spelling.entrySet().stream()
                .map(entry -> traced(entry.getValue(), events.getOrDefault(entry.getKey(), List.of())))
                .toList();
    }

    private Traced traced(String recipient, List<DetailEvent> events) {
        EventRow first = rows.getFirst();
        return new Traced(
                new TraceRow(
                        first.traceId(),
                        firstOf(EventRow::messageId),
                        sender(),
                        recipient,
                        firstOf(EventRow::subject),
                        first.at(),
                        rows.stream().flatMap(row -> row.sizeBytes().stream()).max(Comparator.naturalOrder()),
                        status(events),
                        fromIp(),
                        Optional.empty()),
                Optional.of(events));
    }

    /** The return path is the envelope's; the sender's address in the tracking log may be that of the From header. */
    private String sender() {
        return firstOf(row -> row.field("return_path")).map(String::strip).orElseGet(rows.getFirst()::sender);
    }

    private Optional<String> fromIp() {
        return firstOf(row -> row.field("original_client_ip"))
                .or(() -> rows.stream()
                        .filter(row -> TrackingWords.type(row) == EventType.RECEIVE)
                        .flatMap(row -> row.field("client_ip").stream())
                        .findFirst());
    }

    /** The word that says most about what became of the recipient: the last of the first kind that there is. */
    private static String status(List<DetailEvent> events) {
        return last(events, event -> DECISIVE.contains(event.type()))
                .or(() -> last(events, event -> WAITING.contains(event.type())))
                .or(() -> last(events, event -> !TrackingWords.isNeutral(event.name())))
                .or(() -> last(events, event -> event.type() == EventType.RECEIVE || event.type() == EventType.SUBMIT))
                .or(() -> last(events, event -> true))
                .map(DetailEvent::name)
                .orElse("");
    }

    private static Optional<DetailEvent> last(List<DetailEvent> events, Predicate<DetailEvent> wanted) {
        return events.stream().filter(wanted).reduce((earlier, later) -> later);
    }

    private Optional<String> firstOf(Function<EventRow, Optional<String>> what) {
        return rows.stream().flatMap(row -> what.apply(row).stream()).findFirst();
    }
}
