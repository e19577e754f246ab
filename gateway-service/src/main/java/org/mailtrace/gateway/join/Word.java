package org.mailtrace.gateway.join;

import java.time.Duration;
import java.time.Instant;
import org.mailtrace.contract.Recipient;
import org.mailtrace.contract.RecipientStatus;

/** The last word of one source on one recipient of one message. */
public record Word(Sighting sighting, Recipient recipient) {
    /** Clocks may be 5 minutes apart; a hand-over and its receipt are at one time. */
    static final Duration NEAR = Duration.ofMinutes(10);

    public String source() {
        return sighting.source();
    }

    public RecipientStatus status() {
        return recipient.status();
    }

    /** Whether it is a hand-over that tells its own time; else the time is that of the whole row. */
    public boolean saysWhen() {
        return status() == RecipientStatus.PASSED_ON && recipient.at().isPresent();
    }

    /** Whether it may have been at that moment of another system, of which the clock may be wrong. */
    public boolean isNear(Instant moment) {
        return Duration.between(at(), moment).abs().compareTo(NEAR) <= 0;
    }

    /** Whether what a next source saw come at a moment may be what this handed over, or is still trying to. */
    boolean mayHaveReached(Instant came) {
        if (saysWhen()) {
            return isNear(came);
        }
        boolean over = status() != RecipientStatus.DEFERRED
                && came.isAfter(sighting.observation().lastSeen().plus(NEAR));
        return !over && !came.isBefore(sighting.observation().firstSeen().minus(NEAR));
    }

    /** When the source said it, by that source's clock. */
    public Instant at() {
        return recipient.at().orElse(sighting.observation().lastSeen());
    }
}
