package org.mailtrace.exo.trace;

import java.util.List;
import java.util.Optional;
import org.mailtrace.contract.EventType;
import org.mailtrace.contract.RecipientStatus;
import org.mailtrace.exo.detail.DetailEvent;
import org.mailtrace.exo.detail.LastError;
import org.mailtrace.exo.rows.TraceRow;
import org.mailtrace.exo.words.FailureWords;
import org.mailtrace.exo.words.StatusWords;

/** What one event means for its recipient if it is the one that decides. */
final class EventMeaning {
    private static final String DELETED_BY_RULE = "deleted by the transport rules agent";

    private final TraceRow row;
    private final List<DetailEvent> events;
    private final Organisation organisation;

    EventMeaning(TraceRow row, List<DetailEvent> events, Organisation organisation) {
        this.row = row;
        this.events = events;
        this.organisation = organisation;
    }

    Verdict of(DetailEvent event) {
        Verdict verdict = switch (event.type()) {
            case JUNK -> Verdict.of(RecipientStatus.JUNKED, StatusWords.JUNKED).because(Optional.of("spam"));
            case DELIVER -> delivery(event);
            case QUARANTINE -> quarantine();
            case RELEASE -> Verdict.of(RecipientStatus.IN_TRANSIT, StatusWords.RELEASED);
            case SEND ->
                Verdict.of(RecipientStatus.PASSED_ON, StatusWords.PASSED_ON).to(EventTexts.nextHop(event, row));
            case DISCARD -> discard(EventTexts.filterReason(events));
            case FAIL -> failure(event);
            case REJECT ->
                Verdict.of(RecipientStatus.REJECTED, StatusWords.REJECTED).because(EventTexts.filterReason(events));
            case DEFER -> deferral(event);
            case MODERATION -> moderation(event);
            case EXPAND ->
                Verdict.of(RecipientStatus.EXPANDED, StatusWords.EXPANDED).under(EventTexts.otherAddresses(event, row));
            case RESOLVE -> resolution(EventTexts.otherAddresses(event, row));
            case REDIRECT ->
                Verdict.of(RecipientStatus.REDIRECTED, StatusWords.REDIRECTED)
                        .under(EventTexts.otherAddresses(event, row));
            case RECALL -> Verdict.of(RecipientStatus.RECALLED, StatusWords.RECALLED);
            default -> Verdict.of(RecipientStatus.UNKNOWN, StatusWords.UNKNOWN);
        };
        return verdict.at(event.at());
    }

    /** In the mailbox, whatever was reported before or after it. */
    private Verdict delivery(DetailEvent event) {
        List<String> further = events.stream()
                .filter(other -> other.type() == EventType.REDIRECT)
                .flatMap(other -> EventTexts.otherAddresses(other, row).stream())
                .distinct()
                .toList();
        if (!further.isEmpty()) {
            return Verdict.of(RecipientStatus.DELIVERED, StatusWords.DELIVERED_AND_FORWARDED)
                    .under(further);
        }
        if (event.word().equals("duplicatedeliver")) {
            return Verdict.of(RecipientStatus.DELIVERED, StatusWords.DELIVERED_ONCE)
                    .because(Optional.of("duplicate"));
        }
        boolean held = events.stream().anyMatch(other -> other.type() == EventType.QUARANTINE);
        boolean failedLater = events.stream()
                .anyMatch(other -> other.type() == EventType.FAIL && other.at().isAfter(event.at()));
        if (failedLater) {
            return Verdict.of(RecipientStatus.DELIVERED, StatusWords.DELIVERED_THEN_FAILED);
        }
        return Verdict.of(
                RecipientStatus.DELIVERED, held ? StatusWords.DELIVERED_AFTER_QUARANTINE : StatusWords.DELIVERED);
    }

    private Verdict quarantine() {
        Optional<String> reason = EventTexts.filterReason(events);
        boolean wasDelivered = events.stream().anyMatch(EventVerdicts::isMailbox);
        return Verdict.of(
                        RecipientStatus.QUARANTINED,
                        wasDelivered ? StatusWords.QUARANTINED_AFTER_DELIVERY : StatusWords.quarantined(reason))
                .because(reason);
    }

    private static Verdict discard(Optional<String> reason) {
        return Verdict.of(RecipientStatus.DISCARDED, StatusWords.discarded(reason))
                .because(reason);
    }

    /** A rule that deletes is written as a failure, though nobody gets a report. */
    private Verdict failure(DetailEvent event) {
        if (event.text().contains(DELETED_BY_RULE)) {
            return discard(Optional.of("rule"));
        }
        LastError error = LastError.of(event);
        if (error.text().isEmpty() && error.code().isEmpty()) {
            Optional<String> reason = EventTexts.filterReason(events);
            return Verdict.of(RecipientStatus.FAILED, StatusWords.failedWithoutReason(reason))
                    .because(reason);
        }
        return Verdict.of(RecipientStatus.FAILED, FailureWords.failed(error.code(), error.text(), error.host()))
                .because(error.text());
    }

    private Verdict deferral(DetailEvent event) {
        if (event.word().equals("poisonmessage")) {
            return Verdict.of(RecipientStatus.DEFERRED, StatusWords.POISON).because(Optional.of("poison"));
        }
        LastError error = LastError.of(event);
        long attempts =
                events.stream().filter(other -> other.type() == EventType.DEFER).count();
        return Verdict.of(
                        RecipientStatus.DEFERRED,
                        FailureWords.deferred(error.code(), error.text(), error.host(), attempts))
                .because(error.code().or(error::text))
                .to(error.host().map(host -> EventTexts.hop(host, error.text())));
    }

    private static Verdict moderation(DetailEvent event) {
        Optional<String> reason = Optional.of("moderation");
        return switch (Moderation.of(event)) {
            case WAITING ->
                Verdict.of(RecipientStatus.IN_TRANSIT, StatusWords.MODERATED).because(reason);
            case UNREACHABLE ->
                Verdict.of(RecipientStatus.IN_TRANSIT, StatusWords.MODERATORS_UNREACHABLE)
                        .because(reason);
            case GRANTED -> Verdict.of(RecipientStatus.IN_TRANSIT, StatusWords.MODERATION_GRANTED);
            case REFUSED ->
                Verdict.of(RecipientStatus.REJECTED, StatusWords.MODERATION_REFUSED)
                        .because(reason);
            case EXPIRED ->
                Verdict.of(RecipientStatus.REJECTED, StatusWords.MODERATION_EXPIRED)
                        .because(reason);
        };
    }

    /** Mostly an alias becomes the mailbox's first address; a mail contact becomes an address of somebody outside. */
    private Verdict resolution(List<String> targets) {
        if (targets.isEmpty()) {
            return Verdict.of(RecipientStatus.RESOLVED, StatusWords.RESOLVED_SOMEWHERE);
        }
        boolean outside = targets.stream().allMatch(organisation::isElsewhere);
        return Verdict.of(
                        outside ? RecipientStatus.REDIRECTED : RecipientStatus.RESOLVED,
                        outside ? StatusWords.RESOLVED_OUTSIDE : StatusWords.RESOLVED)
                .under(targets);
    }
}
