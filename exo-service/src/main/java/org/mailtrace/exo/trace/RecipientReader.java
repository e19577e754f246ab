package org.mailtrace.exo.trace;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mailtrace.contract.NextHop;
import org.mailtrace.contract.Recipient;
import org.mailtrace.contract.RecipientStatus;
import org.mailtrace.exo.detail.DetailEvent;
import org.mailtrace.exo.rows.TraceRow;
import org.mailtrace.exo.words.HistoryWords;
import org.mailtrace.exo.words.StatusWords;

/**
 * Says what a row means. The status of a row lags and is coarse: {@code delivered} covers the inbox, Junk Email, an
 * outside server and at times a quarantine. Its events, where they were read, decide; without them nothing is claimed
 * that only they would show.
 */
@ApplicationScoped
class RecipientReader {
    /** Of which a row tells only half, and no sentence of theirs says so already. */
    private static final Set<VendorStatus> NEEDS_EVENTS = EnumSet.of(
            VendorStatus.PENDING, VendorStatus.EXPANDED, VendorStatus.QUARANTINED, VendorStatus.FILTEREDASSPAM);

    /** The reason word of a group whose related addresses are the message's other recipients, members or not. */
    private static final String MEMBERS_GUESSED = "members-guessed";

    private final Organisation organisation;

    RecipientReader(Organisation organisation) {
        this.organisation = organisation;
    }

    /**
     * Reads one recipient.
     *
     * @param events its events, oldest first; empty if they were not read
     * @param others the message's other recipients, if all of them are known
     */
    Recipient read(TraceRow row, Optional<List<DetailEvent>> events, List<String> others) {
        return verdict(row, events, others).about(row);
    }

    private Verdict verdict(TraceRow row, Optional<List<DetailEvent>> events, List<String> others) {
        Optional<EventVerdicts> told = events.map(list -> new EventVerdicts(row, list, organisation));
        VendorStatus status = VendorStatus.of(row.status());
        Verdict verdict = switch (status) {
            case DELIVERED -> told.flatMap(EventVerdicts::lastWord).orElseGet(() -> delivered(row, told.isPresent()));
            case PENDING ->
                told.flatMap(EventVerdicts::waiting)
                        .orElse(Verdict.of(RecipientStatus.IN_TRANSIT, StatusWords.PENDING));
            case FAILED -> told.flatMap(EventVerdicts::failed).orElseGet(() -> failed(told));
            case EXPANDED -> expanded(told, others);
            case QUARANTINED -> told.flatMap(EventVerdicts::heldOrReleased).orElseGet(() -> quarantined(told));
            case FILTEREDASSPAM ->
                told.flatMap(EventVerdicts::despiteTheFilter)
                        .orElse(Verdict.of(RecipientStatus.SPAM_FILTERED, StatusWords.SPAM_FILTERED)
                                .because(Optional.of("spam")));
            case GETTINGSTATUS ->
                told.flatMap(EventVerdicts::waiting)
                        .orElse(Verdict.of(RecipientStatus.IN_TRANSIT, StatusWords.GETTING_STATUS));
            case RECALLED ->
                told.flatMap(EventVerdicts::recalled)
                        .orElse(Verdict.of(RecipientStatus.RECALLED, StatusWords.RECALLED));
            case RESOLVED ->
                told.flatMap(EventVerdicts::readdressed)
                        .orElse(Verdict.of(RecipientStatus.RESOLVED, StatusWords.RESOLVED_SOMEWHERE));
            case NONE ->
                told.flatMap(EventVerdicts::lastWord).orElse(Verdict.of(RecipientStatus.UNKNOWN, StatusWords.NONE));
            case SENT ->
                told.flatMap(EventVerdicts::lastWord)
                        .orElse(Verdict.of(RecipientStatus.PASSED_ON, HistoryWords.SENT_ON));
            case REDIRECTED ->
                told.flatMap(EventVerdicts::readdressed)
                        .orElse(Verdict.of(RecipientStatus.REDIRECTED, StatusWords.REDIRECTED));
            case NOTAPPROVED ->
                Verdict.of(RecipientStatus.REJECTED, HistoryWords.NOT_APPROVED).because(Optional.of("moderation"));
            case UNKNOWN -> Verdict.of(RecipientStatus.UNKNOWN, StatusWords.UNKNOWN);
        };
        return told.isEmpty() && NEEDS_EVENTS.contains(status) ? verdict.fromTheRowAlone() : verdict;
    }

    /** Failed, and no event says why. */
    private static Verdict failed(Optional<EventVerdicts> told) {
        Optional<String> reason = told.flatMap(EventVerdicts::filterReason);
        return Verdict.of(
                        RecipientStatus.FAILED,
                        told.isPresent() ? StatusWords.failedWithoutReason(reason) : StatusWords.failedReasonUnread())
                .because(reason);
    }

    /** Held, and no event says so. */
    private static Verdict quarantined(Optional<EventVerdicts> told) {
        Optional<String> reason = told.flatMap(EventVerdicts::filterReason);
        return Verdict.of(RecipientStatus.QUARANTINED, StatusWords.quarantined(reason))
                .because(reason);
    }

    /** Delivered, and no event says where to. */
    private Verdict delivered(TraceRow row, boolean eventsRead) {
        if (row.toIp().isPresent()) {
            return Verdict.of(RecipientStatus.PASSED_ON, StatusWords.PASSED_ON)
                    .to(row.toIp().map(host -> new NextHop(host, Optional.empty())));
        }
        if (organisation.isForeign(row.recipient())) {
            return Verdict.of(RecipientStatus.PASSED_ON, StatusWords.PASSED_ON_HOST_UNKNOWN);
        }
        return Verdict.of(
                RecipientStatus.DELIVERED,
                eventsRead ? StatusWords.DELIVERED_FOLDER_UNKNOWN : StatusWords.DELIVERED_FOLDER_UNCHECKED);
    }

    /** Microsoft names members as recipients of their own, and rarely in the group's events. */
    private static Verdict expanded(Optional<EventVerdicts> told, List<String> others) {
        Optional<Verdict> named = told.flatMap(EventVerdicts::expanded);
        if (named.isPresent()) {
            return named.orElseThrow();
        }
        return others.isEmpty()
                ? Verdict.of(RecipientStatus.EXPANDED, StatusWords.EXPANDED)
                : Verdict.of(RecipientStatus.EXPANDED, StatusWords.EXPANDED_MEMBERS_GUESSED)
                        .because(Optional.of(MEMBERS_GUESSED))
                        .under(others);
    }
}
