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
    /** Who cannot ask for so long whether it still may read has to take it that another one does. */
    private static final Duration WITHOUT_STORE = Duration.ofSeconds(20);

    private static final Duration LAST_STORE = Duration.ofSeconds(5);

    private final StreamSettings settings;
    private final Connector connector;
    private final FrameReader reader;
    private final TraceIndex index;
    private final Clock clock;
    private final Consumer<Following> watcher;
    private final StoredEvidence stored;
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private Optional<Thread> turn = Optional.empty();
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
        turn = Optional.of(Thread.ofPlatform().daemon().name("stream-turn").start(this::takeTurns));
    }

    private void takeTurns() {
        try {
            while (true) {
                while (!isOurTurn()) {
                    Thread.sleep(settings.leasePoll());
                }
                stay();
                LOG.info("another process reads the log stream now, or may");
                stopFollowing();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns once the right to read is lost. */
    private void stay() throws InterruptedException {
        StreamPurge purge = new StreamPurge(index, followings, settings.retention(), clock);
        long held = System.nanoTime();
        long purged = held - PURGE_EVERY.toNanos();
        while (true) {
            Optional<Boolean> ours = isStillOurs();
            if (ours.filter(still -> !still).isPresent()
                    || (ours.isEmpty() && System.nanoTime() - held >= WITHOUT_STORE.toNanos())) {
                return;
            }
            held = ours.isPresent() ? System.nanoTime() : held;
            if (System.nanoTime() - purged >= PURGE_EVERY.toNanos()) {
                purged = System.nanoTime();
                purge(purge);
            }
            Thread.sleep(settings.leasePoll());
        }
    }

    /** Whether we may go on; empty if the store does not tell. */
    private Optional<Boolean> isStillOurs() {
        try {
            return Optional.of(index.claim(Ledger.PART));
        } catch (IndexException e) {
            return Optional.empty();
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
            if (!index.claim(Ledger.PART)) {
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

    private void stopFollowing() throws InterruptedException {
        List<Thread> ending;
        synchronized (this) {
            followings = List.of();
            ending = List.copyOf(threads);
            threads.clear();
        }
        ending.forEach(Thread::interrupt);
        for (Thread thread : ending) {
            // The next one connects only when this one has let go.
            thread.join();
        }
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
        turn.ifPresent(Thread::interrupt);
        threads.forEach(Thread::interrupt);
        try {
            for (Thread thread : Stream.concat(turn.stream(), threads.stream()).toList()) {
                thread.join(LAST_STORE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
