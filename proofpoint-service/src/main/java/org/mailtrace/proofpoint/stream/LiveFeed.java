package org.mailtrace.proofpoint.stream;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;
import org.mailtrace.contract.CredentialState;
import org.mailtrace.proofpoint.record.RecordType;
import org.mailtrace.proofpoint.words.StreamSentences;

/**
 * Keeps the live connection of one type open, endlessly. Whenever it ended otherwise than by our own orderly goodbye,
 * records may have been under way: that stretch is missing until the archive gave its hours.
 */
final class LiveFeed {
    private static final Logger LOG = Logger.getLogger(LiveFeed.class);
    private static final Duration STEP = Duration.ofMillis(200);
    private static final Duration GOODBYE = Duration.ofSeconds(60);

    private final RecordType type;
    private final Connector connector;
    private final FrameReader reader;
    private final Ledger ledger;
    private final Progress progress;
    private final StreamSettings settings;
    private final Clock clock;
    private final Waits waits;
    private final Optional<ArchiveFeed> between;
    /** Up to when all was taken in order, if the last connection ended so. */
    private Optional<Instant> partedAt = Optional.empty();
    /** What the vendor may still be sending after our own orderly goodbye; missing until it has caught up. */
    private List<Missing> awaited = List.of();
    /** Whether what comes says how far everything came: not while the vendor may still be catching up. */
    private boolean caughtUp = true;

    /**
     * A feed.
     *
     * @param between the archive, if it has to be read with the same token and so in turns
     */
    LiveFeed(
            RecordType type,
            Connector connector,
            FrameReader reader,
            Ledger ledger,
            Progress progress,
            StreamSettings settings,
            Clock clock,
            Optional<ArchiveFeed> between) {
        this.type = type;
        this.connector = connector;
        this.reader = reader;
        this.ledger = ledger;
        this.progress = progress;
        this.settings = settings;
        this.clock = clock;
        this.between = between;
        this.waits = new Waits(settings.firstWait(), settings.longestWait());
    }

    /** Runs until it is interrupted. */
    void run() throws InterruptedException {
        while (true) {
            Thread.sleep(connect());
        }
    }

    /** One connection; returns how long to wait before the next one. */
    private Duration connect() throws InterruptedException {
        try (Session session = connector.live(type)) {
            opened(session);
            boolean parted = take(session);
            progress.reconnected();
            if (parted) {
                waits.over();
                between.orElseThrow().fill(settings.archivePhase());
                return Duration.ZERO;
            }
            progress.liveIs(Optional.of(StreamSentences.reconnecting()));
            return waits.next();
        } catch (RefusedException e) {
            return refused(e);
        } catch (UnreachableException e) {
            LOG.warnf("the log stream cannot be reached, it is tried again type=%s", type.word());
            progress.liveIs(Optional.of(e.getMessage()));
            return waits.next();
        }
    }

    private Duration refused(RefusedException refusal) {
        LOG.warnf("the log stream refuses, it is tried again type=%s status=%d", type.word(), refusal.status());
        if (refusal.isTooManySessions()) {
            progress.tooManySessions();
            progress.liveIs(Optional.of(StreamSentences.tooManySessions()));
            return waits.next();
        }
        if (refusal.isDenied()) {
            progress.tokenIs(CredentialState.REFUSED, clock.instant());
        }
        if (refusal.needsAnOperator()) {
            progress.liveIs(Optional.of(StreamSentences.refused(refusal.status())));
            return settings.refusedWait();
        }
        progress.liveIs(Optional.of(StreamSentences.answered(refusal.status())));
        return waits.next(refusal.retryAfter());
    }

    private void opened(Session session) throws InterruptedException {
        Instant now = clock.instant();
        // The vendor goes on where it stopped only within its hour, and only what was taken in order is not in doubt.
        boolean resumes = partedAt.filter(
                        parted -> parted.plus(settings.resumes()).isAfter(now))
                .isPresent();
        partedAt = Optional.empty();
        awaited = List.of();
        caughtUp = true;
        if (ledger.proven().since().isEmpty()) {
            new Intake(type, reader, ledger, progress, settings)
                    .store(proven -> proven.begun(now, settings.backfill()));
        } else {
            // Also when the vendor goes on where it stopped: until all of that is here, a crash must leave a gap.
            Proven before = ledger.proven();
            new Intake(type, reader, ledger, progress, settings)
                    .store(proven -> proven.resumed(now, settings.overlap()));
            if (resumes) {
                awaited = ledger.proven().missingSince(before);
                caughtUp = false;
            }
        }
        LOG.infof("the log stream is open type=%s resumed=%s", type.word(), resumes);
        progress.liveIs(Optional.empty());
        progress.tokenIs(CredentialState.WORKING, now);
        session.ping();
    }

    /** What a pong proves: nothing yet while the vendor may still be sending what we missed. */
    private UnaryOperator<Proven> answered(Instant asked, Instant opened, Intake intake) {
        if (intake.wasLateSince(asked)) {
            return UnaryOperator.identity();
        }
        if (caughtUp) {
            return proven -> proven.heard(asked);
        }
        Instant quiet = asked.minus(settings.catchUp());
        if (quiet.isBefore(opened) || intake.wasLateSince(quiet)) {
            return UnaryOperator.identity();
        }
        List<Missing> came = awaited;
        // A record that does not say of when it is may be of any time that was awaited.
        List<Missing> unread = intake.hadTimeless()
                ? came.stream().map(each -> each.as(Missing.Cause.UNREADABLE)).toList()
                : List.of();
        awaited = List.of();
        caughtUp = true;
        LOG.infof("the log stream has caught up type=%s", type.word());
        return proven -> proven.came(came).setAside(unread).heard(asked);
    }

    /** Takes what comes until the end; whether it was our own orderly one. */
    private boolean take(Session session) throws InterruptedException {
        Intake intake = new Intake(type, reader, ledger, progress, settings);
        long begun = System.nanoTime();
        Instant opened = clock.instant();
        Optional<Instant> leaving = Optional.empty();
        long left = 0;
        long looked = begun;
        while (true) {
            switch (session.next(STEP).orElse(null)) {
                case Arrival.Frame frame -> {
                    intake.add(frame);
                    waits.over();
                }
                case Arrival.TooLarge large -> intake.add(large);
                case Arrival.Pong pong -> {
                    waits.over();
                    UnaryOperator<Proven> through = through(intake);
                    UnaryOperator<Proven> answered = answered(pong.asked(), opened, intake);
                    intake.store(proven -> proven.isAheadOf(pong.asked())
                            ? proven.resumed(pong.asked(), settings.overlap())
                            : answered.apply(through.apply(proven)));
                }
                case Arrival.End end -> {
                    intake.store(through(intake));
                    LOG.infof("the log stream ended type=%s code=%d", type.word(), end.code());
                    partedAt = end.isNormal() ? leaving : Optional.empty();
                    return partedAt.isPresent();
                }
                case null -> {}
            }
            session.keepAlive();
            if (!caughtUp && leaving.isEmpty() && !clock.instant().isBefore(opened.plus(settings.catchUp()))) {
                session.pingAgain();
            }
            if (intake.isDue()) {
                intake.store(through(intake));
            }
            if (leaving.isEmpty() && isLongerThan(STEP, looked)) {
                looked = System.nanoTime();
                if (!isTimeForTheArchive(begun)) {
                    continue;
                }
                leaving = Optional.of(clock.instant());
                left = System.nanoTime();
                session.finish();
            } else if (leaving.isPresent() && isLongerThan(GOODBYE, left)) {
                session.close();
            }
        }
    }

    private boolean isTimeForTheArchive(long begun) throws InterruptedException {
        return between.isPresent()
                && isLongerThan(settings.livePhase(), begun)
                && between.get().next().isPresent();
    }

    private static boolean isLongerThan(Duration time, long sinceNanos) {
        return System.nanoTime() - sinceNanos > time.toNanos();
    }

    private UnaryOperator<Proven> through(Intake intake) {
        Optional<Instant> through = caughtUp ? intake.through() : Optional.empty();
        return proven -> through.map(proven::heard).orElse(proven);
    }
}
