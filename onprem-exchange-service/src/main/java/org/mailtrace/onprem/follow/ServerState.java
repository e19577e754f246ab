package org.mailtrace.onprem.follow;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.mailtrace.contract.CircuitState;
import org.mailtrace.index.Coverage;

/**
 * How well one server's logs are read; a snapshot. All instants UTC.
 *
 * @param server the server's name
 * @param circuit the breaker in front of its directory
 * @param failure one sentence if the last look at its directory failed
 * @param indexFailed whether it failed because the index could not store what was read
 * @param progress when something was last read or the directory last answered
 * @param busy whether a look is going on
 * @param readThrough everything that stood in the files at that time is in the index; absent until known
 * @param caughtUp whether nothing was left to read after the last look
 * @param since how far back the evidence goes
 * @param newest when the server last wrote; never later than when that was read, whatever the rows are dated
 * @param lanes the same two by file-name prefix
 * @param lastSuccess when a look last ended well
 * @param leftOut one clause per file that was left out
 * @param gaps files that must have been there and were never read
 * @param late how late rows arrived of late, counted from their own time; their server's clock may be behind
 * @param ahead how far rows were dated in the future of late; their server's clock is ahead
 * @param unreadBytes how much stood in the files and was not read at the last look
 * @param rows how many rows were read since the service started
 * @param setAside how many records could not be read; absent until the index told
 */
public record ServerState(
        String server,
        CircuitState circuit,
        Optional<String> failure,
        boolean indexFailed,
        Instant progress,
        boolean busy,
        Optional<Instant> readThrough,
        boolean caughtUp,
        Optional<Instant> since,
        Optional<Instant> newest,
        List<Coverage> lanes,
        Optional<Instant> lastSuccess,
        List<String> leftOut,
        List<Gap> gaps,
        Duration late,
        Duration ahead,
        long unreadBytes,
        long rows,
        OptionalLong setAside) {
    public ServerState {
        lanes = List.copyOf(lanes);
        leftOut = List.copyOf(leftOut);
        gaps = List.copyOf(gaps);
    }

    /**
     * A file that is missing in a series.
     *
     * @param file its name
     * @param from when its period begins, UTC
     * @param to when its period ends, UTC
     */
    public record Gap(String file, Instant from, Instant to) {
        /** Whether something in this window may have stood in it. */
        public boolean touches(Instant windowFrom, Instant windowTo) {
            return from.isBefore(windowTo) && to.isAfter(windowFrom);
        }
    }
}
