package org.mailtrace.onprem.meaning;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.mailtrace.contract.EventType;
import org.mailtrace.contract.NextHop;
import org.mailtrace.contract.RecipientStatus;
import org.mailtrace.onprem.record.TrackingRow;

/**
 * Collects the last word on every recipient from a message's rows in the order of custody. Addresses are compared without
 * regard to case.
 */
final class Fates {
    private final Site site;
    private final boolean moderated;
    private final Map<String, String> spelling = new LinkedHashMap<>();
    private final Map<String, LastWord> words = new LinkedHashMap<>();

    private Fates(Site site, boolean moderated) {
        this.site = site;
        this.moderated = moderated;
    }

    /** Recipients as the log spells them, with the last word on each, in the order of their appearance. */
    static Map<String, LastWord> of(List<LogRow> rows, Site site) {
        Fates fates = new Fates(site, rows.stream().anyMatch(row -> row.event().equals("INITMESSAGECREATED")));
        rows.stream().filter(row -> !isSilent(row)).forEach(fates::hear);
        if (fates.words.isEmpty()) {
            rows.forEach(fates::mention);
        }
        Map<String, LastWord> result = new LinkedHashMap<>();
        fates.words.forEach((address, word) -> result.put(fates.spelling.get(address), word));
        return result;
    }

    /** Rows that say nothing about their recipients: shadow copies are no deliveries, reports go to the sender. */
    private static boolean isSilent(LogRow row) {
        return EventIds.of(row.event())
                .map(verdict -> verdict.status().isEmpty() && !EventIds.READDRESSES_AGAIN.contains(row.event()))
                .orElse(row.noise());
    }

    /** Nothing but silent rows: a report that was just made is on its way, of anything else nothing is known. */
    private void mention(LogRow row) {
        LastWord word = row.event().equals("DSN")
                ? LastWord.of(row, RecipientStatus.IN_TRANSIT, Optional.empty())
                : LastWord.of(row, RecipientStatus.UNKNOWN, Optional.of("housekeeping"));
        row.row().recipients().forEach(recipient -> put(recipient, word));
    }

    private void hear(LogRow row) {
        Verdict verdict =
                EventIds.of(row.event()).orElseGet(() -> Verdict.of(EventType.OTHER, RecipientStatus.UNKNOWN));
        RecipientStatus status = verdict.status().orElse(RecipientStatus.UNKNOWN);
        switch (row.event()) {
            case "RESOLVE", "REDIRECT" -> readdressed(row, status);
            case "DUPLICATEREDIRECT" -> readdressed(row, RecipientStatus.REDIRECTED);
            case "EXPAND", "DUPLICATEEXPAND" -> readdressed(row, RecipientStatus.EXPANDED);
            case "SEND", "SENDEXTERNAL" -> sent(row);
            case "DROP" -> dropped(row);
            default -> each(row, status, verdict.reason());
        }
    }

    private void each(LogRow row, RecipientStatus status, Optional<String> reason) {
        LastWord plain = LastWord.of(row, status, reason);
        boolean explains = status == RecipientStatus.FAILED
                || status == RecipientStatus.DEFERRED
                || status == RecipientStatus.DISCARDED;
        if (!explains) {
            row.row().recipients().forEach(recipient -> put(recipient, plain));
            return;
        }
        boolean reported =
                status == RecipientStatus.FAILED && !References.of(row.row()).isEmpty();
        List<String> statuses = row.row().recipientStatuses();
        List<String> recipients = row.row().recipients();
        for (int i = 0; i < recipients.size(); i++) {
            Optional<String> detail = SmtpReply.error(row.row(), statuses, i);
            LastWord word = plain.withDetail(detail).waitingFor(waitingFor(row.row(), status, detail));
            LastWord told = reported ? word.withRemark(Dictionary.REPORTED) : word;
            boolean unmatched =
                    statuses.isEmpty() && row.row().optional("recipient-status").isPresent();
            put(recipients.get(i), unmatched ? told.withRemark(Dictionary.REPLIES_NOT_MATCHED) : told);
        }
    }

    private Optional<NextHop> waitingFor(TrackingRow row, RecipientStatus status, Optional<String> detail) {
        return status == RecipientStatus.DEFERRED
                ? row.optional("server-hostname")
                        .filter(host -> !site.isOurServer(host))
                        .map(host -> new NextHop(host, detail))
                : Optional.empty();
    }

    /** The old address, or the group, stands in related-recipient-address; where it goes on, in recipient-address. */
    private void readdressed(LogRow row, RecipientStatus status) {
        List<String> old = row.row().relatedRecipients();
        List<String> now = row.row().recipients();
        boolean expands = status == RecipientStatus.EXPANDED;
        boolean paired = !expands && old.size() == now.size();
        for (int i = 0; i < old.size(); i++) {
            List<String> others = without(paired ? List.of(now.get(i)) : now, old.get(i));
            LastWord word = LastWord.of(row, status, Optional.empty()).withRelated(others);
            if (!others.isEmpty() || expands) {
                put(old.get(i), paired || old.size() == 1 ? word : word.withRemark(Dictionary.ADDRESSES_NOT_MATCHED));
            }
        }
        now.stream()
                .filter(address -> !expands || old.stream().noneMatch(address::equalsIgnoreCase))
                .forEach(address -> goesOn(row, address));
    }

    /** A recipient that was one already keeps its word. */
    private void goesOn(LogRow row, String address) {
        if (!EventIds.READDRESSES_AGAIN.contains(row.event()) || !words.containsKey(address.toLowerCase(Locale.ROOT))) {
            put(address, LastWord.of(row, RecipientStatus.IN_TRANSIT, Optional.empty()));
        }
    }

    private void sent(LogRow row) {
        Taker taker = Taker.of(row, site);
        if (taker.isInside()) {
            LastWord word = LastWord.of(row, RecipientStatus.IN_TRANSIT, Optional.empty());
            row.row().recipients().forEach(address -> put(address, word.handedTo(taker, Optional.empty())));
            return;
        }
        LastWord word = LastWord.of(row, RecipientStatus.PASSED_ON, Optional.empty());
        List<String> statuses = row.row().recipientStatuses();
        List<String> recipients = row.row().recipients();
        for (int i = 0; i < recipients.size(); i++) {
            Optional<String> said = statuses.isEmpty() ? Optional.empty() : Optional.of(statuses.get(i));
            Optional<NextHop> hop = taker.host().map(host -> new NextHop(host, SmtpReply.of(row.row(), said)));
            put(recipients.get(i), word.handedTo(taker, hop));
        }
    }

    /** While a moderator decides, Exchange keeps a copy and drops the original: that is no end. */
    private void dropped(LogRow row) {
        if (!moderated) {
            each(row, RecipientStatus.DISCARDED, Optional.empty());
        }
    }

    private void put(String address, LastWord word) {
        String key = address.toLowerCase(Locale.ROOT);
        spelling.putIfAbsent(key, address);
        words.merge(key, word, LastWord::followedBy);
    }

    private static List<String> without(List<String> addresses, String address) {
        List<String> others = new ArrayList<>(addresses);
        others.removeIf(address::equalsIgnoreCase);
        return others;
    }
}
