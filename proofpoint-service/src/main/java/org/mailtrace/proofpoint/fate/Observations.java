package org.mailtrace.proofpoint.fate;

import java.net.URI;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mailtrace.contract.NextHop;
import org.mailtrace.contract.Observation;
import org.mailtrace.contract.Quarantine;
import org.mailtrace.contract.QuarantineState;
import org.mailtrace.contract.Recipient;
import org.mailtrace.contract.RecipientStatus;
import org.mailtrace.contract.TraceEvent;
import org.mailtrace.proofpoint.row.MessageRow;
import org.mailtrace.proofpoint.words.RemarkSentences;
import org.mailtrace.proofpoint.words.Sentences;
import org.mailtrace.source.SourceId;

/** Says messages in the words of the contract. */
public final class Observations {
    private final Site site;

    public Observations(Site site) {
        this.site = site;
    }

    /**
     * A recipient that the filter holds.
     *
     * @param guid of the part of the message that is held, because a split message has several
     * @param at when it was held, UTC
     */
    public record Held(String address, Optional<String> folder, Optional<String> guid, Instant at) {}

    /** Whether the mail server has a recipient's message, and its last word is still to come. */
    public boolean isUnsettled(Message message) {
        return message.fates(site.reasons()).stream()
                .filter(fate -> fate.verdict().goesOn())
                .anyMatch(fate ->
                        fate.status() == RecipientStatus.IN_TRANSIT || fate.status() == RecipientStatus.DEFERRED);
    }

    /** The recipients that the filter held; whether it still does is for the quarantine to say. */
    public List<Held> heldIn(Message message) {
        return message.fates(site.reasons()).stream()
                .filter(fate -> fate.status() == RecipientStatus.QUARANTINED)
                .map(fate -> new Held(
                        fate.address(), fate.verdict().folder(), fate.row().column("GUID"), fate.at()))
                .toList();
    }

    /**
     * The observation of a message.
     *
     * @param shown which recipients are listed
     * @param withEvents whether events are told
     * @param quarantine whether a recipient's message is still held
     */
    public Observation of(
            Message message,
            Predicate<String> shown,
            boolean withEvents,
            BiFunction<Message, String, QuarantineState> quarantine) {
        List<RecipientFate> fates = message.fates(site.reasons());
        List<RecipientFate> all = message.fatesWithOnwards(site.reasons());
        Set<String> derived = all.stream()
                .filter(fate -> shown.test(fate.address()))
                .flatMap(fate -> fate.redirectedTo().stream())
                .collect(Collectors.toSet());
        List<RecipientFate> listed = all.stream()
                .filter(fate -> shown.test(fate.address()) || derived.contains(fate.address()))
                .toList();
        List<TraceEvent> events = Events.of(message, site.reasons());
        Set<String> routes = new HashSet<>();
        message.rows().forEach(row -> routes.addAll(row.words("Policy_Routes")));
        List<String> addresses = fates.stream().map(RecipientFate::address).toList();
        return new Observation(
                new SourceId(message.firstSeen(), message.key()).encoded(),
                message.rows().getFirst().messageId(),
                Optional.empty(),
                Optional.of(message.rows().getFirst().sender()),
                first(message, MessageRow::headerFrom),
                first(message, MessageRow::subject),
                message.first("Message_Size").flatMap(Observations::number),
                message.firstSeen(),
                lastSeen(message, events),
                site.route().origin(routes),
                Optional.of(site.route().direction(routes, addresses)),
                message.first("Sender_IP_Address"),
                fates.isEmpty() ? Optional.empty() : Optional.of(fates.size()),
                listed.size() == all.size() && !fates.isEmpty() && message.isWhole(),
                true,
                listed.stream()
                        .map(fate -> recipient(message, fate, quarantine.apply(message, fate.address())))
                        .toList(),
                withEvents ? events : List.of(),
                List.of(),
                Optional.empty());
    }

    private Recipient recipient(Message message, RecipientFate fate, QuarantineState quarantineState) {
        RecipientStatus status = fate.status();
        boolean held = status == RecipientStatus.QUARANTINED;
        Optional<String> releaseUrl =
                held && quarantineState != QuarantineState.GONE ? site.releaseUrlFor(fate.reason()) : Optional.empty();
        Optional<Quarantine> quarantine = held
                ? Optional.of(
                        new Quarantine(fate.verdict().folder(), fate.verdict().rule(), quarantineState, releaseUrl))
                : Optional.empty();
        Optional<NextHop> nextHop = fate.handover().flatMap(Handover::nextHop);
        Sentences.Facts facts = new Sentences.Facts(
                fate.reason(),
                fate.verdict().rule(),
                nextHop.map(NextHop::host),
                fate.handover().map(word -> word.reply().orElse(word.stat())).filter(text -> !text.isEmpty()),
                held ? Optional.of(quarantineState) : Optional.empty(),
                releaseUrl,
                !fate.redirectedTo().isEmpty());
        return new Recipient(
                fate.address(),
                status,
                fate.rawStatus(),
                Optional.of(fate.saidAt()),
                fate.reason(),
                nextHop,
                fate.redirectedTo(),
                quarantine,
                Stream.concat(
                                Stream.concat(Stream.of(Sentences.explanation(status, facts)), rule(fate).stream()),
                                new Remarks(message, fate).told().stream())
                        .collect(Collectors.joining(" ")),
                Sentences.nextAction(status, facts).map(action -> action + howToAllow(fate)));
    }

    /** The rule in words, where the filter ended the message's way. */
    private Optional<String> rule(RecipientFate fate) {
        return switch (fate.status()) {
            case QUARANTINED, DISCARDED, REJECTED ->
                fate.verdict().rule().flatMap(rule -> Sentences.appliedRule(fate.reason(), rule, site.wordsOf(rule)));
            default -> Optional.empty();
        };
    }

    /** Bulk mail is a matter of taste: the recipient may want this sender's. */
    private String howToAllow(RecipientFate fate) {
        boolean bulk = fate.status() == RecipientStatus.QUARANTINED
                && fate.reason().filter(Reason.BULK.word()::equals).isPresent();
        Optional<String> shown = fate.row().fromAddress();
        return shown.or(() -> Optional.of(fate.row().sender()).filter(sender -> !sender.equals("<>")))
                .filter(address -> bulk)
                .map(address -> " "
                        + RemarkSentences.allow(
                                address, shown.isPresent(), site.allowUrl().map(URI::toString)))
                .orElse("");
    }

    private static Optional<String> first(Message message, Function<MessageRow, Optional<String>> column) {
        return message.rows().stream()
                .flatMap(row -> column.apply(row).stream())
                .findFirst();
    }

    private static Instant lastSeen(Message message, List<TraceEvent> events) {
        return Stream.concat(Stream.of(message.firstSeen()), events.stream().map(TraceEvent::at))
                .max(Instant::compareTo)
                .orElseThrow();
    }

    private static Optional<Long> number(String text) {
        try {
            return Optional.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
