package org.mailtrace.exo.history.csv;

import java.util.Locale;
import java.util.Optional;

/** Where a message came from as the report has it: seen from the tenant, so it proves nothing about the origin. */
public enum Directionality {
    /** Came to the tenant. */
    INCOMING,
    /** Was sent from the tenant. */
    ORIGINATING;

    /** The summary writes 1 and 2, the tracking log words; empty for any other text. */
    static Optional<Directionality> of(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "1", "incoming", "inbound", "received" -> Optional.of(INCOMING);
            case "2", "originating", "outbound", "outgoing", "sent" -> Optional.of(ORIGINATING);
            default -> Optional.empty();
        };
    }
}
