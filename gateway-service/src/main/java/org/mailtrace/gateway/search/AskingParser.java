package org.mailtrace.gateway.search;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.mailtrace.contract.Fault;
import org.mailtrace.contract.Outcome;
import org.mailtrace.contract.Question;
import org.mailtrace.gateway.ask.Caller;
import org.mailtrace.gateway.audit.Purpose;
import org.mailtrace.gateway.settings.GatewaySettings;
import org.mailtrace.gateway.words.PageWords;

/** Reads a question with the gateway's own parameters, {@code source} and {@code outcome}, all faults at once. */
@ApplicationScoped
public class AskingParser {
    private static final Set<String> OWN = Set.of("source", "outcome");

    private final Set<String> names;
    private final Duration widest;
    private final Purpose purpose;
    private final Cursors cursors;
    private final Clock clock;

    public AskingParser(GatewaySettings settings, Purpose purpose, Cursors cursors, Clock clock) {
        this.cursors = cursors;
        this.purpose = purpose;
        this.names = new TreeSet<>(settings.sources().keySet());
        this.widest = settings.widestWindow();
        this.clock = clock;
    }

    /**
     * Reads it.
     *
     * @throws org.mailtrace.contract.InvalidQuestionException with every fault at once
     */
    Asking parse(Map<String, List<String>> given, List<Fault> furtherFaults, Caller caller) {
        return parse(given, furtherFaults, caller, clock.instant());
    }

    /**
     * Reads it as it was meant at a moment, for a question that is answered later.
     *
     * @param askedAt UTC; the defaults of the window follow from it
     * @throws org.mailtrace.contract.InvalidQuestionException with every fault at once
     */
    public Asking parse(Map<String, List<String>> given, List<Fault> furtherFaults, Caller caller, Instant askedAt) {
        List<Fault> faults = new ArrayList<>(furtherFaults);
        faults.addAll(purpose.faults(given.keySet()));
        OWN.stream()
                .filter(name -> given.getOrDefault(name, List.of()).size() > 1)
                .sorted()
                .map(Fault::repeated)
                .forEach(faults::add);
        Set<String> sources = sources(given, faults);
        Set<Outcome> outcomes = outcomes(given, faults);
        Optional<Cursor> cursor = Optional.ofNullable(given.get("cursor"))
                .filter(values -> values.size() == 1 && !values.getFirst().isBlank())
                .flatMap(values -> cursors.read(values.getFirst().strip(), faults));
        cursor.ifPresent(place -> check(place, askedAt, faults));
        if (isTooWide(given, askedAt)) {
            faults.add(tooWide("from"));
        }
        Question question = Question.parse(given, askedAt, OWN, faults);
        Question windowed = cursor.map(place -> inWindowOf(place, question)).orElse(question);
        return new Asking(windowed, sources, outcomes, cursor, new TreeMap<>(given), caller);
    }

    /** A cursor was made under the settings of its day, and its window takes the place of the one that is given. */
    private void check(Cursor cursor, Instant askedAt, List<Fault> faults) {
        if (!cursor.from().isBefore(cursor.to()) || cursor.from().isAfter(askedAt)) {
            faults.add(new Fault("cursor", PageWords.NOT_OURS));
        } else if (Duration.between(cursor.from(), cursor.to()).compareTo(widest) > 0) {
            faults.add(tooWide("cursor"));
        }
    }

    private Fault tooWide(String parameter) {
        return new Fault(parameter, "Choose from and to at most " + widest.toDays() + " days apart.");
    }

    /** Whatever else is wrong; what cannot be read is said elsewhere. */
    private boolean isTooWide(Map<String, List<String>> given, Instant askedAt) {
        Optional<Instant> from = instant(given, "from");
        Optional<Instant> to = given.containsKey("to") ? instant(given, "to") : Optional.of(askedAt);
        return from.isPresent()
                && to.isPresent()
                && Duration.between(from.orElseThrow(), to.orElseThrow()).compareTo(widest) > 0;
    }

    private static Optional<Instant> instant(Map<String, List<String>> given, String name) {
        try {
            return Optional.ofNullable(given.get(name))
                    .filter(values -> values.size() == 1)
                    .map(values ->
                            OffsetDateTime.parse(values.getFirst().strip()).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Question inWindowOf(Cursor cursor, Question question) {
        return new Question(
                question.sender(),
                question.recipients(),
                question.subject(),
                question.messageId(),
                cursor.from(),
                cursor.to(),
                question.limit(),
                Optional.empty(),
                question.include(),
                question.advanced(),
                question.ticket(),
                question.reason());
    }

    private Set<String> sources(Map<String, List<String>> given, List<Fault> faults) {
        Set<String> asked = new LinkedHashSet<>();
        for (String name : listed(given, "source")) {
            if (names.contains(name)) {
                asked.add(name);
            } else {
                faults.add(new Fault("source", "Use any of " + String.join(", ", names) + "."));
            }
        }
        return asked.isEmpty() ? names : asked;
    }

    private static Set<Outcome> outcomes(Map<String, List<String>> given, List<Fault> faults) {
        Set<Outcome> asked = EnumSet.noneOf(Outcome.class);
        for (String name : listed(given, "outcome")) {
            try {
                asked.add(Outcome.valueOf(name.toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException e) {
                faults.add(new Fault("outcome", "Use any of " + EnumSet.allOf(Outcome.class) + "."));
            }
        }
        return asked;
    }

    private static List<String> listed(Map<String, List<String>> given, String name) {
        return given.getOrDefault(name, List.of()).stream()
                .flatMap(value -> List.of(value.split(",", -1)).stream())
                .map(String::strip)
                .toList();
    }
}
