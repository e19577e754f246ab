package org.mailtrace.index.sqlite;

import java.time.Clock;
import org.mailtrace.index.TraceIndex;

/** The index with a time that the test tells: what was set aside is as old as that. */
public final class IndexOfADay {
    private IndexOfADay() {}

    /** Opens it with a clock. */
    public static TraceIndex open(SqliteSettings settings, Clock clock) {
        return SqliteIndex.open(settings, clock);
    }
}
