package org.mailtrace.exo.report;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mailtrace.contract.Include;
import org.mailtrace.contract.Observation;
import org.mailtrace.contract.Question;
import org.mailtrace.contract.Recipient;
import org.mailtrace.contract.RecipientStatus;
import org.mailtrace.exo.rows.TraceRow;
import org.mailtrace.exo.trace.KnownEvents;
import org.mailtrace.exo.trace.Message;
import org.mailtrace.exo.trace.Observations;
import org.mailtrace.jobs.FindingGroup;

/** One message of a report as it is in the store. */
final class StoredMessage {
    private static final Set<RecipientStatus> GOES_ON =
            EnumSet.of(RecipientStatus.EXPANDED, RecipientStatus.RESOLVED, RecipientStatus.REDIRECTED);

    private final Question question;
    private final Message message;
    private final Map<TraceRow.Key, StoredRow> stored;
    private final Observations observations;
    private final boolean allKnown;

    /** @param rowsAreComplete whether all rows of every message match the question and were read */
    StoredMessage(
            FindingGroup group,
            Question question,
            boolean rowsAreComplete,
            ReportJson json,
            Observations observations) {
        this.question = question;
        this.observations = observations;
        this.stored = group.findings().stream()
                .map(finding -> json.read(finding.body(), StoredRow.class))
                .collect(Collectors.toMap(row -> row.row().key(), Function.identity()));
        this.allKnown = rowsAreComplete || members(StoredRow.Members.ALL);
        this.message = new Message(
                group.key(), stored.values().stream().map(StoredRow::row).toList());
    }

    Message message() {
        return message;
    }

    Stream<StoredRow> rows() {
        return stored.values().stream();
    }

    Observation observation() {
        List<TraceRow> shown = shown();
        return observations.of(
                message.sourceId(),
                message,
                shown,
                events(),
                allKnown,
                question.include().contains(Include.EVENTS));
    }

    /** A recipient to be shown whose events nobody has asked for yet, except one that has just arrived. */
    Optional<StoredRow> withoutEvents(Set<String> tooEarly) {
        return shown().stream()
                .map(row -> stored.get(row.key()))
                .filter(row -> row.events().isEmpty() && !row.refused())
                .filter(row -> !tooEarly.contains(row.row().status().toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    /** Whether further rows of the message belong into the answer and are not in the store. */
    boolean lacksMembers() {
        return !allKnown
                && !members(StoredRow.Members.SOME)
                && (question.include().contains(Include.RECIPIENTS)
                        || recipients().stream().anyMatch(recipient -> GOES_ON.contains(recipient.status())));
    }

    Optional<StoredRow> stored(TraceRow row) {
        return Optional.ofNullable(stored.get(row.key()));
    }

    /** The recipients that were asked for, and those derived from them. */
    private List<TraceRow> shown() {
        if (question.include().contains(Include.RECIPIENTS)) {
            return message.rows();
        }
        List<Recipient> asked = recipients();
        boolean group = asked.stream().anyMatch(recipient -> recipient.status() == RecipientStatus.EXPANDED);
        Set<String> further = asked.stream()
                .flatMap(recipient -> recipient.relatedAddresses().stream())
                .map(address -> address.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        return message.rows().stream()
                .filter(row -> stored.get(row.key()).asked()
                        || group
                        || further.contains(row.key().recipient()))
                .toList();
    }

    private List<Recipient> recipients() {
        List<TraceRow> asked = message.rows().stream()
                .filter(row -> stored.get(row.key()).asked())
                .toList();
        return observations.recipients(message, asked, events(), allKnown);
    }

    private boolean members(StoredRow.Members read) {
        return stored.values().stream().anyMatch(row -> row.members() == read);
    }

    private KnownEvents events() {
        return row -> Optional.ofNullable(stored.get(row.key())).flatMap(StoredRow::events);
    }
}
