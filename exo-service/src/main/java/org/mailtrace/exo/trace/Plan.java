package org.mailtrace.exo.trace;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mailtrace.contract.AddressPattern;
import org.mailtrace.contract.MailId;
import org.mailtrace.contract.Question;
import org.mailtrace.exo.rows.TraceFilter;
import org.mailtrace.exo.rows.TraceRow;

/**
 * Which requests answer a question. Graph takes one value per property, so several recipients become several requests,
 * unless something narrower selects the message: then one request is enough and the rest is filtered here. Every row is
 * filtered again here in any case, because Graph ignores what it does not understand and returns everything.
 */
public final class Plan {
    private Plan() {}

    /** Requests, newest window first; empty if Graph cannot be asked this way. */
    public static List<TraceFilter> of(Question question, Window window) {
        return window.slices().stream()
                .flatMap(slice -> requests(question, slice))
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

    private static Stream<TraceFilter> requests(Question question, Window slice) {
        if (question.messageId().isPresent()) {
            return Stream.of(byId(question.messageId().orElseThrow(), slice));
        }
        Optional<String> sender =
                question.sender().filter(pattern -> !pattern.isNullSender()).map(AddressPattern::value);
        boolean exactSender = question.sender()
                .filter(pattern -> !pattern.isNullSender() && !pattern.isWholeDomain())
                .isPresent();
        List<AddressPattern> recipients = question.recipients();
        if (recipients.isEmpty() || (recipients.size() > 1 && exactSender)) {
            boolean selects = sender.isPresent() || question.subject().isPresent();
            return selects ? Stream.of(by(slice, sender, Optional.empty(), question.subject())) : Stream.empty();
        }
        return recipients.stream()
                .map(recipient -> by(
                        slice,
                        exactSender || recipient.isWholeDomain() ? sender : Optional.empty(),
                        Optional.of(recipient.value()),
                        question.subject()));
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
            Window slice, Optional<String> sender, Optional<String> recipient, Optional<String> subject) {
        return new TraceFilter(
                slice.from(),
                slice.to(),
                Optional.empty(),
                Optional.empty(),
                sender,
                recipient.stream().toList(),
                subject);
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
