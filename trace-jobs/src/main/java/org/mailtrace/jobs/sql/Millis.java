package org.mailtrace.jobs.sql;

import java.time.Duration;
import java.time.Instant;

/** Time as the store keeps it: moments are milliseconds since 1970, UTC. */
public final class Millis {
    /** A longer span is as good as for ever, and no sum of moments and such spans overflows. */
    private static final long LONGEST = Long.MAX_VALUE / 8;

    private Millis() {}

    /** The millisecond that the moment lies in. */
    public static long of(Instant moment) {
        return moment.toEpochMilli();
    }

    /** The first millisecond that is not before the moment. */
    public static long notBefore(Instant moment) {
        long millis = moment.toEpochMilli();
        return Instant.ofEpochMilli(millis).isBefore(moment) ? millis + 1 : millis;
    }

    /** The shortest span of whole milliseconds that is not shorter. */
    public static long of(Duration span) {
        if (span.compareTo(Duration.ofMillis(LONGEST)) > 0) {
            return LONGEST;
        }
        long millis = span.toMillis();
        return Duration.ofMillis(millis).compareTo(span) < 0 ? millis + 1 : millis;
    }
}
