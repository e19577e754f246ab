package org.mailtrace.gateway.join;

import java.time.Instant;
import org.mailtrace.contract.Recipient;
import org.mailtrace.contract.RecipientStatus;

/** The last word of one source on one recipient of one message. */
public record Word(Sighting sighting, Recipient recipient) {
    public String source() {
        return sighting.source();
    }

    public RecipientStatus status() {
        return recipient.status();
    }

    /** When the source said it, by that source's clock. */
    public Instant at() {
        return recipient.at().orElse(sighting.observation().lastSeen());
    }
}
