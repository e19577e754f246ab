package org.mailtrace.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** What one service lives through in {@link LongRun}: the world around it, and whether it keeps what it has to. */
interface Life extends AutoCloseable {
    /** What the service is told. */
    Map<String, String> settings();

    /** The file in which it keeps things. */
    Path file();

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

    @Override
    void close() throws IOException;

    /** Of so many that are kept, and of so many that are too old, how many were found. */
    record Found(int kept, int ofKept, int old, int ofOld) {
        boolean isGood() {
            return kept == ofKept && old == 0;
        }
    }
}
