package org.mailtrace.exo.trace;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mailtrace.contract.EventType;
import org.mailtrace.contract.RecipientStatus;
import org.mailtrace.exo.detail.DetailEvent;
import org.mailtrace.exo.detail.LastError;
import org.mailtrace.exo.rows.TraceRow;
import org.mailtrace.exo.words.StatusWords;

/** What the events of one recipient say. The last event that ends something has the last word. */
final class EventVerdicts {
    private static final Set<EventType> MAILBOX = EnumSet.of(EventType.DELIVER, EventType.JUNK);
    private static final Set<EventType> READDRESSED = EnumSet.of(EventType.RESOLVE, EventType.REDIRECT);
    private static final Set<EventType> DECISIVE = EnumSet.of(
            EventType.DELIVER,
            EventType.JUNK,
            EventType.QUARANTINE,
            EventType.SEND,
            EventType.DISCARD,
            EventType.FAIL,
            EventType.EXPAND,
            EventType.RESOLVE,
            EventType.REDIRECT,
            EventType.RECALL);

    private final TraceRow row;
    private final List<DetailEvent> events;

    EventVerdicts(TraceRow row, List<DetailEvent> events) {
        this.row = row;
        this.events = events;
    }

    /** What the last decisive event means. */
    Optional<Verdict> lastWord() {
        return last(DECISIVE).map(this::meaning);
    }

    /** Why it failed; dropped without a word to anybody if that is all that happened. */
    Optional<Verdict> failed() {
        return last(EnumSet.of(EventType.FAIL))
                .or(() -> last(EnumSet.of(EventType.DISCARD)))
                .map(this::meaning);
    }

    /** Why it still waits. */
    Optional<Verdict> waiting() {
        return last(EnumSet.of(EventType.DEFER, EventType.MODERATION)).map(this::meaning);
    }

    /** In the mailbox after all. */
    Optional<Verdict> inMailbox() {
        return last(MAILBOX).map(this::meaning);
    }

    /** Held; or put into the mailbox after it was held, which the row may not say yet. */
    Optional<Verdict> heldOrReleased() {
        Set<EventType> heldOrDelivered = EnumSet.copyOf(MAILBOX);
        heldOrDelivered.add(EventType.QUARANTINE);
        return last(heldOrDelivered).map(this::meaning);
    }

    /** Goes on under another address. */
    Optional<Verdict> readdressed() {
        return last(READDRESSED).map(this::meaning);
    }

    /** A group whose events name its members. */
    Optional<Verdict> expanded() {
        return last(EnumSet.of(EventType.EXPAND))
                .map(this::meaning)
                .filter(verdict -> !verdict.related().isEmpty());
    }

    private Verdict meaning(DetailEvent event) {
        Verdict verdict = switch (event.type()) {
            case JUNK -> Verdict.of(RecipientStatus.JUNKED, StatusWords.JUNKED).because(Optional.of("spam"));
            case DELIVER ->
                Verdict.of(
                        RecipientStatus.DELIVERED,
                        last(EnumSet.of(EventType.QUARANTINE)).isPresent()
                                ? StatusWords.DELIVERED_AFTER_QUARANTINE
                                : StatusWords.DELIVERED);
            case QUARANTINE ->
                Verdict.of(RecipientStatus.QUARANTINED, StatusWords.QUARANTINED)
                        .because(EventTexts.filterReason(events));
            case SEND ->
                Verdict.of(RecipientStatus.PASSED_ON, StatusWords.PASSED_ON).to(EventTexts.nextHop(event, row));
            case DISCARD ->
                Verdict.of(RecipientStatus.DISCARDED, StatusWords.DISCARDED).because(EventTexts.filterReason(events));
            case FAIL -> failure(event);
            case DEFER -> deferral(event);
            case MODERATION ->
                Verdict.of(RecipientStatus.IN_TRANSIT, StatusWords.MODERATED).because(Optional.of("moderation"));
            case EXPAND ->
                Verdict.of(RecipientStatus.EXPANDED, StatusWords.EXPANDED).under(EventTexts.otherAddresses(event, row));
            case RESOLVE ->
                Verdict.of(RecipientStatus.RESOLVED, StatusWords.RESOLVED).under(EventTexts.otherAddresses(event, row));
            case REDIRECT ->
                Verdict.of(RecipientStatus.REDIRECTED, StatusWords.REDIRECTED)
                        .under(EventTexts.otherAddresses(event, row));
            case RECALL -> Verdict.of(RecipientStatus.RECALLED, StatusWords.RECALLED);
            default -> Verdict.of(RecipientStatus.UNKNOWN, StatusWords.UNKNOWN);
        };
        return verdict.at(event.at());
    }

    private Verdict failure(DetailEvent event) {
        LastError error = LastError.of(event);
        return Verdict.of(RecipientStatus.FAILED, StatusWords.failed(error.code()))
                .because(error.text().or(() -> EventTexts.filterReason(events)));
    }

    private static Verdict deferral(DetailEvent event) {
        LastError error = LastError.of(event);
        return Verdict.of(RecipientStatus.DEFERRED, StatusWords.deferred(error.text()))
                .because(error.code().or(error::text))
                .to(error.host().map(host -> EventTexts.hop(host, error.text())));
    }

    private Optional<DetailEvent> last(Set<EventType> types) {
        return events.stream().filter(event -> types.contains(event.type())).reduce((earlier, later) -> later);
    }
}
