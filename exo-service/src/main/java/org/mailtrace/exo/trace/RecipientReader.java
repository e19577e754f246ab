package org.mailtrace.exo.trace;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.mailtrace.contract.NextHop;
import org.mailtrace.contract.Recipient;
import org.mailtrace.contract.RecipientStatus;
import org.mailtrace.exo.detail.DetailEvent;
import org.mailtrace.exo.rows.TraceRow;
import org.mailtrace.exo.words.StatusWords;

/**
 * Says what a row means. The status of a row lags and is coarse: {@code delivered} covers the inbox, Junk Email, an
 * outside server and at times a quarantine. Its events, where they were read, decide; without them nothing is claimed
 * that only they would show.
 */
@ApplicationScoped
class RecipientReader {
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
        Optional<EventVerdicts> told = events.map(list -> new EventVerdicts(row, list));
        return switch (VendorStatus.of(row.status())) {
            case DELIVERED -> told.flatMap(EventVerdicts::lastWord).orElseGet(() -> delivered(row, told.isPresent()));
            case PENDING ->
                told.flatMap(EventVerdicts::waiting)
                        .orElse(Verdict.of(RecipientStatus.IN_TRANSIT, StatusWords.PENDING));
            case FAILED ->
                told.flatMap(EventVerdicts::failed)
                        .orElse(Verdict.of(
                                RecipientStatus.FAILED,
                                told.isPresent()
                                        ? StatusWords.failed(Optional.empty())
                                        : StatusWords.failedReasonUnread()));
            case EXPANDED -> expanded(told, others);
            case QUARANTINED ->
                told.flatMap(EventVerdicts::heldOrReleased)
                        .orElse(Verdict.of(RecipientStatus.QUARANTINED, StatusWords.QUARANTINED));
            case FILTEREDASSPAM ->
                told.flatMap(EventVerdicts::inMailbox)
                        .orElse(Verdict.of(RecipientStatus.SPAM_FILTERED, StatusWords.SPAM_FILTERED)
                                .because(Optional.of("spam")));
            case GETTINGSTATUS -> Verdict.of(RecipientStatus.IN_TRANSIT, StatusWords.GETTING_STATUS);
            case RECALLED -> Verdict.of(RecipientStatus.RECALLED, StatusWords.RECALLED);
            case RESOLVED ->
                told.flatMap(EventVerdicts::readdressed)
                        .orElse(Verdict.of(RecipientStatus.RESOLVED, StatusWords.RESOLVED));
            case NONE ->
                told.flatMap(EventVerdicts::lastWord).orElse(Verdict.of(RecipientStatus.UNKNOWN, StatusWords.NONE));
            case UNKNOWN -> Verdict.of(RecipientStatus.UNKNOWN, StatusWords.UNKNOWN);
        };
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
