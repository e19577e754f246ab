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
    private static final Set<String> PROBES = Set.of("healthmailbox", "maildeliveryprobe@", "inboundproxy@");

    /** Whether the row is housekeeping. */
    public boolean is(TrackingRow row) {
        return EVENTS.contains(row.event())
                || row.source().equals(REDUNDANCY)
                || Stream.of(row.value("sender-address"), row.value("return-path"))
                        .anyMatch(Noise::isProbe)
                || (!row.recipients().isEmpty() && row.recipients().stream().allMatch(Noise::isProbe));
    }

    private static boolean isProbe(String address) {
        String lower = address.toLowerCase(Locale.ROOT);
        return PROBES.stream().anyMatch(lower::startsWith);
    }
}
