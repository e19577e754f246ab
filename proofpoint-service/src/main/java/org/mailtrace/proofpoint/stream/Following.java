package org.mailtrace.proofpoint.stream;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.mailtrace.index.TraceIndex;
import org.mailtrace.proofpoint.record.RecordType;
import org.mailtrace.proofpoint.words.StreamSentences;

/** The reading of one type: the live connection, and the archive beside it or in turns with it. */
final class Following {
    private static final Logger LOG = Logger.getLogger(Following.class);

    private final RecordType type;
    private final StreamSettings settings;
    private final Ledger ledger;
    private final Progress progress = new Progress();
    private final ArchiveFeed archive;
    private final LiveFeed live;
    private volatile boolean over;

    Following(
            RecordType type,
            StreamSettings settings,
            Connector connector,
            FrameReader reader,
            TraceIndex index,
            Clock clock) {
        this.type = type;
        this.settings = settings;
        this.ledger = new Ledger(index, type);
        this.archive = new ArchiveFeed(type, connector, reader, ledger, progress, settings, clock);
        this.live = new LiveFeed(
                type,
                connector,
                reader,
                ledger,
                progress,
                settings,
                clock,
                settings.archiveToken().isPresent() ? Optional.empty() : Optional.of(archive));
    }

    /** Starts its threads; each ends when it is interrupted. */
    List<Thread> start() {
        Thread first = start("stream-" + type.word(), live::run, progress::liveIs);
        return settings.archiveToken().isPresent()
                ? List.of(first, start("archive-" + type.word(), archive::run, progress::archiveIs))
                : List.of(first);
    }

    private Thread start(String name, Work work, Consumer<Optional<String>> failed) {
        return Thread.ofPlatform().daemon().name(name).start(() -> keepRunning(name, work, failed));
    }

    /** A mistake of ours in one record or connection must not end the reading of all others. */
    private void keepRunning(String name, Work work, Consumer<Optional<String>> failed) {
        Waits waits = new Waits(settings.firstWait(), settings.longestWait());
        try {
            while (!Thread.currentThread().isInterrupted()) {
                try {
                    work.run();
                } catch (RuntimeException | Error e) {
                    // Also no memory for one record: nobody else would notice that a thread has ended.
                    failed.accept(Optional.of(StreamSentences.failed()));
                    LOG.errorf(e, "reading failed and begins again thread=%s", name);
                    Thread.sleep(waits.next());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** From now on others may go on with what it read, so what it knows is of the past. */
    void end() {
        over = true;
    }

    boolean isOver() {
        return over;
    }

    RecordType type() {
        return type;
    }

    Ledger ledger() {
        return ledger;
    }

    Progress progress() {
        return progress;
    }

    /** What runs until it is interrupted. */
    private interface Work {
        void run() throws InterruptedException;
    }
}
