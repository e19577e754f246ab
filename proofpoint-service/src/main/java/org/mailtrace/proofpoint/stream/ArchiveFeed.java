package org.mailtrace.proofpoint.stream;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;
import org.mailtrace.proofpoint.record.RecordType;
import org.mailtrace.proofpoint.words.StreamSentences;

/** Fills what is missing of one type from the hourly archive. An hour counts once the vendor closed it normally. */
final class ArchiveFeed {
    private static final Logger LOG = Logger.getLogger(ArchiveFeed.class);
    private static final Duration STEP = Duration.ofMillis(200);

    private final RecordType type;
    private final Connector connector;
    private final FrameReader reader;
    private final Ledger ledger;
    private final Progress progress;
    private final StreamSettings settings;
    private final Clock clock;
    private final Waits waits;
    /** How often an hour ended too early: those that keep doing so must not hold up the others. */
    private final Map<Hour, Integer> failures = new HashMap<>();

    private Hour lastRead;

    ArchiveFeed(
            RecordType type,
            Connector connector,
            FrameReader reader,
            Ledger ledger,
            Progress progress,
            StreamSettings settings,
            Clock clock) {
        this.type = type;
        this.connector = connector;
        this.reader = reader;
        this.ledger = ledger;
        this.progress = progress;
        this.settings = settings;
        this.clock = clock;
        this.waits = new Waits(settings.firstWait(), settings.longestWait());
    }

    /**
     * Fills what can be filled, on and on. Once nothing is missing, every hour that was followed live is read again when
     * it is closed: so what came late, or got lost without a sign, is here in the end.
     */
    void run() throws InterruptedException {
        Hour followed = Hour.of(clock.instant());
        while (true) {
            Optional<Hour> missing = next();
            if (missing.isPresent()) {
                Thread.sleep(read(missing.get(), settings.archiveLongest()));
                continue;
            }
            // What was wrong then is no reason for what is missing now.
            progress.archiveIs(Optional.empty());
            if (followed.equals(lastRead) || isLongGone(followed)) {
                followed = Hour.of(followed.end());
            } else if (!followed.end().plus(settings.hourReady()).isAfter(clock.instant())) {
                Thread.sleep(read(followed, settings.archiveLongest()));
            } else {
                Thread.sleep(settings.leasePoll());
            }
        }
    }

    /** Fills for so long at most, then gives the token back to the live connection. */
    void fill(Duration most) throws InterruptedException {
        long begun = System.nanoTime();
        while (next().isPresent()) {
            Duration left = most.minusNanos(System.nanoTime() - begun);
            Duration wait = read(
                    next().orElseThrow(),
                    left.compareTo(settings.archiveLongest()) < 0 ? left : settings.archiveLongest());
            if (Duration.ofNanos(System.nanoTime() - begun).plus(wait).compareTo(most) >= 0) {
                return;
            }
            Thread.sleep(wait);
        }
        progress.archiveIs(Optional.empty());
    }

    /** An hour that could not be read again for a day is left: nothing says that anything of it is missing. */
    private boolean isLongGone(Hour hour) {
        return hour.end().isBefore(clock.instant().minus(Duration.ofDays(1)));
    }

    /** The missing hour that is read next. */
    Optional<Hour> next() throws InterruptedException {
        Instant now = clock.instant();
        loseWhatIsGone(now);
        List<Hour> fillable = ledger.proven().fillable(now, settings.hourReady());
        failures.keySet().retainAll(fillable);
        return fillable.stream()
                .min(Comparator.comparing((Hour hour) -> failures.getOrDefault(hour, 0))
                        .thenComparing(Hour::start, Comparator.reverseOrder()));
    }

    /**
     * What is too old is judged by our clock and the newest record together, whichever says less: a clock that jumped
     * ahead must not give up what the archive still has.
     */
    private void loseWhatIsGone(Instant now) throws InterruptedException {
        Optional<Instant> newest = progress.newest();
        if (newest.isEmpty()) {
            return;
        }
        Instant today = newest.get().isBefore(now) ? newest.get() : now;
        Instant gone = Hour.of(today.minus(settings.archiveReach())).end();
        if (!ledger.proven().lostBefore(gone).equals(ledger.proven())) {
            LOG.warnf("records are older than the archive goes and are lost type=%s before=%s", type.word(), gone);
            intake().store(proven -> proven.lostBefore(gone));
        }
    }

    /**
     * Reads one hour; returns how long to wait before the next one.
     *
     * @param most how long the reading may take
     */
    private Duration read(Hour hour, Duration most) throws InterruptedException {
        try (Session session = connector.archive(type, hour)) {
            if (read(session, hour, most)) {
                LOG.debugf("an hour was read from the archive type=%s hour=%s", type.word(), hour.start());
                failures.remove(hour);
                lastRead = hour;
                waits.over();
                progress.archiveRead(clock.instant());
                progress.archiveIs(Optional.empty());
                return Duration.ZERO;
            }
            LOG.warnf(
                    "an hour of the archive ended too early, it is read again type=%s hour=%s",
                    type.word(), hour.start());
            failures.merge(hour, 1, Integer::sum);
            return waits.next();
        } catch (RefusedException e) {
            return refused(e, hour);
        } catch (UnreachableException e) {
            progress.archiveIs(Optional.of(e.getMessage()));
            return waits.next();
        }
    }

    private Duration refused(RefusedException refusal, Hour hour) throws InterruptedException {
        LOG.warnf("the archive refuses type=%s hour=%s status=%d", type.word(), hour.start(), refusal.status());
        if (refusal.isOutOfReach()) {
            boolean atTheEdge = hour.start()
                    .isBefore(clock.instant().minus(settings.archiveReach()).plus(Duration.ofDays(1)));
            if (atTheEdge) {
                intake().store(proven -> proven.lost(hour));
                return settings.firstWait();
            }
            // The archive should have this hour, so it is the asking that is wrong, or the vendor's trouble.
            failures.merge(hour, 1, Integer::sum);
            progress.archiveIs(Optional.of(StreamSentences.archiveRefuses()));
            return settings.longestWait();
        }
        if (refusal.isTooManySessions()) {
            progress.tooManySessions();
            progress.archiveIs(Optional.of(StreamSentences.tooManySessions()));
            return waits.next();
        }
        progress.archiveIs(Optional.of(
                refusal.needsAnOperator()
                        ? StreamSentences.archiveRefused(
                                refusal.status(), settings.archiveToken().isPresent())
                        : StreamSentences.answered(refusal.status())));
        return refusal.needsAnOperator() ? settings.refusedWait() : waits.next(refusal.retryAfter());
    }

    /** Reads and stores one hour; whether it came wholly. */
    private boolean read(Session session, Hour hour, Duration most) throws InterruptedException {
        Intake intake = new Intake(type, reader, ledger, progress, settings, Optional.of(hour));
        long begun = System.nanoTime();
        long heard = begun;
        while (true) {
            switch (session.next(STEP).orElse(null)) {
                case Arrival.Frame frame -> {
                    intake.add(frame);
                    heard = System.nanoTime();
                }
                case Arrival.TooLarge large -> {
                    intake.add(large);
                    heard = System.nanoTime();
                }
                case Arrival.Pong ignored -> {}
                case Arrival.End end -> {
                    intake.store(
                            end.isNormal()
                                    ? proven -> proven.read(hour).setAside(intake.setAside())
                                    : UnaryOperator.identity());
                    return end.isNormal();
                }
                case null -> {}
            }
            session.keepAlive();
            // A server that answers pings and sends no more would otherwise hold the token for ever.
            boolean givenUp = isLongerThan(settings.archiveSilence(), heard) || isLongerThan(most, begun);
            if (givenUp || intake.isDue()) {
                intake.store(UnaryOperator.identity());
                heard = System.nanoTime();
            }
            if (givenUp) {
                return false;
            }
        }
    }

    private static boolean isLongerThan(Duration time, long sinceNanos) {
        return System.nanoTime() - sinceNanos > time.toNanos();
    }

    private Intake intake() {
        return new Intake(type, reader, ledger, progress, settings);
    }
}
