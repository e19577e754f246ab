package org.mailtrace.contract;

import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The question, the same for the gateway and for every source.
 *
 * @param sender envelope sender
 * @param recipients envelope recipients; a message matches if it has any of them; empty for any
 * @param subject text that the subject contains, without regard to case
 * @param messageId an id of the message
 * @param from start of the window, UTC, inclusive; a message belongs to it by its {@code firstSeen}
 * @param to end of the window, UTC, exclusive
 * @param limit page size
 * @param cursor where the page begins, as an earlier answer gave it
 * @param include what the answer shall carry beyond its default
 * @param advanced whether the source's thorough search is wanted, always by a report
 * @param ticket the caller's ticket, kept for the audit record
 * @param reason why the caller asks, kept for the audit record
 */
public record Question(
        Optional<AddressPattern> sender,
        List<AddressPattern> recipients,
        Optional<String> subject,
        Optional<MailId> messageId,
        Instant from,
        Instant to,
        int limit,
        Optional<String> cursor,
        Set<Include> include,
        boolean advanced,
        Optional<String> ticket,
        Optional<String> reason) {
    /** Page size when the caller names none. */
    public static final int DEFAULT_LIMIT = 100;
    /** Largest page. */
    public static final int MAX_LIMIT = 1000;

    public Question {
        sender = Absent.toEmpty(sender);
        recipients = Absent.toEmpty(recipients);
        subject = Absent.toEmpty(subject);
        messageId = Absent.toEmpty(messageId);
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        cursor = Absent.toEmpty(cursor);
        Set<Include> copy = EnumSet.noneOf(Include.class);
        copy.addAll(include);
        include = Set.copyOf(copy);
        ticket = Absent.toEmpty(ticket);
        reason = Absent.toEmpty(reason);
    }

    /** The size of a page, if the text is one: a whole number from 1 to {@link #MAX_LIMIT}. */
    public static Optional<Integer> pageSize(String text) {
        try {
            return Optional.of(Integer.parseInt(text)).filter(size -> size >= 1 && size <= MAX_LIMIT);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /**
     * Reads a question from its parameters.
     *
     * @param parameters every parameter with all its values
     * @param now the clock against which defaults are computed
     * @throws InvalidQuestionException with every fault at once
     */
    public static Question parse(Map<String, List<String>> parameters, Instant now) {
        return parse(parameters, now, Set.of(), List.of());
    }

    /**
     * As {@link #parse(Map, Instant)}, for a caller that knows further parameters.
     *
     * @param furtherNames parameters that the caller reads itself
     * @param furtherFaults what the caller found wrong with them
     */
    public static Question parse(
            Map<String, List<String>> parameters, Instant now, Set<String> furtherNames, List<Fault> furtherFaults) {
        return new QuestionParser(parameters, now, furtherNames, furtherFaults).parse();
    }

    /** Whether the message's recipient is asked for; true for all if none is named. */
    public boolean asksForRecipient(String address) {
        return recipients.isEmpty() || recipients.stream().anyMatch(pattern -> pattern.matches(address));
    }

    /** Whether the moment lies in the window. */
    public boolean covers(Instant firstSeen) {
        return !firstSeen.isBefore(from) && firstSeen.isBefore(to);
    }

    /** The same question for other recipients and without a sender, as a second round asks it. */
    public Question forRecipients(List<AddressPattern> others) {
        return new Question(
                Optional.empty(),
                others,
                subject,
                messageId,
                from,
                to,
                limit,
                cursor,
                include,
                advanced,
                ticket,
                reason);
    }

    /** The parameters that ask this question again; the window is always explicit. */
    public Map<String, String> toParameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        sender.ifPresent(value -> parameters.put("sender", value.value()));
        if (!recipients.isEmpty()) {
            parameters.put(
                    "recipient", recipients.stream().map(AddressPattern::value).collect(Collectors.joining(",")));
        }
        subject.ifPresent(value -> parameters.put("subject", value));
        messageId.ifPresent(value -> parameters.put("messageId", value.value()));
        parameters.put("from", from.toString());
        parameters.put("to", to.toString());
        parameters.put("limit", Integer.toString(limit));
        cursor.ifPresent(value -> parameters.put("cursor", value));
        if (!include.isEmpty()) {
            parameters.put(
                    "include", include.stream().map(Include::parameter).sorted().collect(Collectors.joining(",")));
        }
        if (advanced) {
            parameters.put("advanced", "true");
        }
        ticket.ifPresent(value -> parameters.put("ticket", value));
        reason.ifPresent(value -> parameters.put("reason", value));
        return parameters;
    }
}
