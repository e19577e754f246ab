package org.mailtrace.onprem.meaning;

import static java.util.Map.entry;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mailtrace.contract.EventType;
import org.mailtrace.contract.RecipientStatus;

/**
 * Event ids of the tracking log (Microsoft Learn, "Message tracking", and three that it leaves out: {@code SENDEXTERNAL},
 * {@code RECIPIENTINFO} and {@code SETROUTE}). An open list: an id that does not stand here is shown as it is and concludes nothing.
 */
final class EventIds {
    /** They say where an address went on, but nothing new of who is a recipient already. */
    static final Set<String> READDRESSES_AGAIN = Set.of("DUPLICATEEXPAND", "DUPLICATEREDIRECT");

    private static final Map<String, Verdict> KNOWN = Map.ofEntries(
            entry("RECEIVE", Verdict.of(EventType.RECEIVE, RecipientStatus.IN_TRANSIT)),
            entry("SUBMIT", Verdict.of(EventType.SUBMIT, RecipientStatus.IN_TRANSIT)),
            entry("CLIENTSUBMISSION", Verdict.of(EventType.SUBMIT, RecipientStatus.IN_TRANSIT)),
            entry("RESUBMIT", Verdict.of(EventType.OTHER, RecipientStatus.IN_TRANSIT)),
            entry("RESUBMITDEFER", Verdict.of(EventType.DEFER, RecipientStatus.DEFERRED)),
            entry("RESUBMITFAIL", Verdict.event(EventType.OTHER)),
            entry("SUBMITDEFER", Verdict.of(EventType.DEFER, RecipientStatus.DEFERRED)),
            entry("SUBMITFAIL", Verdict.of(EventType.FAIL, RecipientStatus.FAILED)),
            entry("PROCESS", Verdict.of(EventType.OTHER, RecipientStatus.IN_TRANSIT)),
            entry("PROCESSMEETINGMESSAGE", Verdict.of(EventType.OTHER, RecipientStatus.IN_TRANSIT)),
            entry("TRANSFER", Verdict.of(EventType.TRANSFER, RecipientStatus.IN_TRANSIT)),
            entry("RESOLVE", Verdict.of(EventType.RESOLVE, RecipientStatus.RESOLVED)),
            entry("EXPAND", Verdict.of(EventType.EXPAND, RecipientStatus.EXPANDED)),
            entry("REDIRECT", Verdict.of(EventType.REDIRECT, RecipientStatus.REDIRECTED)),
            entry("DUPLICATEEXPAND", Verdict.event(EventType.EXPAND)),
            entry("DUPLICATEREDIRECT", Verdict.event(EventType.REDIRECT)),
            entry("SEND", Verdict.of(EventType.SEND, RecipientStatus.PASSED_ON)),
            entry("SENDEXTERNAL", Verdict.of(EventType.SEND, RecipientStatus.PASSED_ON)),
            entry("DELIVER", Verdict.of(EventType.DELIVER, RecipientStatus.DELIVERED)),
            entry("DUPLICATEDELIVER", Verdict.of(EventType.DELIVER, RecipientStatus.DELIVERED, "duplicate")),
            entry("DELIVERFAIL", Verdict.event(EventType.OTHER)),
            entry("DEFER", Verdict.of(EventType.DEFER, RecipientStatus.DEFERRED)),
            entry("THROTTLE", Verdict.of(EventType.DEFER, RecipientStatus.DEFERRED, "throttled")),
            entry("POISONMESSAGE", Verdict.of(EventType.DEFER, RecipientStatus.DEFERRED, "poison")),
            entry("FAIL", Verdict.of(EventType.FAIL, RecipientStatus.FAILED)),
            entry("DSN", Verdict.event(EventType.BOUNCE)),
            entry("DROP", Verdict.of(EventType.DISCARD, RecipientStatus.DISCARDED)),
            entry("SUPPRESSED", Verdict.of(EventType.DISCARD, RecipientStatus.DISCARDED, "suppressed")),
            entry("BADMAIL", Verdict.of(EventType.DISCARD, RecipientStatus.DISCARDED, "badmail")),
            entry("INITMESSAGECREATED", Verdict.of(EventType.MODERATION, RecipientStatus.IN_TRANSIT, "moderation")),
            entry("MODERATORAPPROVE", Verdict.of(EventType.MODERATION, RecipientStatus.IN_TRANSIT)),
            entry("MODERATORREJECT", Verdict.of(EventType.MODERATION, RecipientStatus.REJECTED, "moderation")),
            entry("MODERATIONEXPIRE", Verdict.of(EventType.MODERATION, RecipientStatus.REJECTED, "moderation")),
            entry("MODERATORSALLNDR", Verdict.event(EventType.MODERATION)),
            entry("AGENTINFO", Verdict.event(EventType.FILTER)),
            entry("HAREDIRECT", Verdict.event(EventType.OTHER)),
            entry("HARECEIVE", Verdict.event(EventType.OTHER)),
            entry("HADISCARD", Verdict.event(EventType.OTHER)),
            entry("HAREDIRECTFAIL", Verdict.event(EventType.OTHER)),
            entry("NOTIFYMAPI", Verdict.event(EventType.OTHER)),
            entry("NOTIFYSHADOW", Verdict.event(EventType.OTHER)),
            entry("RECIPIENTINFO", Verdict.event(EventType.OTHER)),
            entry("SETROUTE", Verdict.event(EventType.OTHER)),
            entry("LOAD", Verdict.event(EventType.OTHER)));

    private EventIds() {}

    static Optional<Verdict> of(String eventId) {
        return Optional.ofNullable(KNOWN.get(eventId));
    }

    static Map<String, Verdict> known() {
        return KNOWN;
    }
}
