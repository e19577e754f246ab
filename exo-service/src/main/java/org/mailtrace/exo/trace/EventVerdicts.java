package org.mailtrace.exo.trace;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.mailtrace.contract.EventType;
import org.mailtrace.contract.RecipientStatus;
import org.mailtrace.exo.detail.DetailEvent;
import org.mailtrace.exo.rows.TraceRow;
import org.mailtrace.exo.words.StatusWords;

/**
 * Which of one recipient's events decides. The last one that ends something does, with two exceptions: a failure takes
 * nothing out of a mailbox, and what happened within one second has no known order.
 */
final class EventVerdicts {
    private static final Set<EventType> MAILBOX = EnumSet.of(EventType.DELIVER, EventType.JUNK);
    private static final Set<EventType> READDRESSED = EnumSet.of(EventType.RESOLVE, EventType.REDIRECT);
    private static final Set<EventType> HELD = EnumSet.of(EventType.QUARANTINE, EventType.RELEASE);
    private static final Set<EventType> ENDED = EnumSet.of(EventType.FAIL, EventType.REJECT, EventType.DISCARD);
    private static final Set<EventType> WAITING = EnumSet.of(EventType.DEFER, EventType.MODERATION);

    private final List<DetailEvent> events;
    private final EventMeaning meaning;

    EventVerdicts(TraceRow row, List<DetailEvent> events, Organisation organisation) {
        this.events = events;
        this.meaning = new EventMeaning(row, events, organisation);
    }

    static boolean isMailbox(DetailEvent event) {
        return MAILBOX.contains(event.type());
    }

    /** What the last decisive event means. */
    Optional<Verdict> lastWord() {
        return decided(event -> isDecisive(event));
    }

    /** Why it failed; a delivery that is proven beats the row, a hand-over does not. */
    Optional<Verdict> failed() {
        return decided(event -> isDecisive(event) && event.type() != EventType.SEND);
    }

    /** Why it still waits, or what became of it meanwhile: the row's status lags. */
    Optional<Verdict> waiting() {
        return decided(event -> isDecisive(event) || WAITING.contains(event.type()));
    }

    /** Held; or put into the mailbox after it was held, which the row may not say yet. */
    Optional<Verdict> heldOrReleased() {
        return decided(event -> isMailbox(event) || HELD.contains(event.type()) || event.type() == EventType.RECALL);
    }

    /** Judged as spam, and gone on after all. */
    Optional<Verdict> despiteTheFilter() {
        return decided(event -> isMailbox(event) || HELD.contains(event.type()) || event.type() == EventType.SEND);
    }

    /** Goes on under another address. */
    Optional<Verdict> readdressed() {
        return decided(event -> READDRESSED.contains(event.type()));
    }

    /** Taken back, and when. */
    Optional<Verdict> recalled() {
        return decided(event -> event.type() == EventType.RECALL);
    }

    /** What a filter found, whatever became of it. */
    Optional<String> filterReason() {
        return EventTexts.filterReason(events);
    }

    /** A group whose events name its members. */
    Optional<Verdict> expanded() {
        return decided(event -> event.type() == EventType.EXPAND)
                .filter(verdict -> !verdict.related().isEmpty());
    }

    private Optional<Verdict> decided(Predicate<DetailEvent> candidates) {
        Optional<DetailEvent> last = last(candidates);
        Optional<DetailEvent> delivered = last(candidates.and(EventVerdicts::isMailbox));
        if (last.filter(event -> ENDED.contains(event.type())).isPresent() && delivered.isPresent()) {
            return delivered.map(meaning::of);
        }
        Optional<DetailEvent> refused = last(candidates.and(EventVerdicts::isRefusal));
        if (last.filter(event -> event.type() == EventType.FAIL).isPresent() && refused.isPresent()) {
            return refused.map(meaning::of);
        }
        if (last.filter(this::isHeldInTheSameSecond).isPresent()) {
            return last.map(event -> Verdict.of(RecipientStatus.QUARANTINED, StatusWords.QUARANTINED_OR_DELIVERED)
                    .because(EventTexts.filterReason(events))
                    .at(event.at()));
        }
        return last.map(meaning::of);
    }

    private boolean isHeldInTheSameSecond(DetailEvent event) {
        return isMailbox(event)
                && events.stream().noneMatch(other -> other.type() == EventType.RELEASE)
                && last(other -> other.type() == EventType.QUARANTINE)
                        .filter(held -> held.at().equals(event.at()))
                        .isPresent();
    }

    private static boolean isDecisive(DetailEvent event) {
        return isMailbox(event)
                || READDRESSED.contains(event.type())
                || HELD.contains(event.type())
                || ENDED.contains(event.type())
                || event.type() == EventType.SEND
                || event.type() == EventType.EXPAND
                || event.type() == EventType.RECALL
                || isRefusal(event);
    }

    private static boolean isRefusal(DetailEvent event) {
        return event.type() == EventType.MODERATION && Moderation.of(event).endsIt();
    }

    private Optional<DetailEvent> last(Predicate<DetailEvent> wanted) {
        return events.stream().filter(wanted).reduce((earlier, later) -> later);
    }
}
