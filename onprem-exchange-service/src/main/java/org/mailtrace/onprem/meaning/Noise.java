package org.mailtrace.onprem.meaning;

import java.util.List;
import java.util.Set;
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
    private static final int FEWEST_DIGITS = 7;
    private static final List<String> PROBE_SENDERS = List.of("maildeliveryprobe@", "inboundproxy@");

    /**
     * Whether the row is housekeeping. A sender's address is anybody's choice, so it makes a probe only of a row that has
     * no recipients; with recipients, those decide.
     */
    public boolean is(TrackingRow row) {
        return EVENTS.contains(row.event()) || row.source().equals(REDUNDANCY) || isOnlyProbes(row);
    }

    private static boolean isOnlyProbes(TrackingRow row) {
        List<String> recipients = row.recipients();
        if (recipients.isEmpty()) {
            return isProbe(row.value("sender-address")) || isProbe(row.value("return-path"));
        }
        for (String recipient : recipients) {
            if (!isProbe(recipient)) {
                return false;
            }
        }
        return true;
    }

    /** Exchange names its health mailboxes {@code HealthMailbox} and a number; other words behind it are a person's. */
    private static boolean isProbe(String address) {
        if (startsWith(address, HEALTH_MAILBOX)) {
            int digits = HEALTH_MAILBOX.length();
            while (digits < address.length() && Character.digit(address.charAt(digits), 16) >= 0) {
                digits++;
            }
            return digits - HEALTH_MAILBOX.length() >= FEWEST_DIGITS;
        }
        for (String sender : PROBE_SENDERS) {
            if (startsWith(address, sender)) {
                return true;
            }
        }
        return false;
    }

    private static boolean startsWith(String address, String lower) {
        return address.regionMatches(true, 0, lower, 0, lower.length());
    }
}
