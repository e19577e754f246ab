package org.mailtrace.onprem.meaning;

import java.util.Locale;
import java.util.Optional;
import org.mailtrace.onprem.record.TrackingRow;

/** Tells a hand-over among our own servers from one that passes custody on. */
final class Route {
    private static final String INTERNAL_CONNECTOR = "intra-organization smtp send connector";

    private Route() {}

    /**
     * Whether a SEND stays with us: to one of our servers, or by the connector that only leads to other Exchange
     * servers and to mailbox delivery while no other host is named.
     */
    static boolean isInternal(TrackingRow row, Site site) {
        if (row.event().equals("SENDEXTERNAL")) {
            return false;
        }
        Optional<String> host = SmtpReply.host(row);
        boolean ours = host.filter(site::isOurServer).isPresent()
                || SmtpReply.named(row).filter(site::isOurServer).isPresent();
        boolean unnamed = host.isEmpty()
                && row.value("connector-id").toLowerCase(Locale.ROOT).contains(INTERNAL_CONNECTOR);
        return ours || unnamed;
    }
}
