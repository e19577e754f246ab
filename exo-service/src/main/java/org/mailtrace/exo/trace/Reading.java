package org.mailtrace.exo.trace;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
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

/**
 * Reads one page of found messages more closely: events of the recipients asked for, then the other rows of messages
 * that went on under other addresses, then those recipients' events. The order is fixed, so that the same question
 * spends its requests on the same messages.
 */
final class Reading {
    private static final Set<RecipientStatus> GOES_ON =
            EnumSet.of(RecipientStatus.EXPANDED, RecipientStatus.RESOLVED, RecipientStatus.REDIRECTED);

    private static final Set<VendorStatus> LATER =
            EnumSet.of(VendorStatus.EXPANDED, VendorStatus.RESOLVED, VendorStatus.PENDING, VendorStatus.GETTINGSTATUS);
    private static final int MANY = 1000;

    private final Question question;
    private final boolean rowsAreComplete;
    private final Enrichment read;
    private final Observations observations;
    private final int perMessage;
    private final boolean windowIsOpen;

    /**
     * Reads for one question.
     *
     * @param rowsAreComplete whether all rows in the window match the question by their message, and were read
     * @param windowIsOpen whether the window reaches the present, so that no row can lie after it
     */
    Reading(
            Question question,
            boolean rowsAreComplete,
            boolean windowIsOpen,
            Enrichment read,
            Observations observations,
            int perMessage) {
        this.question = question;
        this.rowsAreComplete = rowsAreComplete;
        this.windowIsOpen = windowIsOpen;
        this.read = read;
        this.observations = observations;
        this.perMessage = perMessage;
    }

    List<Observation> of(List<Message> page, Instant now, Instant latest) {
        Function<Message, Window> around = message -> Window.ofMessage(message.firstSeen(), now, latest);
        read.readEvents(rowsToRead(page, Message::rows));
        boolean all = question.include().contains(Include.RECIPIENTS);
        read.readWhole(
                page.stream()
                        .filter(message -> !allKnown(message) && (all || goesOn(message)))
                        .toList(),
                around);
        read.readEvents(rowsToRead(page, this::shown));
        boolean events = question.include().contains(Include.EVENTS);
        return page.stream()
                .map(message -> observations.of(
                        message.sourceId(), known(message), shown(message), read, allKnown(message), events))
                .toList();
    }

    /** A message that has just arrived has no events worth a request. */
    private List<TraceRow> rowsToRead(List<Message> page, Function<Message, List<TraceRow>> rows) {
        return page.stream()
                .flatMap(message -> rows.apply(message).stream()
                        .filter(row -> VendorStatus.of(row.status()) != VendorStatus.GETTINGSTATUS)
                        .limit(perMessage))
                .toList();
    }

    private List<TraceRow> shown(Message message) {
        Message known = known(message);
        if (question.recipients().isEmpty() || question.include().contains(Include.RECIPIENTS)) {
            return known.rows();
        }
        List<Recipient> asked = asked(message);
        boolean group = asked.stream().anyMatch(recipient -> recipient.status() == RecipientStatus.EXPANDED);
        List<String> further = asked.stream()
                .flatMap(recipient -> recipient.relatedAddresses().stream())
                .map(address -> address.toLowerCase(Locale.ROOT))
                .toList();
        List<TraceRow> found = rowsFound(message);
        Stream<TraceRow> derived = known.rows().stream()
                .filter(row -> !found.contains(row))
                .filter(row -> group || further.contains(row.key().recipient()));
        return Stream.concat(found.stream(), derived).toList();
    }

    /** The rows that the question found, as they were read last. */
    private List<TraceRow> rowsFound(Message message) {
        Set<TraceRow.Key> keys = message.rows().stream().map(TraceRow::key).collect(Collectors.toSet());
        return known(message).rows().stream()
                .filter(row -> keys.contains(row.key()))
                .toList();
    }

    private boolean goesOn(Message message) {
        return asked(message).stream().anyMatch(recipient -> GOES_ON.contains(recipient.status()));
    }

    private List<Recipient> asked(Message message) {
        return observations.recipients(known(message), rowsFound(message), read, allKnown(message));
    }

    private Message known(Message message) {
        return read.wholeOf(message).orElse(message);
    }

    /**
     * A question that names no recipient finds all rows of a message, but for two: a group's members may be reached after
     * the window's end, and messages to more than a thousand are only found whole by their trace id (Get-MessageTraceV2).
     */
    private boolean allKnown(Message message) {
        boolean found = rowsAreComplete
                && message.rows().size() < MANY
                && (windowIsOpen
                        || message.rows().stream().noneMatch(row -> LATER.contains(VendorStatus.of(row.status()))));
        return found || read.allRead(message);
    }
}
