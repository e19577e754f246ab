package org.mailtrace.exo.trace;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.mailtrace.contract.EventType;
import org.mailtrace.contract.MailId;
import org.mailtrace.contract.Observation;
import org.mailtrace.contract.Origin;
import org.mailtrace.contract.Recipient;
import org.mailtrace.contract.TraceEvent;
import org.mailtrace.exo.detail.DetailEvent;
import org.mailtrace.exo.detail.LastError;
import org.mailtrace.exo.rows.TraceRow;
import org.mailtrace.exo.words.EventDictionary;

/** Makes observations of messages. */
@ApplicationScoped
public class Observations {
    private final RecipientReader recipients;
    private final OriginReader origins;
    private final ConsoleLink console;

    Observations(RecipientReader recipients, OriginReader origins, TraceSettings settings) {
        this.recipients = recipients;
        this.origins = origins;
        this.console = ConsoleLink.of(settings.consoleUrl());
    }

    /** The recipients of a message that were asked for or derived, as they are with what has been read by now. */
    public List<Recipient> recipients(Message known, List<TraceRow> shown, KnownEvents read, boolean allKnown) {
        List<String> all = known.rows().stream().map(TraceRow::recipient).toList();
        return shown.stream()
                .map(row ->
                        recipients.read(row, read.eventsOf(row), allKnown ? without(all, row.recipient()) : List.of()))
                .toList();
    }

    /**
     * An observation.
     *
     * @param sourceId under which it is found again
     * @param known the message with all rows that are known
     * @param shown the rows to list
     * @param allKnown whether Exchange Online has no further rows of this message
     * @param withEvents whether the events are listed
     */
    public Observation of(
            String sourceId,
            Message known,
            List<TraceRow> shown,
            KnownEvents read,
            boolean allKnown,
            boolean withEvents) {
        TraceRow any = known.any();
        List<TraceEvent> events = events(shown, read);
        Optional<Origin> origin = known.rows().stream()
                .flatMap(row -> read.eventsOf(row).flatMap(list -> origins.origin(row, list)).stream())
                .findFirst();
        return new Observation(
                sourceId,
                any.messageId(),
                MailId.guid(known.traceId()),
                Optional.of(any.sender()),
                Optional.empty(),
                any.subject(),
                known.rows().stream().flatMap(row -> row.sizeBytes().stream()).max(Comparator.naturalOrder()),
                known.firstSeen(),
                lastSeen(known, events),
                origin,
                origins.direction(
                        origin, shown.stream().map(TraceRow::recipient).toList()),
                any.fromIp(),
                allKnown ? Optional.of(known.rows().size()) : Optional.empty(),
                allKnown && shown.size() == known.rows().size(),
                shown.stream().allMatch(row -> read.eventsOf(row).isPresent()),
                recipients(known, shown, read, allKnown),
                withEvents ? events : List.of(),
                List.of(),
                MailId.guid(known.traceId()).flatMap(console::to));
    }

    private static List<TraceEvent> events(List<TraceRow> shown, KnownEvents read) {
        List<TraceEvent> events = new ArrayList<>();
        for (TraceRow row : shown) {
            for (DetailEvent event : read.eventsOf(row).orElse(List.of())) {
                events.add(new TraceEvent(
                        event.at(),
                        event.type(),
                        Optional.of(row.recipient()),
                        event.field("ServerHostName"),
                        Optional.of(EventDictionary.sentence(event.name(), event.type(), quoted(event))),
                        event.raw()));
            }
        }
        return events.stream().sorted(Comparator.comparing(TraceEvent::at)).toList();
    }

    /** An error in its own words instead of in the braces that the vendor wraps it in. */
    private static Optional<String> quoted(DetailEvent event) {
        return event.type() == EventType.FAIL || event.type() == EventType.DEFER
                ? LastError.of(event).text()
                : Optional.of(event.description());
    }

    private static Instant lastSeen(Message known, List<TraceEvent> events) {
        Instant lastRow = known.rows().stream()
                .map(TraceRow::receivedAt)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        return events.stream()
                .map(TraceEvent::at)
                .filter(at -> at.isAfter(lastRow))
                .max(Comparator.naturalOrder())
                .orElse(lastRow);
    }

    private static List<String> without(List<String> addresses, String address) {
        return addresses.stream()
                .filter(other -> !other.equalsIgnoreCase(address))
                .toList();
    }
}
