package org.mailtrace.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What one service lives through in {@link LongRun}: the world around it, and whether it keeps what it has to. */
interface Life extends AutoCloseable {
    /** What the service is told. */
    Map<String, String> settings();

    /** The file in which it keeps things, unless it keeps them in a database. */
    Path file();

    /**
     * What the settings of its store begin with; empty where it cannot live on PostgreSQL, whose own clock nobody moves, because its
     * store goes by that.
     */
    default Optional<String> store() {
        return Optional.empty();
    }

    /** Whose tokens it takes; by itself those whose key it is told. */
    default String issuer() {
        return "benchmark";
    }

    /** How its clock goes, that many times faster on the whole. */
    default MovedClock.Pace pace(long speed) {
        return MovedClock.Pace.steady(speed);
    }

    /** Lets happen whatever happened until that moment, and asks about something. */
    void goOn(Doors doors, Instant now) throws IOException, InterruptedException;

    /**
     * Looks for what must be there and for what must not be there any more.
     *
     * @param late how late the service may be in removing what is too old
     * @param reading how late it may be in taking in what is new
     */
    Found look(Doors doors, Instant now, Duration late, Duration reading) throws IOException, InterruptedException;

    /** How many questions were asked. */
    long asked();

    /** What else is to be told of a day; nothing judges it. */
    default String more() {
        return "";
    }

    /** It is over: nobody asks any more. */
    default void stop() {}

    @Override
    void close() throws IOException;

    /** Of so many that are kept, and of so many that are too old, how many were found. */
    record Found(int kept, int ofKept, int old, int ofOld) {
        boolean isGood() {
            return kept == ofKept && old == 0;
        }
    }
}
