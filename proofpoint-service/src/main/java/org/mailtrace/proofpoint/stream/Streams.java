package org.mailtrace.proofpoint.stream;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.mailtrace.index.IndexException;
import org.mailtrace.index.TraceIndex;
import org.mailtrace.proofpoint.record.RecordType;

/**
 * One consumer per token, also with several processes on one store: only the one that has the right to write connects;
 * the others wait, answer from the store, and take over when it dies.
 */
final class Streams implements Evidence, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Streams.class);
    private static final Duration PURGE_EVERY = Duration.ofMinutes(1);
    private static final Duration LAST_STORE = Duration.ofSeconds(5);

    private final StreamSettings settings;
    private final Connector connector;
    private final FrameReader reader;
    private final TraceIndex index;
    private final Clock clock;
    private final Consumer<Following> watcher;
    private final StoredEvidence stored;
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private volatile List<Following> followings = List.of();
    private boolean closed;

    Streams(
            StreamSettings settings,
            Connector connector,
            FrameReader reader,
            TraceIndex index,
            Clock clock,
            Consumer<Following> watcher) {
        this.settings = settings;
        this.connector = connector;
        this.reader = reader;
        this.index = index;
        this.clock = clock;
        this.watcher = watcher;
        this.stored = new StoredEvidence(index, clock);
    }

    /** Begins; nothing waits for it. */
    void start() {
        threads.add(Thread.ofPlatform().daemon().name("stream-turn").start(this::waitForTurn));
    }

    private void waitForTurn() {
        try {
            while (!isOurTurn()) {
                Thread.sleep(settings.leasePoll());
            }
            StreamPurge purge = new StreamPurge(index, followings, settings.retention(), clock);
            while (true) {
                purge(purge);
                Thread.sleep(PURGE_EVERY);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A purge that fails is tried again: nothing else would ever remove what is old. */
    private static void purge(StreamPurge purge) {
        try {
            purge.run();
        } catch (RuntimeException | Error e) {
            LOG.errorf(e, "older records cannot be purged, it is tried again");
        }
    }

    private boolean isOurTurn() {
        try {
            if (!index.claim("the log stream")) {
                return false;
            }
            follow();
            return true;
        } catch (IndexException | IllegalArgumentException e) {
            LOG.warnf("the log stream is not read yet, it is tried again reason=\"%s\"", e.getMessage());
            return false;
        }
    }

    private synchronized void follow() {
        if (closed) {
            return;
        }
        List<Following> all = Stream.of(RecordType.values())
                .map(type -> new Following(type, settings, connector, reader, index, clock))
                .toList();
        followings = all;
        all.forEach(watcher);
        all.forEach(following -> threads.addAll(following.start()));
    }

    /** Whether it is this process that reads the stream. */
    boolean isConsumer() {
        return !followings.isEmpty();
    }

    @Override
    public Known of(RecordType type) {
        return followings.stream()
                .filter(following -> following.type() == type)
                .findFirst()
                .map(following -> StoredEvidence.told(
                        following.ledger().proven(),
                        following.progress().trouble(),
                        following.progress().token()))
                .orElseGet(() -> stored.of(type));
    }

    /** How the reading gets on, if it is this process that reads. */
    Optional<Progress> progress(RecordType type) {
        return followings.stream()
                .filter(following -> following.type() == type)
                .findFirst()
                .map(Following::progress);
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        threads.forEach(Thread::interrupt);
        try {
            for (Thread thread : threads) {
                thread.join(LAST_STORE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
