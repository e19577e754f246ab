package org.mailtrace.exo.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.mailtrace.contract.EventType;
import org.mailtrace.contract.NameValue;
import org.mailtrace.exo.detail.DetailEvent;
import org.mailtrace.exo.history.csv.EventRow;

/** Makes events of single recipients of one row of the extended report. */
final class TrackedEvents {
    private static final Set<EventType> READDRESSING = Set.of(EventType.EXPAND, EventType.RESOLVE, EventType.REDIRECT);
    /** Columns under the names that the details of a message trace have for the same facts. */
    private static final Map<String, String> NAMES = Map.of(
            "server_hostname", "ServerHostName",
            "server_ip", "ServerIP",
            "client_hostname", "ClientHostName",
            "client_ip", "ClientIP");
    /** Said elsewhere in the answer, or for each recipient by itself. */
    private static final Set<String> LEFT_OUT = Set.of(
            "date_time",
            "date_time_utc",
            "event_id",
            "source",
            "message_id",
            "network_message_id",
            "recipient_address",
            "recipient_status",
            "related_recipient_address",
            "message_subject",
            "sender_address",
            "return_path",
            "tenant_id");
    /** Says where and how, and holds no address. */
    private static final Set<String> WITHOUT_ADDRESSES =
            Set.of("server_hostname", "server_ip", "client_hostname", "client_ip", "connector_id");

    private TrackedEvents() {}

    /** Hands over each recipient with its event. */
    static void of(EventRow row, BiConsumer<String, DetailEvent> sink) {
        EventType type = TrackingWords.type(row);
        if (READDRESSING.contains(type)) {
            readdressed(row, type, sink);
            return;
        }
        List<NameValue> data = data(row, false);
        for (int i = 0; i < row.recipients().size(); i++) {
            sink.accept(row.recipients().get(i), event(row, type, text(row, type, i), data));
        }
    }

    /**
     * The old address stands in {@code related_recipient_address}, the new ones in {@code recipient_address}. The event is
     * the old address's; every address in its data is one under which the message goes on.
     */
    private static void readdressed(EventRow row, EventType type, BiConsumer<String, DetailEvent> sink) {
        if (row.related().isEmpty()) {
            row.recipients().forEach(address -> sink.accept(address, event(row, EventType.OTHER, "", data(row, true))));
            return;
        }
        boolean pairs = type != EventType.EXPAND
                && row.related().size() == row.recipients().size();
        for (int i = 0; i < row.related().size(); i++) {
            List<NameValue> data = new ArrayList<>(data(row, true));
            (pairs ? row.recipients().subList(i, i + 1) : row.recipients())
                    .forEach(address -> data.add(new NameValue("recipient_address", address)));
            sink.accept(row.related().get(i), event(row, type, "", data));
        }
    }

    /** What was said about the recipient; of what left the organisation rather the other server's own reply. */
    private static String text(EventRow row, EventType type, int recipient) {
        Optional<String> context = row.field("source_context").map(String::strip);
        Optional<String> status = StatusList.of(
                row.field("recipient_status").orElse(""),
                recipient,
                row.recipients().size());
        return (type == EventType.SEND ? context.or(() -> status) : status.or(() -> context)).orElse("");
    }

    private static DetailEvent event(EventRow row, EventType type, String text, List<NameValue> data) {
        return new DetailEvent(row.at(), type, row.event(), row.source(), text, data);
    }

    private static List<NameValue> data(EventRow row, boolean withoutAddresses) {
        return row.fields().stream()
                .filter(field -> !LEFT_OUT.contains(field.name()))
                .filter(field -> !withoutAddresses || WITHOUT_ADDRESSES.contains(field.name()))
                .map(field -> new NameValue(NAMES.getOrDefault(field.name(), field.name()), field.value()))
                .toList();
    }
}
