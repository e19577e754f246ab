package org.mailtrace.exo.report;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.mailtrace.contract.SourceState;
import org.mailtrace.exo.quota.RetryAfter;
import org.mailtrace.exo.words.ReportWords;
import org.mailtrace.http.guard.SourceFailure;
import org.mailtrace.jobs.JobState;
import org.mailtrace.jobs.JobsException;
import org.mailtrace.jobs.Lease;
import org.mailtrace.jobs.LeaseLostException;
import org.mailtrace.jobs.Step;

/**
 * One report being worked on, as long as the lease is held: step by step, each stored before the next is begun, until it
 * is over or has to wait. Whoever has to wait gives the lease back, so that others get their turn.
 */
final class ReportRun {
    private static final Logger LOG = Logger.getLogger(ReportRun.class);
    /** After so many outages at a page its place is not believed in any more; it may have gone stale. */
    private static final int PLACE_TRUSTED = 3;

    private final Lease lease;
    private final Assignment assignment;
    private final ReportWork work;
    private final RowReading rows;
    private final ReportJson json;
    private final ReportSettings settings;
    private final Duration settlingTime;
    private final ReportMetrics metrics;
    private final Rest rest;
    private final Clock clock;
    private final Standing before;
    private Checkpoint at;
    private boolean held = true;

    ReportRun(
            Lease lease,
            Assignment assignment,
            ReportWork work,
            RowReading rows,
            ReportJson json,
            ReportSettings settings,
            Duration settlingTime,
            ReportMetrics metrics,
            Rest rest,
            Clock clock) {
        this.lease = lease;
        this.assignment = assignment;
        this.work = work;
        this.rows = rows;
        this.json = json;
        this.settings = settings;
        this.settlingTime = settlingTime;
        this.metrics = metrics;
        this.rest = rest;
        this.clock = clock;
        this.before = json.read(lease.job().progress(), Standing.class);
        this.at = lease.job()
                .checkpoint()
                .map(text -> json.read(text, Checkpoint.class))
                .orElseGet(() -> work.beginning(assignment));
    }

    /** Works until it is over, has to wait, the lease is lost or the service stops. */
    void run() {
        try {
            boolean goesOn = true;
            while (goesOn) {
                goesOn = !rest.isOver() && step();
            }
            if (held && rest.isOver()) {
                giveBack();
            }
        } catch (LeaseLostException e) {
            LOG.debugf("report was cancelled or taken over id=%s", lease.job().id());
        }
    }

    private boolean step() {
        if (clock.instant().isAfter(lease.job().createdAt().plus(settings.giveUpAfter()))) {
            at = at.missing(new Gap(SourceState.TIMED_OUT, ReportWords.gaveUp(settings.giveUpAfter(), whyGivenUp())));
            return end();
        }
        try {
            Optional<Turn> turn = work.next(lease.job().id(), assignment, at);
            return turn.isEmpty() ? end() : taken(turn.orElseThrow());
        } catch (LeaseLostException e) {
            throw e;
        } catch (JobsException e) {
            LOG.warnf("store of reports failed id=%s", lease.job().id());
            rest.rest(settings.storePause());
            return true;
        } catch (SourceFailure e) {
            return failed(e);
        } catch (RuntimeException e) {
            LOG.errorf(e, "step of a report broke id=%s", lease.job().id());
            return outage(new SourceFailure(SourceState.FAILED, ReportWords.BROKEN_OFF));
        }
    }

    /** What it last waited for, said of a report that does not wait any more. */
    private String whyGivenUp() {
        if (at.memory().isPresent()) {
            return ReportWords.OTHER_WAY_NOT_DONE;
        }
        if (before.state() == SourceState.THROTTLED) {
            return ReportWords.BUDGET_DID_NOT_SUFFICE;
        }
        return at.failures() > 0 ? ReportWords.VENDOR_DID_NOT_ANSWER : ReportWords.STILL_BUSY;
    }

    private boolean taken(Turn turn) {
        if (!commit(turn)) {
            return false;
        }
        metrics.step(turn);
        return turn.pause()
                .map(pause -> putOff(pause.until(), pause.reason(), SourceState.PARTIAL))
                .orElse(true);
    }

    private boolean failed(SourceFailure failure) {
        return switch (failure.state()) {
            case THROTTLED -> {
                Duration wait = failure.retryAfter().orElse(RetryAfter.USUAL);
                yield putOff(
                        clock.instant().plus(wait), ReportWords.waitsFor(failure.getMessage()), SourceState.THROTTLED);
            }
            case DENIED -> denied(failure);
            case CANNOT_ANSWER, OUT_OF_RETENTION, TRUNCATED -> refused(failure);
            default -> outage(failure);
        };
    }

    private boolean refused(SourceFailure failure) {
        if (at.memory().isPresent()) {
            return theUsualWay(failure);
        }
        return work.request(assignment, at)
                .map(request -> taken(Turn.to(rows.refused(request, at, failure))))
                .orElseGet(() -> outage(failure));
    }

    private boolean theUsualWay(SourceFailure failure) {
        return taken(Turn.to(at.remembering(Optional.empty())
                .warned(List.of(failure.getMessage() + " " + ReportWords.THE_USUAL_WAY))));
    }

    /**
     * Waiting does not help; an administrator has to act. What was found stays. Another way may need a permission that the
     * usual one does not.
     */
    private boolean denied(SourceFailure failure) {
        if (at.memory().isPresent()) {
            return theUsualWay(failure);
        }
        at = at.missing(new Gap(SourceState.DENIED, failure.getMessage()));
        return end(JobState.FAILED);
    }

    private boolean outage(SourceFailure failure) {
        Checkpoint failed = at.failedOnce();
        if (failed.failures() > settings.maxFailures()) {
            at = failed.missing(new Gap(failure.state(), failure.getMessage()));
            return end();
        }
        boolean doubtful =
                failed.failures() % PLACE_TRUSTED == 0 && failed.spot().place().isPresent();
        Turn turn = Turn.to(doubtful ? failed.moved(failed.spot().again()) : failed);
        return commit(turn)
                && putOff(
                        clock.instant().plus(pause(failed.failures())),
                        ReportWords.WAITS_FOR_VENDOR,
                        SourceState.PARTIAL);
    }

    private Duration pause(int failures) {
        Duration pause = settings.firstPause().multipliedBy(1L << Math.min(failures - 1, 20));
        return pause.compareTo(settings.longestPause()) > 0 ? settings.longestPause() : pause;
    }

    private boolean commit(Turn turn) {
        String progress = json.write(conclusion(turn.checkpoint()).underWay());
        String checkpoint = json.write(turn.checkpoint());
        boolean stored = patiently(() -> lease.commit(new Step(checkpoint, progress, turn.findings())));
        if (stored) {
            at = turn.checkpoint();
        }
        return stored;
    }

    private boolean end() {
        return end(conclusion(at).jobState());
    }

    private boolean end(JobState state) {
        Conclusion conclusion = conclusion(at);
        String progress = json.write(conclusion.atTheEnd());
        Optional<String> explanation = conclusion.explanation();
        if (patiently(() -> lease.finish(state, progress, explanation))) {
            held = false;
            metrics.finished(state);
        }
        return false;
    }

    private boolean putOff(Instant until, String reason, SourceState why) {
        Standing standing = conclusion(at).underWay().waiting(reason, until, why);
        held = !patiently(() -> lease.putOff(until, json.write(standing)));
        return false;
    }

    /** Another process, or this one once it runs again, goes on at once. */
    private void giveBack() {
        try {
            Instant now = clock.instant();
            lease.putOff(
                    now,
                    json.write(
                            conclusion(at).underWay().waiting(ReportWords.WAITS_FOR_WORKER, now, SourceState.PARTIAL)));
        } catch (JobsException e) {
            LOG.debugf("lease was not given back id=%s", lease.job().id());
        }
    }

    /** A store that is full or broken is waited for; the step is stored once it works, or the lease has run out. */
    private boolean patiently(Runnable change) {
        while (true) {
            try {
                change.run();
                return true;
            } catch (LeaseLostException e) {
                throw e;
            } catch (JobsException e) {
                LOG.warnf("store of reports failed id=%s", lease.job().id());
                if (rest.isOver()) {
                    return false;
                }
                rest.rest(settings.storePause());
            }
        }
    }

    private Conclusion conclusion(Checkpoint checkpoint) {
        return new Conclusion(assignment, checkpoint, before.cost(), settlingTime);
    }
}
