package org.mailtrace.onprem.meaning;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailtrace.contract.EventType;
import org.mailtrace.contract.NameValue;
import org.mailtrace.contract.TraceEvent;
import org.mailtrace.onprem.record.TrackingRow;

/** Makes events of rows: one for each recipient, with the sentence that is true of that recipient. */
final class Events {
    /** A row of more recipients becomes one event for all of them. */
    private static final int MAX_PER_ROW = 50;

    private static final String NO_SAFETY_COPY = "HAREDIRECTFAIL";

    private final Site site;

    Events(Site site) {
        this.site = site;
    }

    /**
     * The events.
     *
     * @param rows in the order of custody
     * @param noise whether housekeeping is shown; without it a missing safety copy is one note for the whole message
     */
    List<TraceEvent> of(List<LogRow> rows, boolean noise) {
        List<TraceEvent> events = new ArrayList<>();
        boolean noted = false;
        for (LogRow row : rows) {
            if (noise || !row.noise()) {
                events.addAll(of(row));
            } else if (row.event().equals(NO_SAFETY_COPY) && !noted) {
                events.add(event(row, EventType.OTHER, Optional.empty(), sentence(row, EventType.OTHER, -1), raw(row)));
                noted = true;
            }
        }
        return events;
    }

    private List<TraceEvent> of(LogRow row) {
        EventType type = EventIds.of(row.event()).map(Verdict::type).orElse(EventType.OTHER);
        boolean inside = type == EventType.SEND && Taker.of(row, site).isInside();
        EventType shown = inside ? EventType.TRANSFER : type;
        List<NameValue> raw = raw(row);
        List<String> recipients = row.row().recipients();
        if (recipients.isEmpty() || recipients.size() > MAX_PER_ROW) {
            return List.of(event(row, shown, Optional.empty(), sentence(row, type, -1), raw));
        }
        List<TraceEvent> events = new ArrayList<>();
        for (int i = 0; i < recipients.size(); i++) {
            events.add(event(row, shown, Optional.of(recipients.get(i)), sentence(row, type, i), raw));
        }
        return events;
    }

    /** Of one recipient of the row, or with a negative index of all of them. */
    private String sentence(LogRow row, EventType type, int index) {
        if (Giver.isTold(row) && !row.event().equals("SUBMIT")) {
            return RouteDictionary.received(Giver.of(row, site));
        }
        TrackingRow record = row.row();
        return switch (type) {
            case SEND -> RouteDictionary.sent(Taker.of(row, site), SmtpReply.of(record, Optional.empty()));
            case FAIL, DEFER ->
                EventDictionary.sentence(
                        row.event(),
                        index < 0 ? Optional.empty() : SmtpReply.error(record, record.recipientStatuses(), index));
            case TRANSFER ->
                EventDictionary.sentence(
                        row.event(), References.internalId(record).map(RouteDictionary::copyOf));
            default -> EventDictionary.sentence(row.event(), Optional.empty());
        };
    }

    private static List<NameValue> raw(LogRow row) {
        return row.row().values().entrySet().stream()
                .map(field -> new NameValue(field.getKey(), field.getValue()))
                .toList();
    }

    private static TraceEvent event(
            LogRow row, EventType type, Optional<String> recipient, String text, List<NameValue> raw) {
        return new TraceEvent(row.row().at(), type, recipient, Optional.of(row.server()), Optional.of(text), raw);
    }
}
