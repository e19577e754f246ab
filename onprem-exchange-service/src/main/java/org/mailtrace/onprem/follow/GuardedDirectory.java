package org.mailtrace.onprem.follow;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.mailtrace.contract.CircuitState;
import org.mailtrace.contract.SourceState;
import org.mailtrace.http.guard.Guarded;
import org.mailtrace.http.guard.SourceFailure;

/** A directory behind its own circuit breaker and time-out: a share that hangs holds up nothing but itself. */
final class GuardedDirectory implements TrackingDirectory {
    private final TrackingDirectory directory;
    private final Calls guard;
    private final Supplier<CircuitState> circuit;
    private final String server;

    GuardedDirectory(TrackingDirectory directory, Guarded guard, String server) {
        this(directory, guard::call, guard::circuit, server);
    }

    GuardedDirectory(TrackingDirectory directory, Calls guard, Supplier<CircuitState> circuit, String server) {
        this.directory = directory;
        this.guard = guard;
        this.circuit = circuit;
        this.server = server;
    }

    CircuitState circuit() {
        return circuit.get();
    }

    @Override
    public List<LogFile> list() {
        return guard.call(() -> new Listing(listed()), Listing.class).files();
    }

    /** A file that cannot be read is that file's fault: the directory answered, so its circuit stays as it is. */
    @Override
    public int read(String file, long offset, byte[] buffer, int at, int length) throws IOException {
        Outcome outcome = guard.call(
                () -> {
                    try {
                        return new Outcome(directory.read(file, offset, buffer, at, length), Optional.empty());
                    } catch (ClosedByInterruptException e) {
                        throw e;
                    } catch (IOException e) {
                        return new Outcome(0, Optional.of(e));
                    }
                },
                Outcome.class);
        if (outcome.fault().isPresent()) {
            throw outcome.fault().get();
        }
        return outcome.count();
    }

    private List<LogFile> listed() {
        try {
            return directory.list();
        } catch (IOException e) {
            throw new SourceFailure(SourceState.FAILED, FollowSentences.unreadable(server, e), Optional.empty(), e);
        }
    }

    /** What stands in front of the directory. */
    interface Calls {
        <T> T call(Callable<T> call, Class<T> type);
    }

    /** What reading a file returned. */
    private record Outcome(int count, Optional<IOException> fault) {}

    /** What a listing returned. */
    private record Listing(List<LogFile> files) {}
}
