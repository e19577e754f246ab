package org.mailtrace.onprem.follow;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mailtrace.contract.CircuitState;

/**
 * How well one server's logs are read; a snapshot. All instants UTC.
 *
 * @param server the server's name
 * @param circuit the breaker in front of its directory
 * @param failure one sentence if the last look at its directory failed
 * @param progress when something was last read or the directory last answered
 * @param busy whether a look is going on
 * @param readThrough everything that stood in the files at that time is in the index; absent until known
 * @param caughtUp whether nothing was left to read after the last look
 * @param since how far back the evidence goes
 * @param newest the newest row or file
 * @param lastSuccess when a look last ended well
 * @param leftOut one clause per file that was left out
 * @param setAside how many records could not be read
 */
public record ServerState(
        String server,
        CircuitState circuit,
        Optional<String> failure,
        Instant progress,
        boolean busy,
        Optional<Instant> readThrough,
        boolean caughtUp,
        Optional<Instant> since,
        Optional<Instant> newest,
        Optional<Instant> lastSuccess,
        List<String> leftOut,
        long setAside) {
    public ServerState {
        leftOut = List.copyOf(leftOut);
    }
}
