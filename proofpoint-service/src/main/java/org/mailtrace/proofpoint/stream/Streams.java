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
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(1);

    private final StreamSettings settings;
    private final Connector connector;
    private final FrameReader reader;
    private final TraceIndex index;
    private final Clock clock;
    private final Consumer<Following> watcher;
    private final StoredEvidence stored;
    private final Duration withoutStore;
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private Optional<Thread> turn = Optional.empty();
    private Optional<Thread> watch = Optional.empty();
    private volatile List<Following> followings = List.of();
    /** When it was asked, the last time that the answer was yes; before the asking, because its answer may take long. */
    private volatile long heldNanos;

    private volatile boolean gone;
    private boolean closed;

    Streams(
            StreamSettings settings,
            Connector connector,
            FrameReader reader,
            TraceIndex index,
            Clock clock,
            Consumer<Following> watcher) {
        this(settings, connector, reader, index, clock, watcher, WITHOUT_STORE);
    }

    /**
     * Streams.
     *
     * @param withoutStore how long after the right to read was last given the connections are let go
     */
    Streams(
            StreamSettings settings,
            Connector connector,
            FrameReader reader,
            TraceIndex index,
            Clock clock,
            Consumer<Following> watcher,
            Duration withoutStore) {
        this.settings = settings;
        this.connector = connector;
        this.reader = reader;
        this.index = index;
        this.clock = clock;
        this.watcher = watcher;
        this.withoutStore = withoutStore;
        this.stored = new StoredEvidence(index, clock);
    }

    /** Begins; nothing waits for it. */
    void start() {
        turn = Optional.of(Thread.ofPlatform().daemon().name("stream-turn").start(this::takeTurns));
        watch = Optional.of(Thread.ofPlatform().daemon().name("stream-watch").start(this::watch));
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
        while (true) {
            long asked = System.nanoTime();
            Optional<Boolean> ours = isStillOurs();
            if (gone || ours.filter(still -> !still).isPresent() || (ours.isEmpty() && isHeldForTooLong())) {
                return;
            }
            heldNanos = ours.isPresent() ? asked : heldNanos;
            Thread.sleep(settings.leasePoll());
        }
    }

    private boolean isHeldForTooLong() {
        return System.nanoTime() - heldNanos >= withoutStore.toNanos();
    }

    /**
     * Lets the connections go in time also where the store neither answers nor fails. So it never asks the store itself,
     * and waits for nobody who does.
     */
    private void watch() {
        Duration look = settings.leasePoll().compareTo(LONGEST_LOOK) < 0 ? settings.leasePoll() : LONGEST_LOOK;
        try {
            while (true) {
                Thread.sleep(look);
                if (!threads.isEmpty() && isHeldForTooLong()) {
                    letGo();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Again and again as long as it is so: a connection may just be opening. */
    private void letGo() {
        if (!gone) {
            LOG.warn("the store does not say whether the log stream may still be read here: it is let go");
        }
        gone = true;
        end();
        threads.forEach(Thread::interrupt);
        connector.hangUp();
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
    private static void keepPurging(StreamPurge purge) {
        try {
            while (true) {
                try {
                    purge.run();
                } catch (RuntimeException | Error e) {
                    LOG.errorf(e, "older records cannot be purged, it is tried again");
                }
                Thread.sleep(PURGE_EVERY);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isOurTurn() {
        try {
            heldNanos = System.nanoTime();
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
        gone = false;
        followings = all;
        all.forEach(watcher);
        all.forEach(following -> threads.addAll(following.start()));
        // On a thread of its own: it may take long, and whether we may go on has to be asked meanwhile.
        StreamPurge purge = new StreamPurge(index, all, settings.retention(), clock);
        threads.add(Thread.ofPlatform().daemon().name("stream-purge").start(() -> keepPurging(purge)));
    }

    private void stopFollowing() throws InterruptedException {
        List<Thread> ending;
        synchronized (this) {
            end();
            ending = List.copyOf(threads);
            threads.clear();
        }
        ending.forEach(Thread::interrupt);
        for (Thread thread : ending) {
            // The next one connects only when this one has let go.
            thread.join();
        }
    }

    private void end() {
        followings.forEach(Following::end);
        followings = List.of();
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
        watch.ifPresent(Thread::interrupt);
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
