package org.mailtrace.onprem.meaning;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mailtrace.contract.EventType;
import org.mailtrace.contract.NameValue;
import org.mailtrace.contract.Observation;
import org.mailtrace.contract.Question;
import org.mailtrace.contract.Recipient;
import org.mailtrace.contract.TraceEvent;
import org.mailtrace.index.IndexedMessage;
import org.mailtrace.index.StoredRow;
import org.mailtrace.onprem.record.RowBody;
import org.mailtrace.onprem.record.TrackingRow;
import org.mailtrace.source.SourceId;

/** Makes an observation of a message's rows. */
public final class Observations {
    /** A row of more recipients becomes one event for all of them. */
    private static final int MAX_EVENTS_PER_ROW = 50;

    private final Site site;

    public Observations(Site site) {
        this.site = site;
    }

    /** The id under which the message is found again. */
    public static String sourceId(IndexedMessage message) {
        return new SourceId(message.firstSeen(), GroupKey.inSourceId(message.group())).encoded();
    }

    /**
     * The whole observation.
     *
     * @param noise whether housekeeping events are shown; a message of nothing else always shows them
     */
    public Observation whole(IndexedMessage message, boolean noise) {
        List<TrackingRow> rows = message.rows().stream()
                .map(row -> RowBody.read(row.at(), row.body()))
                .toList();
        boolean onlyNoise = message.rows().stream().allMatch(StoredRow::noise);
        List<TraceEvent> events = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            if (noise || onlyNoise || !message.rows().get(i).noise()) {
                events.addAll(events(rows.get(i), message.rows().get(i).part()));
            }
        }
        Map<String, LastWord> fates = Fates.of(rows, site);
        Provenance provenance = Provenance.of(rows, site);
        return new Observation(
                sourceId(message),
                first(rows, TrackingRow::messageId),
                first(rows, TrackingRow::networkMessageId),
                first(rows, TrackingRow::returnPath),
                first(rows, row -> row.optional("sender-address")),
                first(rows, row -> row.optional("message-subject")),
                first(rows, row -> row.optional("total-bytes").flatMap(Observations::number)),
                message.firstSeen(),
                message.lastSeen(),
                provenance.origin(),
                provenance.direction(List.copyOf(fates.keySet()), site),
                provenance.clientIp(),
                fates.isEmpty() ? Optional.empty() : Optional.of(fates.size()),
                message.rowsComplete(),
                true,
                fates.entrySet().stream()
                        .map(fate -> recipient(fate.getKey(), fate.getValue()))
                        .toList(),
                events,
                Optional.empty());
    }

    /** The same observation with the recipients asked for and those derived from them. */
    public static Observation narrowed(Observation whole, Question question) {
        Set<String> wanted = new HashSet<>();
        List<Recipient> rest = new ArrayList<>(whole.recipients());
        boolean grown = true;
        while (grown) {
            grown = rest.removeIf(recipient -> {
                boolean isWanted = question.asksForRecipient(recipient.address())
                        || wanted.contains(recipient.address().toLowerCase(Locale.ROOT));
                if (isWanted) {
                    wanted.add(recipient.address().toLowerCase(Locale.ROOT));
                    recipient.relatedAddresses().forEach(address -> wanted.add(address.toLowerCase(Locale.ROOT)));
                }
                return isWanted;
            });
        }
        List<Recipient> shown = whole.recipients().stream()
                .filter(recipient -> wanted.contains(recipient.address().toLowerCase(Locale.ROOT)))
                .toList();
        return whole.showing(
                shown,
                whole.recipientsComplete() && shown.size() == whole.recipients().size(),
                whole.events());
    }

    private static Recipient recipient(String address, LastWord word) {
        return new Recipient(
                address,
                word.status(),
                Optional.of(word.rawStatus()),
                Optional.of(word.at()),
                word.reason().or(word::detail),
                word.nextHop(),
                word.related(),
                Optional.empty(),
                Dictionary.explanation(word),
                Dictionary.nextAction(word));
    }

    private List<TraceEvent> events(TrackingRow row, String server) {
        List<NameValue> raw = row.values().entrySet().stream()
                .map(field -> new NameValue(field.getKey(), field.getValue()))
                .toList();
        EventType type = EventIds.of(row.event()).map(Verdict::type).orElse(EventType.OTHER);
        EventType shown = type == EventType.SEND && Route.isInternal(row, site) ? EventType.TRANSFER : type;
        Optional<String> text = Dictionary.event(row.event(), row.source(), quoted(row, type));
        List<String> recipients = row.recipients();
        if (recipients.isEmpty() || recipients.size() > MAX_EVENTS_PER_ROW) {
            return List.of(new TraceEvent(row.at(), shown, Optional.empty(), Optional.of(server), text, raw));
        }
        return recipients.stream()
                .map(address -> new TraceEvent(row.at(), shown, Optional.of(address), Optional.of(server), text, raw))
                .toList();
    }

    private static Optional<String> quoted(TrackingRow row, EventType type) {
        return switch (type) {
            case SEND -> SmtpReply.host(row);
            case FAIL, DEFER ->
                SmtpReply.error(row, row.recipientStatuses().stream().findFirst());
            default -> Optional.empty();
        };
    }

    private static <T> Optional<T> first(List<TrackingRow> rows, Field<T> field) {
        return rows.stream().flatMap(row -> field.of(row).stream()).findFirst();
    }

    private static Optional<Long> number(String text) {
        try {
            return Optional.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** A field of a row. */
    private interface Field<T> {
        Optional<T> of(TrackingRow row);
    }
}
