package org.mailtrace.onprem.meaning;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.mailtrace.onprem.record.TrackingRow;

/** Housekeeping: shadow copies, agents' notes, start-up, mailbox notices and the servers' own probes. */
public final class Noise {
    private static final Set<String> EVENTS = Set.of(
            "HAREDIRECT",
            "HARECEIVE",
            "HADISCARD",
            "HAREDIRECTFAIL",
            "AGENTINFO",
            "NOTIFYMAPI",
            "NOTIFYSHADOW",
            "LOAD");
    private static final String REDUNDANCY = "REDUNDANCY";
    private static final String HEALTH_MAILBOX = "healthmailbox";
    private static final Set<String> PROBE_SENDERS = Set.of("maildeliveryprobe@", "inboundproxy@");

    /**
     * Whether the row is housekeeping. A sender's address is anybody's choice, so it makes a probe only of a row that has
     * no recipients; with recipients, those decide.
     */
    public boolean is(TrackingRow row) {
        return EVENTS.contains(row.event())
                || row.source().equals(REDUNDANCY)
                || (row.recipients().isEmpty()
                        ? Stream.of(row.value("sender-address"), row.value("return-path"))
                                .anyMatch(Noise::isProbe)
                        : row.recipients().stream().allMatch(Noise::isProbe));
    }

    /** Exchange names its health mailboxes {@code HealthMailbox} and a number or a server; the bare word is a person's. */
    private static boolean isProbe(String address) {
        String lower = address.toLowerCase(Locale.ROOT);
        if (lower.startsWith(HEALTH_MAILBOX)) {
            String rest = lower.substring(HEALTH_MAILBOX.length());
            return !rest.isEmpty() && (rest.charAt(0) == '-' || Character.digit(rest.charAt(0), 16) >= 0);
        }
        return PROBE_SENDERS.stream().anyMatch(lower::startsWith);
    }
}
