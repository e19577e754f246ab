package org.mailtrace.exo.trace;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mailtrace.contract.AddressPattern;
import org.mailtrace.contract.MailId;
import org.mailtrace.contract.Question;
import org.mailtrace.exo.rows.TraceFilter;
import org.mailtrace.exo.rows.TraceRow;

/**
 * Which requests answer a question. Where an interface takes several recipients they are asked for together; Graph takes
 * one value per property, so there they become several requests, unless something narrower selects the message: then one
 * request is enough and the rest is filtered here. Every row is filtered again here in any case, because Graph ignores
 * what it does not understand and returns everything.
 */
public final class Plan {
    private Plan() {}

    /**
     * The requests of a report, one recipient each: a report that began through one interface can then go on through the
     * other.
     */
    public static List<TraceFilter> of(Question question, Window window) {
        return of(question, window, false);
    }

    /**
     * Requests, newest window first; empty if Exchange Online cannot be asked this way.
     *
     * @param severalRecipients whether one request may name several
     */
    static List<TraceFilter> of(Question question, Window window, boolean severalRecipients) {
        return window.slices().stream()
                .flatMap(slice -> requests(question, slice, severalRecipients))
                .toList();
    }

    /** Whether the row is what was asked for, by every field of the question. */
    public static boolean wants(Question question, TraceRow row) {
        return wantsMessage(question, row) && question.asksForRecipient(row.recipient());
    }

    /** As {@link #wants}, without looking at the recipient: group members and new addresses belong to the message. */
    public static boolean wantsMessage(Question question, TraceRow row) {
        return question.sender().map(sender -> sender.matches(row.sender())).orElse(true)
                && question.subject()
                        .map(text -> row.subject()
                                .filter(subject -> contains(subject, text))
                                .isPresent())
                        .orElse(true)
                && question.messageId().map(id -> isId(id, row)).orElse(true);
    }

    private static Stream<TraceFilter> requests(Question question, Window slice, boolean severalRecipients) {
        if (question.messageId().isPresent()) {
            return Stream.of(byId(question.messageId().orElseThrow(), slice));
        }
        Optional<String> sender =
                question.sender().filter(pattern -> !pattern.isNullSender()).map(AddressPattern::value);
        boolean exactSender = question.sender()
                .filter(pattern -> !pattern.isNullSender() && !pattern.isWholeDomain())
                .isPresent();
        List<AddressPattern> recipients = question.recipients();
        if (recipients.isEmpty() || (recipients.size() > 1 && exactSender && !severalRecipients)) {
            boolean selects = sender.isPresent() || question.subject().isPresent();
            return selects ? Stream.of(by(slice, sender, List.of(), question.subject())) : Stream.empty();
        }
        return together(recipients, severalRecipients)
                .map(group -> by(
                        slice,
                        exactSender || group.getFirst().isWholeDomain() ? sender : Optional.empty(),
                        group.stream().map(AddressPattern::value).toList(),
                        question.subject()));
    }

    /** What one request each asks for; addresses and whole domains apart, because the latter are not documented. */
    private static Stream<List<AddressPattern>> together(List<AddressPattern> recipients, boolean severalRecipients) {
        return severalRecipients
                ? recipients.stream()
                        .collect(Collectors.partitioningBy(AddressPattern::isWholeDomain))
                        .values()
                        .stream()
                        .filter(group -> !group.isEmpty())
                : recipients.stream().map(List::of);
    }

    private static TraceFilter byId(MailId id, Window slice) {
        boolean network = id.kind() == MailId.Kind.NETWORK_MESSAGE_ID;
        return new TraceFilter(
                slice.from(),
                slice.to(),
                network ? Optional.of(id.value()) : Optional.empty(),
                network ? Optional.empty() : Optional.of(id.value()),
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    private static TraceFilter by(
            Window slice, Optional<String> sender, List<String> recipients, Optional<String> subject) {
        return new TraceFilter(
                slice.from(), slice.to(), Optional.empty(), Optional.empty(), sender, recipients, subject);
    }

    private static boolean isId(MailId id, TraceRow row) {
        return id.kind() == MailId.Kind.NETWORK_MESSAGE_ID
                ? row.traceId().equals(id.value())
                : row.messageId().filter(id.value()::equals).isPresent();
    }

    private static boolean contains(String subject, String text) {
        for (int start = 0; start + text.length() <= subject.length(); start++) {
            if (subject.regionMatches(true, start, text, 0, text.length())) {
                return true;
            }
        }
        return false;
    }
}
