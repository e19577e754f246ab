package org.mailtrace.standins.exo;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mailtrace.standins.story.Glob;

/**
 * {@code $filter} as Graph's message trace takes it: everything is ANDed, the last value of a property wins whatever
 * joined them, and operators that it does not know on a property are ignored without a word. (Documented operators: the
 * list operation's page; what happens to the others: measured in public.)
 */
final class TraceFilter implements Predicate<TraceRow> {
    private static final Pattern CLAUSE = Pattern.compile(
            "\\s*(?:(contains|startswith|endswith)\\s*\\(\\s*(\\w+)\\s*,\\s*'((?:[^']|'')*)'\\s*\\)"
                    + "|(\\w+)\\s+(\\w+)\\s+('(?:[^']|'')*'|[^\\s()']+"
                    + "|\\((?:'(?:[^']|'')*'|[^()'])*\\)))\\s*",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern JOINT = Pattern.compile("(and|or)(?=[\\s(])", Pattern.CASE_INSENSITIVE);
    private static final Set<String> PROPERTIES = Set.of(
            "id",
            "messageId",
            "senderAddress",
            "recipientAddress",
            "receivedDateTime",
            "subject",
            "size",
            "status",
            "fromIP",
            "toIP");

    private final Map<String, String> equal = new HashMap<>();
    private final Map<String, String> subject = new HashMap<>();
    private final TracePeriod period;

    private TraceFilter(String text, Instant now) {
        Map<String, String> bounds = new HashMap<>();
        parse(text, bounds);
        this.period = TracePeriod.of(
                Optional.ofNullable(bounds.get("ge")).map(TraceFilter::instant),
                Optional.ofNullable(bounds.get("le")).map(TraceFilter::instant),
                now);
    }

    static TraceFilter of(String text, Instant now) {
        return new TraceFilter(text == null ? "" : text, now);
    }

    @Override
    public boolean test(TraceRow row) {
        return period.contains(row.received())
                && same("id", row.id(), true)
                && same("messageId", row.story().messageId(), false)
                && address("senderAddress", row.story().from())
                && address("recipientAddress", row.recipient())
                && same("status", row.status(), true)
                && same("fromIP", row.fromIp(), true)
                && same("toIP", row.toIp(), true)
                && same("subject", row.story().subject(), true)
                && subjectFits(row.story().subject().toLowerCase(Locale.ROOT));
    }

    private void parse(String text, Map<String, String> bounds) {
        String rest = text.strip();
        while (!rest.isEmpty()) {
            String clauses = rest.replaceFirst("^[\\s(]*(?:not\\b[\\s(]*)?", "");
            Matcher clause = CLAUSE.matcher(clauses);
            if (!clause.lookingAt()) {
                throw GraphErrorException.badRequest("Invalid filter clause");
            }
            accept(clause, bounds);
            rest = clauses.substring(clause.end()).replaceFirst("^[\\s)]*", "");
            if (!rest.isEmpty()) {
                Matcher joint = JOINT.matcher(rest);
                if (!joint.lookingAt()) {
                    throw GraphErrorException.badRequest("Invalid filter clause");
                }
                rest = rest.substring(joint.end());
                if (rest.isBlank()) {
                    throw GraphErrorException.badRequest("Invalid filter clause");
                }
            }
        }
    }

    private void accept(Matcher clause, Map<String, String> bounds) {
        boolean function = clause.group(1) != null;
        String property = function ? clause.group(2) : clause.group(4);
        if (!PROPERTIES.contains(property)) {
            throw GraphErrorException.badRequest("Could not find a property named '" + property
                    + "' on type 'microsoft.graph.exchangeMessageTrace'.");
        }
        if (function) {
            if (property.equals("subject")) {
                subject.clear();
                equal.remove("subject");
                subject.put(
                        clause.group(1).toLowerCase(Locale.ROOT),
                        unquoted(clause.group(3)).toLowerCase(Locale.ROOT));
            }
            return;
        }
        String operator = clause.group(5).toLowerCase(Locale.ROOT);
        String value = unquoted(clause.group(6).replaceAll("^'|'$", ""));
        if (property.equals("receivedDateTime")) {
            bounds.put(operator, value);
        } else if (operator.equals("eq")) {
            equal.put(property, value);
            if (property.equals("subject")) {
                subject.clear();
            }
        }
    }

    private boolean same(String property, String actual, boolean anyCase) {
        String wanted = equal.get(property);
        return wanted == null || (anyCase ? wanted.equalsIgnoreCase(actual) : wanted.equals(actual));
    }

    /** A whole domain may be asked for as {@code *@domain}; no other wildcard finds anything. */
    private boolean address(String property, String actual) {
        String wanted = equal.get(property);
        if (wanted != null && wanted.startsWith("*@") && wanted.indexOf('*', 1) < 0) {
            return Glob.matches(wanted, actual);
        }
        return same(property, actual, true);
    }

    private boolean subjectFits(String actual) {
        return subject.entrySet().stream().allMatch(e -> switch (e.getKey()) {
            case "contains" -> actual.contains(e.getValue());
            case "startswith" -> actual.startsWith(e.getValue());
            default -> actual.endsWith(e.getValue());
        });
    }

    private static String unquoted(String text) {
        return text.replace("''", "'");
    }

    private static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw GraphErrorException.badRequest("Invalid filter clause");
        }
    }
}
