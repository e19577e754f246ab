package org.mailtrace.gateway.join;

import java.time.Duration;
import java.time.Instant;
import org.mailtrace.contract.Observation;
import org.mailtrace.contract.Recipient;
import org.mailtrace.contract.RecipientStatus;

/** The last word of one source on one recipient of one message. */
public record Word(Sighting sighting, Recipient recipient) {
    /** Clocks may be 5 minutes apart; a hand-over and its receipt are at one time. */
    static final Duration NEAR = Duration.ofMinutes(10);

    /** Who is put off waits longer than this; what is not put off is handed over sooner. */
    private static final Duration ATTEMPT = Duration.ofMinutes(1);

    public String source() {
        return sighting.source();
    }

    public RecipientStatus status() {
        return recipient.status();
    }

    /**
     * Whether it is a hand-over that tells its own time. Sources fill in when they got the message where nothing tells more, as
     * in a list row without its events; the hand-over may have been any time after that.
     */
    public boolean saysWhen() {
        return status() == RecipientStatus.PASSED_ON
                && sighting.observation().detailsFetched()
                && recipient
                        .at()
                        .filter(at -> !at.equals(sighting.observation().firstSeen()))
                        .isPresent();
    }

    /**
     * Whether a receipt may be that of this hand-over or of an attempt before it, by the times alone. Only the last attempt is
     * told; an earlier one may have been taken, and its reply lost.
     */
    public boolean mayHaveReached(Observation receipt) {
        return !receipt.lastSeen().isBefore(sighting.observation().firstSeen().minus(NEAR))
                && (!saysWhen() || !receipt.firstSeen().isAfter(at().plus(NEAR)));
    }

    /** Whether it was handed over so long after it came that there may have been attempts before the last. */
    public boolean mayHaveBeenRetried() {
        return at().isAfter(sighting.observation().firstSeen().plus(ATTEMPT));
    }

    /** Whether it may have been at that moment of another system, of which the clock may be wrong. */
    public boolean isNear(Instant moment) {
        return Duration.between(at(), moment).abs().compareTo(NEAR) <= 0;
    }

    /** Whether what a next source saw come at a moment may be what this handed over, or is still trying to. */
    boolean mayHaveBeenTaken(Instant came) {
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
