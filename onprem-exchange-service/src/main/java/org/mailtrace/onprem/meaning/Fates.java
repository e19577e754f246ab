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

/** Collects the last word on every recipient from a message's rows, oldest first. Compared without regard to case. */
final class Fates {
    private final Site site;
    private final Noise noise = new Noise();
    private final Map<String, String> spelling = new LinkedHashMap<>();
    private final Map<String, LastWord> words = new LinkedHashMap<>();
    private boolean moderated;

    private Fates(Site site) {
        this.site = site;
    }

    /** Recipients as the log spells them, with the last word on each, in the order of their appearance. */
    static Map<String, LastWord> of(List<TrackingRow> rows, Site site) {
        Fates fates = new Fates(site);
        rows.stream().filter(row -> !fates.isSilent(row)).forEach(fates::hear);
        if (fates.words.isEmpty()) {
            rows.forEach(fates::mention);
        }
        Map<String, LastWord> result = new LinkedHashMap<>();
        fates.words.forEach((address, word) -> result.put(fates.spelling.get(address), word));
        return result;
    }

    /** Rows that say nothing about their recipients: shadow copies are no deliveries, reports go to the sender. */
    private boolean isSilent(TrackingRow row) {
        Optional<Verdict> verdict = EventIds.of(row.event());
        return verdict.isPresent() ? verdict.get().status().isEmpty() : noise.is(row);
    }

    /** Nothing but silent rows: a report that was just made is on its way, of anything else nothing is known. */
    private void mention(TrackingRow row) {
        LastWord word = row.event().equals("DSN")
                ? word(row, RecipientStatus.IN_TRANSIT, Optional.empty())
                : word(row, RecipientStatus.UNKNOWN, Optional.of("housekeeping"));
        row.recipients().forEach(recipient -> put(recipient, word));
    }

    private void hear(TrackingRow row) {
        Verdict verdict =
                EventIds.of(row.event()).orElseGet(() -> Verdict.of(EventType.OTHER, RecipientStatus.UNKNOWN));
        RecipientStatus status = verdict.status().orElse(RecipientStatus.UNKNOWN);
        moderated = moderated || row.event().equals("INITMESSAGECREATED");
        switch (row.event()) {
            case "RESOLVE", "REDIRECT" -> readdressed(row, status);
            case "EXPAND" -> expanded(row);
            case "SEND", "SENDEXTERNAL" -> sent(row);
            case "DROP" -> dropped(row);
            default -> each(row, status, verdict.reason());
        }
    }

    private void each(TrackingRow row, RecipientStatus status, Optional<String> reason) {
        boolean explains = status == RecipientStatus.FAILED
                || status == RecipientStatus.DEFERRED
                || status == RecipientStatus.DISCARDED;
        perRecipient(row, (recipient, said) -> {
            Optional<String> detail = explains ? SmtpReply.error(row, said) : Optional.empty();
            Optional<NextHop> waiting = status == RecipientStatus.DEFERRED
                    ? row.optional("server-hostname")
                            .filter(host -> !site.isOurServer(host))
                            .map(host -> new NextHop(host, detail))
                    : Optional.empty();
            put(recipient, new LastWord(status, row.event(), row.at(), reason, detail, waiting, List.of()));
        });
    }

    /** The old address stands in related-recipient-address, the new one in recipient-address. */
    private void readdressed(TrackingRow row, RecipientStatus status) {
        List<String> old = row.relatedRecipients();
        List<String> now = row.recipients();
        for (int i = 0; i < old.size(); i++) {
            List<String> targets = old.size() == now.size() ? List.of(now.get(i)) : now;
            List<String> others = without(targets, old.get(i));
            if (!others.isEmpty()) {
                put(old.get(i), word(row, status, Optional.empty()).withRelated(others));
            }
        }
        now.forEach(address -> put(address, word(row, RecipientStatus.IN_TRANSIT, Optional.empty())));
    }

    /** The group stands in related-recipient-address, its members in recipient-address. */
    private void expanded(TrackingRow row) {
        List<String> groups = row.relatedRecipients();
        for (String group : groups) {
            put(
                    group,
                    word(row, RecipientStatus.EXPANDED, Optional.empty())
                            .withRelated(without(row.recipients(), group)));
        }
        row.recipients().stream()
                .filter(member -> groups.stream().noneMatch(member::equalsIgnoreCase))
                .forEach(member -> put(member, word(row, RecipientStatus.IN_TRANSIT, Optional.empty())));
    }

    private void sent(TrackingRow row) {
        if (Route.isInternal(row, site)) {
            each(row, RecipientStatus.IN_TRANSIT, Optional.empty());
            return;
        }
        perRecipient(row, (recipient, said) -> {
            Optional<NextHop> hop = SmtpReply.host(row).map(host -> new NextHop(host, SmtpReply.of(row, said)));
            put(
                    recipient,
                    new LastWord(
                            RecipientStatus.PASSED_ON,
                            row.event(),
                            row.at(),
                            Optional.empty(),
                            Optional.empty(),
                            hop,
                            List.of()));
        });
    }

    /** While a moderator decides, Exchange keeps a copy and drops the original: that is no end. */
    private void dropped(TrackingRow row) {
        if (!moderated) {
            each(row, RecipientStatus.DISCARDED, Optional.empty());
        }
    }

    private void perRecipient(TrackingRow row, EachRecipient each) {
        List<String> statuses = row.recipientStatuses();
        List<String> recipients = row.recipients();
        for (int i = 0; i < recipients.size(); i++) {
            each.accept(recipients.get(i), statuses.isEmpty() ? Optional.empty() : Optional.of(statuses.get(i)));
        }
    }

    private void put(String address, LastWord word) {
        String key = address.toLowerCase(Locale.ROOT);
        spelling.putIfAbsent(key, address);
        words.merge(key, word, LastWord::followedBy);
    }

    private static LastWord word(TrackingRow row, RecipientStatus status, Optional<String> reason) {
        return new LastWord(status, row.event(), row.at(), reason, Optional.empty(), Optional.empty(), List.of());
    }

    private static List<String> without(List<String> addresses, String address) {
        List<String> others = new ArrayList<>(addresses);
        others.removeIf(address::equalsIgnoreCase);
        return others;
    }

    /** One recipient of a row with what the row says about it. */
    private interface EachRecipient {
        void accept(String recipient, Optional<String> said);
    }
}
