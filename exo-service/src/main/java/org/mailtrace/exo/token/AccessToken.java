package org.mailtrace.exo.token;

import java.time.Duration;
import java.time.Instant;

/**
 * A bearer token.
 *
 * @param expiresAt its end, UTC
 */
record AccessToken(String value, Instant expiresAt) {
    boolean isUsableAt(Instant now) {
        return now.isBefore(expiresAt);
    }

    /** Whether it is far enough from its end. A token that lives shorter than that is used for half of its life. */
    boolean isFreshAt(Instant now, Duration early, Duration life) {
        Duration margin = early.compareTo(life.dividedBy(2)) < 0 ? early : life.dividedBy(2);
        return now.isBefore(expiresAt.minus(margin));
    }

    @Override
    public String toString() {
        return "AccessToken[***]";
    }
}
