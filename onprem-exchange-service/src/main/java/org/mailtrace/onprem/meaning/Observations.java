package org.mailtrace.onprem.meaning;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mailtrace.contract.Observation;
import org.mailtrace.contract.Question;
import org.mailtrace.contract.Recipient;
import org.mailtrace.index.IndexedMessage;
import org.mailtrace.onprem.record.TrackingRow;
import org.mailtrace.source.SourceId;

/** Makes an observation of a message's rows. */
public final class Observations {
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
        return whole(message, List.of(), noise);
    }

    /**
     * The whole observation.
     *
     * @param referring other messages that may refer to this one
     * @param noise whether housekeeping events are shown; a message of nothing else always shows them
     */
    public Observation whole(IndexedMessage message, List<IndexedMessage> referring, boolean noise) {
        List<LogRow> rows = CustodyOrder.of(rows(message), site);
        boolean onlyNoise = rows.stream().allMatch(LogRow::noise);
        Map<String, LastWord> fates = Fates.of(rows, site);
        Provenance provenance = Provenance.of(rows, site);
        Ways ways = new Ways(rows, fates, provenance);
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
                        .map(fate -> recipient(fate.getKey(), fate.getValue(), ways))
                        .toList(),
                new Events(site).of(rows, noise || onlyNoise),
                RelatedMessages.of(
                        rows,
                        referring.stream()
                                .flatMap(other -> rows(other).stream())
                                .toList()),
                Optional.empty());
    }

    /**
     * The same observation with the recipients asked for, those derived from them, and the groups and earlier addresses
     * that led to them.
     */
    public static Observation narrowed(Observation whole, Question question) {
        Lineage lineage = new Lineage();
        whole.recipients().forEach(recipient -> lineage.add(recipient.address(), recipient.relatedAddresses()));
        Set<String> wanted = lineage.of(whole.recipients().stream()
                .map(Recipient::address)
                .filter(question::asksForRecipient)
                .toList());
        List<Recipient> shown = whole.recipients().stream()
                .filter(recipient -> wanted.contains(recipient.address().toLowerCase(Locale.ROOT)))
                .toList();
        return whole.showing(
                shown,
                whole.recipientsComplete() && shown.size() == whole.recipients().size(),
                whole.events());
    }

    private static List<LogRow> rows(IndexedMessage message) {
        return message.rows().stream().map(LogRow::of).toList();
    }

    private static Recipient recipient(String address, LastWord word, Ways ways) {
        return new Recipient(
                address,
                word.status(),
                Optional.of(word.rawStatus()),
                Optional.of(word.at()),
                word.reason().or(word::detail),
                word.nextHop(),
                word.related(),
                Optional.empty(),
                Dictionary.explanation(word)
                        + ways.of(address).map(way -> " " + way).orElse(""),
                Dictionary.nextAction(word));
    }

    private static <T> Optional<T> first(List<LogRow> rows, Field<T> field) {
        return rows.stream().flatMap(row -> field.of(row.row()).stream()).findFirst();
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
