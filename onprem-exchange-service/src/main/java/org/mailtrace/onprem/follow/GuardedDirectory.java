package org.mailtrace.onprem.follow;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.mailtrace.contract.CircuitState;
import org.mailtrace.contract.SourceState;
import org.mailtrace.http.guard.Guarded;
import org.mailtrace.http.guard.SourceFailure;

/** A directory behind its own circuit breaker and time-out: a share that hangs holds up nothing but itself. */
final class GuardedDirectory implements TrackingDirectory {
    private final TrackingDirectory directory;
    private final Guarded guard;
    private final String server;

    GuardedDirectory(TrackingDirectory directory, Guarded guard, String server) {
        this.directory = directory;
        this.guard = guard;
        this.server = server;
    }

    CircuitState circuit() {
        return guard.circuit();
    }

    @Override
    public List<LogFile> list() {
        return guard.call(() -> new Listing(guarded(directory::list)), Listing.class)
                .files();
    }

    @Override
    public int read(String file, long offset, byte[] buffer, int at, int length) {
        return guard.call(() -> guarded(() -> directory.read(file, offset, buffer, at, length)), Integer.class);
    }

    private <T> T guarded(Reading<T> reading) {
        try {
            return reading.run();
        } catch (IOException e) {
            throw new SourceFailure(SourceState.FAILED, FollowSentences.unreadable(server, e), Optional.empty(), e);
        }
    }

    /** Reading that may fail. */
    private interface Reading<T> {
        T run() throws IOException;
    }

    /** What a listing returned. */
    private record Listing(List<LogFile> files) {}
}
