package org.mailtrace.index.postgresql;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.mailtrace.index.TraceIndex;
import org.mailtrace.postgresql.PostgresqlSettings;

/** The index on a day that the test says: which days get a partition hangs on it. */
public final class IndexOnADay {
    private IndexOnADay() {}

    /** Opens it at a moment that stays. */
    public static TraceIndex open(PostgresqlSettings settings, Instant now) {
        return open(settings, Clock.fixed(now, ZoneOffset.UTC));
    }

    /** Opens it with a clock. */
    public static TraceIndex open(PostgresqlSettings settings, Clock clock) {
        return PostgresqlIndex.open(settings, "sample", clock, PostgresqlIndex.CLAIM);
    }
}
