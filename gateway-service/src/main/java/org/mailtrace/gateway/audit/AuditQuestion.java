package org.mailtrace.gateway.audit;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.mailtrace.contract.Fault;
import org.mailtrace.contract.InvalidQuestionException;
import org.mailtrace.gateway.words.AuditWords;

/**
 * Which records are wanted.
 *
 * @param from the oldest that may be wanted
 * @param cursor where an earlier page ended
 */
record AuditQuestion(Predicate<AuditRecord> wanted, Optional<Instant> from, Optional<AuditCursor> cursor, int limit) {
    static final Set<String> NAMES = Set.of("from", "to", "who", "ticket", "limit", "cursor");
    private static final int USUAL = 100;
    private static final int MOST = 1000;

    /**
     * Reads it.
     *
     * @throws InvalidQuestionException with every fault at once
     */
    static AuditQuestion of(Map<String, String> given) {
        List<Fault> faults = new ArrayList<>();
        Optional<Instant> from = read(given, "from", AuditQuestion::instant, AuditWords.INSTANT, faults);
        Optional<Instant> to = read(given, "to", AuditQuestion::instant, AuditWords.INSTANT, faults);
        Optional<AuditCursor> cursor = read(given, "cursor", AuditCursor::of, AuditWords.CURSOR, faults);
        Optional<Long> limit = read(given, "limit", text -> number(text, MOST), AuditWords.LIMIT, faults);
        if (!faults.isEmpty()) {
            throw new InvalidQuestionException(faults);
        }
        Optional<String> who = Optional.ofNullable(given.get("who"));
        Optional<String> ticket = Optional.ofNullable(given.get("ticket"));
        return new AuditQuestion(
                what -> from.map(start -> !what.at().isBefore(start)).orElse(true)
                        && to.map(end -> what.at().isBefore(end)).orElse(true)
                        && who.map(asked -> asked.equals(what.who()) || asked.equals(what.name()))
                                .orElse(true)
                        && ticket.map(asked ->
                                        what.ticket().filter(asked::equals).isPresent())
                                .orElse(true),
                from,
                cursor,
                limit.map(Long::intValue).orElse(USUAL));
    }

    private static <T> Optional<T> read(
            Map<String, String> given,
            String name,
            Function<String, Optional<T>> reading,
            String fault,
            List<Fault> faults) {
        Optional<String> text = Optional.ofNullable(given.get(name));
        Optional<T> value = text.flatMap(reading);
        if (text.isPresent() && value.isEmpty()) {
            faults.add(new Fault(name, fault));
        }
        return value;
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Long> number(String text, long most) {
        return Optional.of(text)
                .filter(digits -> digits.matches("\\d{1,18}"))
                .map(Long::parseLong)
                .filter(number -> number >= 1 && number <= most);
    }
}
