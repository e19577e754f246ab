package org.mailtrace.index.postgresql;

import static org.mailtrace.index.Questions.NOON;

import java.time.Clock;
import java.time.ZoneOffset;
import org.mailtrace.index.Engine;
import org.mailtrace.index.TraceIndex;
import org.mailtrace.index.WithIndex;

/** An index in a schema of its own, of the database that all tests of a run share, at a moment that stays. */
abstract class OnPostgresql extends WithIndex {
    protected static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);

    @Override
    protected final TraceIndex open() {
        return open(CLOCK);
    }

    protected final TraceIndex open(Clock clock) {
        return IndexOnADay.open(Engine.schema(folder), clock);
    }

    protected final Tables tables() {
        return Tables.of(Engine.schema(folder));
    }

    protected final String ask(String sql) {
        return tables().ask(sql);
    }

    protected final void run(String sql) {
        tables().run(sql);
    }
}
