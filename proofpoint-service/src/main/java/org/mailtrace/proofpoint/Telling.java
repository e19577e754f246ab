package org.mailtrace.proofpoint;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.mailtrace.contract.Include;
import org.mailtrace.contract.Observation;
import org.mailtrace.contract.QuarantineState;
import org.mailtrace.contract.Question;
import org.mailtrace.proofpoint.fate.Message;
import org.mailtrace.proofpoint.fate.Observations;
import org.mailtrace.proofpoint.fate.Route;
import org.mailtrace.proofpoint.fate.Site;
import org.mailtrace.proofpoint.quarantine.HeldMessage;
import org.mailtrace.proofpoint.quarantine.QuarantineCheck;
import org.mailtrace.proofpoint.quarantine.QuarantineFindings;
import org.mailtrace.proofpoint.settings.ProofpointSettings;
import org.mailtrace.proofpoint.slicing.Deadline;
import org.mailtrace.proofpoint.words.RecordSentences;
import org.mailtrace.proofpoint.words.Sentences;

/** Tells messages as observations; asks the quarantine only about those that are shown. */
@ApplicationScoped
class Telling {
    private final Observations observations;
    private final QuarantineCheck quarantine;
    private final ProofpointSettings settings;

    Telling(
            QuarantineCheck quarantine,
            ProofpointSettings settings,
            @ConfigProperty(name = "mailtrace.domains") Optional<Set<String>> domains) {
        this.quarantine = quarantine;
        this.settings = settings;
        Route route = new Route(settings.inboundRoutes(), settings.outboundRoutes(), domains.orElse(Set.of()));
        this.observations = new Observations(new Site(
                route,
                settings.reasons(),
                settings.rules(),
                settings.releasableReasons(),
                settings.releaseUrl(),
                settings.allowUrl()));
    }

    /** Enough of an observation to find its place in the order. */
    Observation draft(Message message) {
        return observations.of(message, recipient -> false, false, Telling::unchecked);
    }

    /** Whether the last word on one of its recipients is still to come, as far as the rows tell. */
    boolean isUnsettled(Message message) {
        return observations.isUnsettled(message);
    }

    /** The messages in full, for the recipients that the question asks for. */
    Told tell(List<Message> messages, Question question) {
        boolean all = question.include().contains(Include.RECIPIENTS);
        return tell(
                messages,
                recipient -> all || question.asksForRecipient(recipient),
                question.include().contains(Include.EVENTS));
    }

    /** The messages in full, with all recipients and events. */
    Told tellAll(List<Message> messages) {
        return tell(messages, recipient -> true, true);
    }

    private static QuarantineState unchecked(Message message, String recipient) {
        return QuarantineState.UNKNOWN;
    }

    private Told tell(List<Message> messages, Predicate<String> shown, boolean withEvents) {
        List<HeldMessage> held = messages.stream()
                .flatMap(message -> held(message, shown).stream())
                .toList();
        boolean uncheckable = messages.stream()
                .flatMap(message -> observations.heldIn(message).stream())
                .anyMatch(one -> one.guid().isEmpty() && shown.test(one.address()));
        List<String> warnings = uncheckable ? List.of(Sentences.cannotCheckQuarantine()) : List.of();
        if (!held.isEmpty() && !quarantine.isPossible()) {
            return new Told(
                    observed(messages, shown, withEvents, Telling::unchecked),
                    List.of(),
                    Optional.empty(),
                    List.of(RecordSentences.noQuarantine()));
        }
        if (held.isEmpty()) {
            return new Told(
                    observed(messages, shown, withEvents, Telling::unchecked), List.of(), Optional.empty(), warnings);
        }
        QuarantineFindings findings =
                quarantine.check(held, Deadline.in(settings.quarantine().budget()));
        BiFunction<Message, String, QuarantineState> state =
                (message, recipient) -> observations.heldIn(message).stream()
                        .filter(one -> one.address().equals(recipient))
                        .flatMap(one -> one.guid().map(guid -> findings.stateOf(guid, recipient, one.at())).stream())
                        .findFirst()
                        .orElse(QuarantineState.UNKNOWN);
        return new Told(
                observed(messages, shown, withEvents, state), findings.parts(), findings.retryAfter(), warnings);
    }

    private List<Observation> observed(
            List<Message> messages,
            Predicate<String> shown,
            boolean withEvents,
            BiFunction<Message, String, QuarantineState> state) {
        return messages.stream()
                .map(message -> observations.of(message, shown, withEvents, state))
                .toList();
    }

    private List<HeldMessage> held(Message message, Predicate<String> shown) {
        return observations.heldIn(message).stream()
                .filter(one -> shown.test(one.address()))
                .flatMap(one ->
                        one.guid().map(guid -> new HeldMessage(guid, one.address(), one.at(), one.folder())).stream())
                .toList();
    }
}
