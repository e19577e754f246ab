package org.mailtrace.onprem.follow;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.mailtrace.contract.CircuitState;
import org.mailtrace.contract.SourceState;
import org.mailtrace.http.guard.SourceFailure;
import org.mailtrace.index.IndexException;
import org.mailtrace.index.TraceIndex;
import org.mailtrace.onprem.record.Fields;

/**
 * Follows one server's directory. One thread looks; any thread may ask how it stands. Nothing that goes wrong ends it:
 * it is said in the state and tried again at the next look.
 */
final class ServerFollower {
    private static final Logger LOG = Logger.getLogger(ServerFollower.class);

    private final String server;
    private final TrackingDirectory directory;
    private final TraceIndex index;
    private final Optional<Fields> fieldsWhenMissing;
    private final int maxRecord;
    private final Duration closedAfter;
    private final Clock clock;

    private final Map<String, LogFile> seen = new HashMap<>();
    private final Set<String> finishedFiles = new HashSet<>();
    private final Map<String, String> leftOut = new TreeMap<>();
    private Optional<FileReader> reader = Optional.empty();
    private Optional<Lanes> lanes = Optional.empty();
    private long setAside;
    private volatile ServerState state;

    ServerFollower(
            String server,
            TrackingDirectory directory,
            TraceIndex index,
            Optional<Fields> fieldsWhenMissing,
            int maxRecord,
            Duration closedAfter,
            Clock clock) {
        this.server = server;
        this.directory = directory;
        this.index = index;
        this.fieldsWhenMissing = fieldsWhenMissing;
        this.maxRecord = maxRecord;
        this.closedAfter = closedAfter;
        this.clock = clock;
        this.state = new ServerState(
                server,
                CircuitState.UNKNOWN,
                Optional.empty(),
                clock.instant(),
                false,
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                0);
    }

    ServerState state() {
        return state;
    }

    /** Looks once; never throws. */
    void look() {
        Instant begun = clock.instant();
        publish(Optional.empty(), true, state.readThrough(), state.caughtUp(), state.lastSuccess(), state.failure());
        try {
            prepare();
            Optional<String> failure = readAll(begun);
            if (failure.isPresent()) {
                failed(failure.get());
            } else {
                publish(
                        Optional.of(clock.instant()),
                        false,
                        Optional.of(begun),
                        true,
                        Optional.of(begun),
                        Optional.empty());
            }
        } catch (SourceFailure e) {
            // The reason why the circuit opened says more than that it is open.
            boolean open = e.state() == SourceState.CIRCUIT_OPEN;
            failed(open ? state.failure().orElse(e.getMessage()) : e.getMessage());
        } catch (IOException e) {
            failed(FollowSentences.unreadable(server, e));
        } catch (IndexException e) {
            failed(FollowSentences.indexFailed(server));
        } catch (RuntimeException e) {
            LOG.errorf(e, "look failed server=%s", server);
            failed(FollowSentences.failedUnexpectedly(server));
        }
    }

    private void prepare() {
        if (reader.isEmpty()) {
            Lanes known = new Lanes(server, index.coverage(server));
            setAside = index.deadLetterCount(server);
            lanes = Optional.of(known);
            reader = Optional.of(new FileReader(server, directory, index, fieldsWhenMissing, maxRecord, known));
        }
    }

    private Optional<String> readAll(Instant begun) throws IOException {
        List<LogFile> files = directory.list();
        if (files.isEmpty()) {
            return Optional.of(FollowSentences.empty(server));
        }
        FileReader reading = reader.orElseThrow();
        forgetLanesWithGap(files, reading);
        Map<String, LogFile> newest = files.stream()
                .collect(Collectors.toMap(file -> file.parsed().lane(), file -> file, (older, newer) -> newer));
        leftOut.keySet().retainAll(files.stream().map(LogFile::name).collect(Collectors.toSet()));
        for (LogFile file : files) {
            boolean last = newest.get(file.parsed().lane()).equals(file);
            boolean finished = !last && file.modified().isBefore(begun.minus(closedAfter));
            if (last || !file.equals(seen.get(file.name())) || (finished && !isFinished(file))) {
                if (!state.caughtUp()) {
                    Instant before = file.parsed().start().isBefore(begun)
                            ? file.parsed().start()
                            : begun;
                    publish(
                            Optional.of(clock.instant()),
                            true,
                            Optional.of(before),
                            false,
                            state.lastSuccess(),
                            Optional.empty());
                }
                readOne(reading, file, finished);
            }
        }
        setAside = index.deadLetterCount(server);
        return Optional.empty();
    }

    private boolean isFinished(LogFile file) {
        return finishedFiles.contains(file.name());
    }

    private void readOne(FileReader reading, LogFile file, boolean finished) throws IOException {
        try {
            Optional<String> reason = reading.read(file, finished, this::progressed);
            reason.ifPresentOrElse(text -> leftOut.put(file.name(), text), () -> leftOut.remove(file.name()));
        } catch (AccessDeniedException e) {
            leftOut.put(file.name(), FollowSentences.unreadableFile(file.name()));
        }
        seen.put(file.name(), file);
        if (finished) {
            finishedFiles.add(file.name());
        } else {
            finishedFiles.remove(file.name());
        }
    }

    /**
     * When none of a lane's files that were read before is there any more, files between them and the oldest one left
     * may have been purged unread: the evidence begins anew.
     */
    private void forgetLanesWithGap(List<LogFile> files, FileReader reading) {
        Map<String, List<LogFile>> byLane = files.stream()
                .collect(Collectors.groupingBy(file -> file.parsed().lane()));
        byLane.forEach((lane, present) -> {
            Lanes known = lanes.orElseThrow();
            if (known.knows(lane) && present.stream().noneMatch(reading::knows)) {
                LOG.warnf("log has a gap server=%s lane=%s", server, lane);
                known.forget(lane);
            }
        });
    }

    private void progressed() {
        publish(
                Optional.of(clock.instant()),
                true,
                state.readThrough(),
                state.caughtUp(),
                state.lastSuccess(),
                state.failure());
    }

    private void failed(String sentence) {
        if (!state.failure().equals(Optional.of(sentence))) {
            LOG.warnf("logs cannot be read server=%s reason=\"%s\"", server, sentence);
        }
        publish(
                Optional.of(clock.instant()),
                false,
                state.readThrough(),
                state.caughtUp(),
                state.lastSuccess(),
                Optional.of(sentence));
    }

    private void publish(
            Optional<Instant> progress,
            boolean busy,
            Optional<Instant> readThrough,
            boolean caughtUp,
            Optional<Instant> lastSuccess,
            Optional<String> failure) {
        state = new ServerState(
                server,
                directory instanceof GuardedDirectory guarded ? guarded.circuit() : CircuitState.UNKNOWN,
                failure,
                progress.orElse(clock.instant()),
                busy,
                readThrough,
                caughtUp,
                lanes.flatMap(Lanes::since),
                lanes.flatMap(Lanes::newest),
                lastSuccess,
                List.copyOf(leftOut.values()),
                setAside);
    }
}
