package org.mailtrace.contract;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads one question and collects every fault on the way, so that a caller mends all of them in one go. */
final class QuestionParser {
    private static final Duration DEFAULT_WINDOW = Duration.ofHours(24);
    private static final Duration DEFAULT_WINDOW_BY_ID = Duration.ofDays(10);
    private static final int MAX_RECIPIENTS = 20;
    private static final int MIN_SUBJECT = 3;
    static final int MAX_TEXT = 1000;
    private static final int MAX_CURSOR = 4000;
    private static final int MAX_RECIPIENT_TEXT = MAX_RECIPIENTS * 322;
    private static final Set<String> NAMES = Set.of(
            "sender",
            "recipient",
            "subject",
            "messageId",
            "from",
            "to",
            "limit",
            "cursor",
            "include",
            "advanced",
            "ticket",
            "reason");

    private final Map<String, List<String>> parameters;
    private final Instant now;
    private final Set<String> furtherNames;
    private final List<Fault> faults;

    QuestionParser(
            Map<String, List<String>> parameters, Instant now, Set<String> furtherNames, List<Fault> furtherFaults) {
        this.parameters = parameters;
        this.now = now;
        this.furtherNames = furtherNames;
        this.faults = new ArrayList<>(furtherFaults);
    }

    Question parse() {
        refuseUnknownParameters();
        Optional<AddressPattern> sender = text("sender", MAX_TEXT).flatMap(this::sender);
        List<AddressPattern> recipients =
                text("recipient", MAX_RECIPIENT_TEXT).map(this::recipients).orElse(List.of());
        Optional<String> subject = text("subject", MAX_TEXT).flatMap(this::subject);
        Optional<MailId> messageId = text("messageId", MAX_TEXT).flatMap(this::messageId);
        boolean nothingAsked = NAMES_THAT_ASK.stream().noneMatch(parameters::containsKey);
        if (nothingAsked) {
            fault("sender", "Give at least one of sender, recipient, subject or messageId.");
        }
        Optional<Instant> givenFrom = text("from", MAX_TEXT).flatMap(value -> instant("from", value));
        Optional<Instant> givenTo = text("to", MAX_TEXT).flatMap(value -> instant("to", value));
        Duration window = parameters.containsKey("messageId") ? DEFAULT_WINDOW_BY_ID : DEFAULT_WINDOW;
        Instant to = givenTo.orElse(now);
        Instant from = givenFrom.orElse(to.minus(window));
        if (givenFrom.isPresent() && from.isAfter(now)) {
            fault("from", "The start of the window lies in the future.");
        } else if (from.isAfter(now)) {
            fault(
                    "to",
                    "Without from, a window with this end would begin in the future; give from, or an earlier end.");
        } else if (!from.isBefore(to)) {
            fault("from", "The start of the window must lie before its end.");
        }
        int limit = text("limit", MAX_TEXT).map(this::limit).orElse(Question.DEFAULT_LIMIT);
        Optional<String> cursor = text("cursor", MAX_CURSOR);
        Set<Include> include = text("include", MAX_TEXT).map(this::include).orElse(Set.of());
        boolean advanced =
                text("advanced", MAX_TEXT).map(value -> flag("advanced", value)).orElse(false);
        Optional<String> ticket = text("ticket", MAX_TEXT);
        Optional<String> reason = text("reason", MAX_TEXT);
        if (!faults.isEmpty()) {
            throw new InvalidQuestionException(faults);
        }
        return new Question(
                sender, recipients, subject, messageId, from, to, limit, cursor, include, advanced, ticket, reason);
    }

    private static final List<String> NAMES_THAT_ASK = List.of("sender", "recipient", "subject", "messageId");

    private void refuseUnknownParameters() {
        parameters.keySet().stream()
                .filter(name -> !NAMES.contains(name) && !furtherNames.contains(name))
                .sorted()
                .forEach(name -> faults.add(Fault.unknown(name)));
    }

    private Optional<String> text(String name, int maxLength) {
        List<String> values = parameters.getOrDefault(name, List.of());
        if (values.isEmpty()) {
            return Optional.empty();
        }
        if (values.size() > 1) {
            faults.add(Fault.repeated(name));
            return Optional.empty();
        }
        String value = values.getFirst();
        if (value.length() > maxLength) {
            return faulty(name, "This value has more than " + maxLength + " characters.");
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            return faulty(name, "This value has control characters.");
        }
        if (value.isBlank()) {
            return faulty(name, "This value is empty; leave the parameter out instead.");
        }
        return Optional.of(value.strip());
    }

    private Optional<AddressPattern> sender(String value) {
        return checked("sender", value, text -> AddressPattern.faultIn(text, true), AddressPattern::new);
    }

    private List<AddressPattern> recipients(String value) {
        Set<AddressPattern> patterns = new LinkedHashSet<>();
        String[] parts = value.split(",", -1);
        if (parts.length > MAX_RECIPIENTS) {
            fault("recipient", "At most " + MAX_RECIPIENTS + " recipients can be asked for at once.");
        }
        for (String part : parts) {
            checked("recipient", part, text -> AddressPattern.faultIn(text, false), AddressPattern::new)
                    .ifPresent(patterns::add);
        }
        return List.copyOf(patterns);
    }

    private Optional<String> subject(String value) {
        return value.codePointCount(0, value.length()) < MIN_SUBJECT
                ? faulty("subject", "Give at least " + MIN_SUBJECT + " characters of the subject.")
                : Optional.of(value);
    }

    private Optional<MailId> messageId(String value) {
        return value.equals("<>")
                ? faulty("messageId", "Give a Message-ID or a network message id.")
                : Optional.of(MailId.of(value));
    }

    private Optional<Instant> instant(String name, String value) {
        try {
            return Optional.of(OffsetDateTime.parse(value).toInstant());
        } catch (DateTimeException e) {
            return faulty(name, "Use an RFC 3339 instant such as 2026-11-23T08:12:04Z.");
        }
    }

    private int limit(String value) {
        return Question.pageSize(value).orElseGet(() -> {
            faults.add(Fault.pageSize("limit"));
            return Question.DEFAULT_LIMIT;
        });
    }

    private Set<Include> include(String value) {
        Set<Include> included = EnumSet.noneOf(Include.class);
        for (String part : value.split(",", -1)) {
            Include.of(part.strip())
                    .ifPresentOrElse(
                            included::add, () -> fault("include", "Use any of events, recipients, noise and related."));
        }
        return included;
    }

    private boolean flag(String name, String value) {
        if (!value.equals("true") && !value.equals("false")) {
            fault(name, "Use true or false.");
        }
        return value.equals("true");
    }

    private <T> Optional<T> checked(
            String name, String value, Function<String, Optional<String>> faultIn, Function<String, T> read) {
        Optional<String> fault = faultIn.apply(value);
        fault.ifPresent(message -> fault(name, message));
        return fault.isPresent() ? Optional.empty() : Optional.of(read.apply(value));
    }

    private <T> Optional<T> faulty(String name, String message) {
        fault(name, message);
        return Optional.empty();
    }

    private void fault(String name, String message) {
        faults.add(new Fault(name, message));
    }
}
