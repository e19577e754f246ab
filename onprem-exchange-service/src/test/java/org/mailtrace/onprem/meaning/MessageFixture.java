package org.mailtrace.onprem.meaning;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.mailtrace.contract.Observation;
import org.mailtrace.contract.Question;
import org.mailtrace.contract.Recipient;
import org.mailtrace.contract.TraceEvent;
import org.mailtrace.index.IndexedMessage;
import org.mailtrace.index.StoredRow;
import org.mailtrace.onprem.LogFixture;
import org.mailtrace.onprem.record.RowBody;
import org.mailtrace.onprem.record.TrackingRow;

/** Rows of one message on several servers. All of it is synthetic, in the documented meaning of the fields. */
final class MessageFixture {
    static final Instant T0 = Instant.parse("2026-11-20T10:00:00Z");
    static final String ANA = "ana@rivercounty.example";
    static final String BO = "bo@rivercounty.example";
    static final String MESSAGE_ID = "<a@contoso.example>";
    static final Site SITE = Site.of(
            Set.of("EXCH01", "EXCH02", "OLD2010"),
            List.of("rivercounty.example"),
            List.of("10.20.0.0/16", "10.20.3.0/24 printers of the town hall"),
            List.of(
                    new KnownHop("*.pphosted.example", "proofpoint"),
                    new KnownHop("198.51.100.200", KnownHop.EXCHANGE_ONLINE)));

    private final List<StoredRow> rows = new ArrayList<>();

    /** A row that a server stamped so many seconds after ten o'clock by its own clock. */
    MessageFixture row(String server, long second, String source, String event, String... pairs) {
        Instant at = T0.plusSeconds(second);
        String[] all = Stream.concat(
                        Arrays.stream(pairs).anyMatch("message-id"::equals)
                                ? Stream.empty()
                                : Stream.of("message-id", MESSAGE_ID),
                        Arrays.stream(pairs))
                .toArray(String[]::new);
        TrackingRow row = new TrackingRow(at, LogFixture.values(at, source, event, all));
        rows.add(new StoredRow(at, server, new Noise().is(row), RowBody.of(row)));
        return this;
    }

    IndexedMessage message() {
        return message("key");
    }

    IndexedMessage message(String key) {
        List<StoredRow> sorted = rows.stream()
                .sorted((one, other) -> one.at().compareTo(other.at()))
                .toList();
        return new IndexedMessage(
                GroupKey.inIndex(key), sorted.getFirst().at(), sorted.getLast().at(), sorted, true);
    }

    Observation observation() {
        return new Observations(SITE).whole(message(), false);
    }

    Recipient recipient(String address) {
        return observation().recipients().stream()
                .filter(recipient -> recipient.address().equals(address))
                .findFirst()
                .orElseThrow();
    }

    List<String> narrowedTo(String recipient) {
        return Observations.narrowed(
                        observation(), Question.parse(Map.of("recipient", List.of(recipient)), T0.plusSeconds(60)))
                .recipients()
                .stream()
                .map(Recipient::address)
                .toList();
    }

    /** The sentences of the events with this raw event id. */
    List<String> sentences(String event) {
        return observation().events().stream()
                .filter(each -> each.raw().stream()
                        .anyMatch(field ->
                                field.name().equals("event-id") && field.value().equals(event)))
                .map(TraceEvent::text)
                .map(text -> text.orElse(""))
                .toList();
    }
}
