package org.mailtrace.gateway.search;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
import org.mailtrace.contract.InvalidQuestionException;
import org.mailtrace.contract.Outcome;
import org.mailtrace.contract.Question;
import org.mailtrace.gateway.ask.Caller;
import org.mailtrace.gateway.audit.Purpose;
import org.mailtrace.gateway.settings.GatewaySettings;

/** Reads a question with the gateway's own parameters, {@code source} and {@code outcome}, all faults at once. */
@ApplicationScoped
public class AskingParser {
    private static final Set<String> OWN = Set.of("source", "outcome");

    private final Set<String> names;
    private final Duration widest;
    private final Purpose purpose;
    private final Clock clock;

    public AskingParser(GatewaySettings settings, Purpose purpose, Clock clock) {
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
                .filter(values -> values.size() == 1 && faults.isEmpty())
                .map(values -> Cursor.decode(values.getFirst()));
        Question question = Question.parse(given, askedAt, OWN, faults);
        if (Duration.between(question.from(), question.to()).compareTo(widest) > 0) {
            throw new InvalidQuestionException(
                    List.of(new Fault("from", "Choose from and to at most " + widest.toDays() + " days apart.")));
        }
        Question windowed = cursor.map(place -> inWindowOf(place, question)).orElse(question);
        return new Asking(windowed, sources, outcomes, cursor, new TreeMap<>(given), caller);
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
