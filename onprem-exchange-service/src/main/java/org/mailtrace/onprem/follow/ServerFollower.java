package org.mailtrace.onprem.follow;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.mailtrace.contract.CircuitState;
import org.mailtrace.contract.SourceState;
import org.mailtrace.http.guard.SourceFailure;
import org.mailtrace.index.Batch;
import org.mailtrace.index.Checkpoint;
import org.mailtrace.index.ClaimLostException;
import org.mailtrace.index.IndexException;
import org.mailtrace.index.TraceIndex;
import org.mailtrace.onprem.follow.ServerState.Gap;

/**
 * Follows one server's directory. One thread looks; any thread may ask how it stands. Nothing that goes wrong ends it:
 * it is said in the state and tried again at the next look.
 */
final class ServerFollower {
    private static final Logger LOG = Logger.getLogger(ServerFollower.class);
    /** Who waits for its turn asks so often: with the time that a dead reader's right lasts, less than half a minute. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final String server;
    private final TrackingDirectory directory;
    private final TraceIndex index;
    private final FollowRules rules;
    private final Retention retention;
    private final Clock clock;

    private final Map<String, LogFile> seen = new HashMap<>();
    private final Set<String> finishedFiles = new HashSet<>();
    private final Set<String> unreadable = new HashSet<>();
    private final Set<String> saidTooOld = new HashSet<>();
    private final Set<String> saidStray = new HashSet<>();
    private final Map<String, String> leftOut = new TreeMap<>();
    private final Lateness late;
    private final Lateness ahead;
    private final Oblivion oblivion = new Oblivion();
    private Optional<FileReader> reader = Optional.empty();
    private Optional<Lanes> lanes = Optional.empty();
    private List<Gap> gaps = List.of();
    private long unreadBytes;
    private OptionalLong setAside = OptionalLong.empty();
    private volatile ServerState state;
    private volatile boolean waiting;

    ServerFollower(
            String server,
            TrackingDirectory directory,
            TraceIndex index,
            FollowRules rules,
            Retention retention,
            Clock clock) {
        this.server = server;
        this.directory = directory;
        this.index = index;
        this.rules = rules;
        this.retention = retention;
        this.clock = clock;
        this.late = new Lateness(rules.quietAfter());
        this.ahead = new Lateness(rules.quietAfter());
        this.state = knowingNothing();
    }

    ServerState state() {
        return state;
    }

    /**
     * How long after a look the next one is due.
     *
     * @param poll how often a directory is looked through; a share may want to be left alone for longer than a dead
     *     reader may be waited for
     */
    Duration pause(Duration poll) {
        return waiting && poll.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : poll;
    }

    /** Looks once; never throws. */
    void look() {
        Instant begun = clock.instant();
        try {
            if (!isOurTurn()) {
                lookAtWhatIsShared();
                return;
            }
            publish(
                    true,
                    state.readThrough(),
                    state.caughtUp(),
                    state.lastSuccess(),
                    state.failure(),
                    state.indexFailed());
            prepare();
            Optional<String> failure = readAll(begun);
            if (failure.isPresent()) {
                failed(failure.get(), false);
            } else {
                publish(false, Optional.of(readThrough(begun)), true, Optional.of(begun), Optional.empty(), false);
            }
        } catch (SourceFailure e) {
            // The reason why the circuit opened says more than that it is open.
            boolean open = e.state() == SourceState.CIRCUIT_OPEN;
            failed(open ? state.failure().orElse(e.getMessage()) : e.getMessage(), false);
        } catch (IOException e) {
            failed(FollowSentences.unreadable(server, e), false);
        } catch (ClaimLostException e) {
            letGo();
            return;
        } catch (IndexException e) {
            forgetWhatIsNotStored();
            failed(FollowSentences.indexFailed(server, e.getMessage()), true);
        } catch (RuntimeException e) {
            forgetWhatIsNotStored();
            LOG.errorf(e, "look failed server=%s", server);
            failed(FollowSentences.failedUnexpectedly(server), false);
        }
        share();
    }

    /**
     * Of several replicas with one store, one reads a server's logs. Whoever has just become that one, also again, reads
     * anew from the store where reading stands.
     */
    private boolean isOurTurn() {
        waiting = index.isShared() && !index.claim(server);
        if (!waiting) {
            return true;
        }
        reader = Optional.empty();
        lanes = Optional.empty();
        seen.clear();
        finishedFiles.clear();
        return false;
    }

    /** What this one remembers may not be so any more, and is claimed no longer: not even until the next look. */
    private void letGo() {
        LOG.infof("another replica reads the logs now, or the index is not as this one left it server=%s", server);
        waiting = true;
        forgetWhatIsNotStored();
        try {
            lookAtWhatIsShared();
        } catch (IndexException e) {
            state = knowingNothing();
            failed(FollowSentences.indexFailed(server, e.getMessage()), true);
        }
    }

    /** What the replica says that reads; what it said last, after its death, until another one has taken over. */
    private void lookAtWhatIsShared() {
        state = Optional.ofNullable(index.checkpoints(server).get(SharedState.STREAM))
                .flatMap(text -> SharedState.read(server, text))
                .orElseGet(this::knowingNothing);
    }

    private ServerState knowingNothing() {
        return snapshot(false, Optional.empty(), false, Optional.empty(), Optional.empty(), false);
    }

    private void share() {
        if (!index.isShared()) {
            return;
        }
        try {
            Checkpoint told = new Checkpoint(server, SharedState.STREAM, SharedState.written(state));
            index.append(new Batch(List.of(), List.of(), List.of(told), List.of()));
        } catch (ClaimLostException e) {
            letGo();
        } catch (IndexException e) {
            LOG.debugf("how the logs are read cannot be told to other replicas server=%s", server);
        }
    }

    private void prepare() {
        if (reader.isEmpty() || index.isShared()) {
            // Another replica may have purged.
            index.purgedBefore().ifPresent(retention::purged);
        }
        if (reader.isEmpty()) {
            Lanes known = new Lanes(server, index.coverage(server), retention);
            setAside = OptionalLong.of(index.deadLetterCount(server));
            reader = Optional.of(
                    new FileReader(server, directory, index, rules.fieldsWhenMissing(), rules.maxRecord(), known));
            lanes = Optional.of(known);
        }
        lanes.flatMap(Lanes::newest).ifPresent(retention::seen);
    }

    /** What was read since the last store counts as unread again. */
    private void forgetWhatIsNotStored() {
        reader = Optional.empty();
        lanes = storedLanes();
        seen.clear();
        finishedFiles.clear();
    }

    /** How far the evidence goes as it is stored; unknown while even that cannot be read. */
    private Optional<Lanes> storedLanes() {
        try {
            return Optional.of(new Lanes(server, index.coverage(server), retention));
        } catch (IndexException e) {
            return Optional.empty();
        }
    }

    private Optional<String> readAll(Instant begun) throws IOException {
        List<LogFile> listed = directory.list();
        if (listed.isEmpty()) {
            return Optional.of(FollowSentences.empty(server));
        }
        FileReader reading = reader.orElseThrow();
        reading.arrivals().begin();
        Set<String> present = listed.stream().map(LogFile::name).collect(Collectors.toSet());
        noteLost(present, reading);
        List<LogFile> files = withoutTooOld(listed, begun);
        Stream.of(leftOut.keySet(), finishedFiles, unreadable, saidTooOld, saidStray)
                .forEach(names -> names.retainAll(present));
        forgetLanesWithGap(files, reading);
        Map<String, Series> series = series(files, reading);
        try {
            readNew(files, begun, series, reading);
        } finally {
            // Also when reading ends early: what was read can then be found.
            reading.store();
        }
        reading.forget(oblivion.due(reading.known(), present, retention, begun));
        measure(files, series, reading, begun);
        return Optional.empty();
    }

    private void readNew(List<LogFile> files, Instant begun, Map<String, Series> series, FileReader reading) {
        Set<LogName> joining = joining(files, series);
        Map<String, LogFile> newest = newest(files, begun);
        for (LogFile file : files) {
            boolean last =
                    LogFile.OLDEST_FIRST.compare(file, newest.get(file.parsed().lane())) >= 0;
            boolean finished = !last && file.modified().isBefore(begun.minus(rules.closedAfter()));
            if (last
                    || unreadable.contains(file.name())
                    || !file.equals(seen.get(file.name()))
                    || (finished && !finishedFiles.contains(file.name()))) {
                catchingUp(file, begun);
                boolean joins = joining.contains(file.parsed());
                sayStray(file, joins);
                readOne(reading, file, new FileLook(begun, begun.minus(rules.settling()), finished, joins));
            }
        }
    }

    /** Everything that stood in the files then is in the index: now, or since when a record stands unfinished. */
    private Instant readThrough(Instant begun) {
        return Stream.concat(Stream.of(begun), reader.orElseThrow().unfinished().since().stream())
                .min(Instant::compareTo)
                .orElse(begun);
    }

    private void catchingUp(LogFile file, Instant begun) {
        if (!state.caughtUp()) {
            Instant before = Stream.concat(
                            Stream.of(begun, file.parsed().start()), reader.orElseThrow().notStoredSince().stream())
                    .min(Instant::compareTo)
                    .orElse(begun);
            publish(true, Optional.of(before), false, state.lastSuccess(), Optional.empty(), false);
        }
    }

    private void readOne(FileReader reading, LogFile file, FileLook look) {
        try {
            Optional<String> reason = reading.read(file, look, this::progressed);
            unreadable.remove(file.name());
            reason.ifPresentOrElse(text -> leftOut.put(file.name(), text), () -> leftOut.remove(file.name()));
            seen.put(file.name(), file);
            if (look.finished()) {
                finishedFiles.add(file.name());
            } else {
                finishedFiles.remove(file.name());
            }
        } catch (IOException e) {
            // Tried again at every look: rights and locks change without the file changing.
            seen.put(file.name(), file);
            unreadable.add(file.name());
            leftOut.put(file.name(), FollowSentences.unreadableFile(file.name(), e));
        }
    }

    private void measure(List<LogFile> files, Map<String, Series> series, FileReader reading, Instant begun) {
        Arrivals arrivals = reading.arrivals();
        if (state.caughtUp()) {
            state.readThrough().ifPresent(claimed -> late.note(arrivals.olderThan(claimed), begun));
        }
        ahead.note(arrivals.ahead(), begun);
        reading.unfinished().keepOnly(files.stream().map(LogFile::name).collect(Collectors.toSet()));
        unreadBytes = files.stream().mapToLong(reading::unread).sum();
        Lanes known = lanes.orElseThrow();
        gaps = series.entrySet().stream()
                .flatMap(lane -> known.since(lane.getKey()).stream()
                        .flatMap(since -> lane.getValue().gaps(retention.kept(since)).stream()))
                .toList();
        if (arrivals.anySetAside()) {
            setAside = OptionalLong.of(index.deadLetterCount(server));
            arrivals.counted();
        }
        known.newest().ifPresent(retention::seen);
    }

    private void noteLost(Set<String> present, FileReader reading) {
        List<LogFile> gone = seen.values().stream()
                .filter(file -> !present.contains(file.name()))
                .toList();
        for (LogFile file : gone) {
            boolean wasUnreadable = unreadable.remove(file.name());
            if (reading.unread(file) > 0 && (wasUnreadable || !leftOut.containsKey(file.name()))) {
                LOG.warnf("file is gone before it was read to its end server=%s file=%s", server, file.name());
                reading.lost(file);
            }
            seen.remove(file.name());
        }
    }

    private List<LogFile> withoutTooOld(List<LogFile> listed, Instant begun) {
        List<LogFile> files = new ArrayList<>();
        List<LogFile> tooOld = new ArrayList<>();
        listed.forEach(file -> (retention.isTooOld(file.parsed(), begun) ? tooOld : files).add(file));
        List<LogFile> unsaid =
                tooOld.stream().filter(file -> saidTooOld.add(file.name())).toList();
        if (!unsaid.isEmpty()) {
            LOG.infof(
                    "files are older than the retention and are not read server=%s files=%d first=%s last=%s",
                    server,
                    unsaid.size(),
                    unsaid.getFirst().name(),
                    unsaid.getLast().name());
        }
        return files;
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

    private static Map<String, Series> series(List<LogFile> files, FileReader reading) {
        Map<String, List<LogName>> names = Stream.concat(
                        files.stream().map(LogFile::parsed),
                        reading.known().stream().flatMap(name -> LogName.of(name).stream()))
                .collect(Collectors.groupingBy(LogName::lane));
        return names.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, lane -> new Series(lane.getValue())));
    }

    /** All files of a lane that is new; otherwise those that nothing can be missing between and what is known. */
    private Set<LogName> joining(List<LogFile> files, Map<String, Series> series) {
        Lanes known = lanes.orElseThrow();
        Map<String, Set<LogName>> reaching = new HashMap<>();
        return files.stream()
                .map(LogFile::parsed)
                .filter(name -> known.since(name.lane())
                        .map(since -> reaching.computeIfAbsent(
                                        name.lane(), lane -> series.get(lane).reaching(since))
                                .contains(name))
                        .orElse(true))
                .collect(Collectors.toSet());
    }

    private void sayStray(LogFile file, boolean joins) {
        if (!joins && !reader.orElseThrow().knows(file) && saidStray.add(file.name())) {
            LOG.warnf(
                    "file does not join what is known; its rows are read, but the evidence is not taken back to it"
                            + " server=%s file=%s",
                    server, file.name());
        }
    }

    /** The file of each lane that is being written; one that is dated in the future makes no other one finished. */
    private static Map<String, LogFile> newest(List<LogFile> files, Instant begun) {
        Map<String, LogFile> newest = new HashMap<>();
        files.forEach(file -> newest.merge(
                file.parsed().lane(),
                file,
                (older, newer) -> newer.parsed().start().isAfter(begun.plus(FollowRules.FUTURE)) ? older : newer));
        return newest;
    }

    private void progressed() {
        publish(true, state.readThrough(), state.caughtUp(), state.lastSuccess(), state.failure(), state.indexFailed());
    }

    private void failed(String sentence, boolean indexFailed) {
        if (!state.failure().equals(Optional.of(sentence))) {
            LOG.warnf("logs cannot be read server=%s reason=\"%s\"", server, sentence);
        }
        // What was read and could not be stored was not read.
        Optional<Instant> through = indexFailed && !state.caughtUp() ? Optional.empty() : state.readThrough();
        publish(false, through, state.caughtUp(), state.lastSuccess(), Optional.of(sentence), indexFailed);
    }

    private void publish(
            boolean busy,
            Optional<Instant> readThrough,
            boolean caughtUp,
            Optional<Instant> lastSuccess,
            Optional<String> failure,
            boolean indexFailed) {
        state = snapshot(busy, readThrough, caughtUp, lastSuccess, failure, indexFailed);
    }

    private ServerState snapshot(
            boolean busy,
            Optional<Instant> readThrough,
            boolean caughtUp,
            Optional<Instant> lastSuccess,
            Optional<String> failure,
            boolean indexFailed) {
        Instant now = clock.instant();
        // A file that is being read proves nothing before its rows are stored.
        boolean still = busy && state.caughtUp();
        return new ServerState(
                server,
                directory instanceof GuardedDirectory guarded ? guarded.circuit() : CircuitState.UNKNOWN,
                failure,
                indexFailed,
                now,
                busy,
                readThrough,
                caughtUp,
                still ? state.since() : lanes.flatMap(Lanes::since),
                still ? state.newest() : lanes.flatMap(Lanes::newest),
                still ? state.lanes() : lanes.map(Lanes::all).orElse(List.of()),
                lastSuccess,
                List.copyOf(leftOut.values()),
                gaps,
                late.largest(now),
                ahead.largest(now),
                unreadBytes,
                reader.map(each -> each.arrivals().rows()).orElse(0L),
                setAside);
    }
}
