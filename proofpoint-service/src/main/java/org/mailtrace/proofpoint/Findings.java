package org.mailtrace.proofpoint;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.mailtrace.contract.Observation;
import org.mailtrace.contract.Question;
import org.mailtrace.proofpoint.fate.Message;
import org.mailtrace.proofpoint.row.MessageRow;
import org.mailtrace.proofpoint.slicing.Harvest;
import org.mailtrace.proofpoint.smartsearch.RowFilter;
import org.mailtrace.proofpoint.words.Sentences;
import org.mailtrace.source.Page;

/**
 * The rows that a search brought, filtered again and grouped into messages.
 *
 * @param undated when rows without a readable date are taken to be: the start of the window that was searched
 */
record Findings(Question question, RowFilter filter, Instant undated, Function<Message, Observation> draft) {
    /** A page of messages. */
    record MessagePage(List<Message> messages, java.util.Optional<String> next) {}

    /** The page, out of rows that are complete down to a moment. */
    MessagePage page(List<MessageRow> rows, Instant downTo) {
        var byId = messages(rows, message -> !isHidden(message)).stream()
                .filter(message -> !message.firstSeen().isBefore(downTo) && question.covers(message.firstSeen()))
                .collect(Collectors.toMap(message -> draft.apply(message).sourceId(), Function.identity()));
        Page page = Page.of(byId.values().stream().map(draft).toList(), question);
        return new MessagePage(
                page.observations().stream()
                        .map(observation -> byId.get(observation.sourceId()))
                        .toList(),
                page.next());
    }

    /** Down to this moment the rows of all readings are complete, except where one of them failed. */
    static Instant completeDownTo(List<Harvest<MessageRow>> harvests) {
        return harvests.stream()
                .filter(Harvest::isStoppedEarly)
                .map(Harvest::completeDownTo)
                .max(Instant::compareTo)
                .orElse(Instant.MIN);
    }

    /** What a reader must know about rows that are odd or left out. */
    List<String> warnings(List<MessageRow> rows) {
        List<String> warnings = new ArrayList<>();
        warn(warnings, messages(rows, message -> any(message, row -> row.date().isEmpty())), Sentences::noDate);
        warn(
                warnings,
                messages(rows, message -> any(message, MessageRow::isDateWithoutZone)),
                Sentences::dateWithoutZone);
        warn(warnings, messages(rows, this::isHidden), Sentences::noiseHidden);
        warn(warnings, rows, filter::lacksRecipients, Sentences::noRecipients);
        warn(warnings, rows, filter::lacksTarget, Sentences::noTarget);
        warn(warnings, rows, filter::hasUnreadableSubject, Sentences::subjectUnreadable);
        return warnings;
    }

    /** Whether a row was left out that may be what was asked for: then finding nothing proves nothing. */
    boolean leavesOut(List<MessageRow> rows) {
        return rows.stream()
                .anyMatch(row ->
                        filter.lacksRecipients(row) || filter.lacksTarget(row) || filter.hasUnreadableSubject(row));
    }

    private static void warn(
            List<String> warnings, List<MessageRow> rows, Predicate<MessageRow> test, Function<Long, String> sentence) {
        long count = rows.stream().filter(test).distinct().count();
        if (count > 0) {
            warnings.add(sentence.apply(count));
        }
    }

    private static void warn(List<String> warnings, List<Message> messages, Function<Long, String> sentence) {
        if (!messages.isEmpty()) {
            warnings.add(sentence.apply((long) messages.size()));
        }
    }

    private List<Message> messages(List<MessageRow> rows, Predicate<Message> wanted) {
        return Message.of(rows, undated).stream()
                .filter(message -> any(message, filter::accepts))
                .filter(wanted)
                .toList();
    }

    private boolean isHidden(Message message) {
        return any(message, filter::isHiddenNoise);
    }

    private static boolean any(Message message, Predicate<MessageRow> test) {
        return message.rows().stream().anyMatch(test);
    }
}
