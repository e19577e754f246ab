package org.mailtrace.gateway.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.mailtrace.contract.Observation;
import org.mailtrace.contract.SourceState;
import org.mailtrace.gateway.ask.Caller;
import org.mailtrace.gateway.search.Asking;
import org.mailtrace.gateway.search.Whole;
import org.mailtrace.gateway.store.Rest;
import org.mailtrace.gateway.words.ReportWords;
import org.mailtrace.http.guard.SourceFailure;
import org.mailtrace.jobs.Finding;
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
    private static final Duration ANOTHER_IS_CONCLUDED = Duration.ofSeconds(2);

    private final Lease lease;
    private final String id;
    private final Tools tools;
    private final Rest rest;
    private final ReportSettings settings;
    private Checkpoint at;
    /** What was begun at the sources, stored or not. */
    private Checkpoint begun;

    private Standing standing;

    ReportRun(Lease lease, Tools tools, Rest rest) {
        this.lease = lease;
        this.id = lease.job().id();
        this.tools = tools;
        this.rest = rest;
        this.settings = tools.settings();
        this.standing = tools.json().read(lease.job().progress(), Standing.class);
        this.at = lease.job()
                .checkpoint()
                .map(text -> tools.json().read(text, Checkpoint.class))
                .orElse(new Checkpoint(List.of(), false));
        this.begun = at;
    }

    /** Works until it is over, has to wait, the lease is lost or the service stops. */
    void run() {
        try {
            boolean goesOn = true;
            while (goesOn && !rest.isOver()) {
                goesOn = step();
            }
            if (goesOn) {
                putOff(tools.clock().instant(), standing.waitingFor(ReportWords.WAITS_FOR_WORKER));
            }
        } catch (LeaseLostException e) {
            // If it was cancelled meanwhile, a source's report may have been ordered that nobody else knows of.
            if (tools.jobs()
                    .find(id)
                    .filter(job -> job.state() == JobState.CANCELLED)
                    .isPresent()) {
                tools.withdrawal().withdraw(id, begun);
            }
        }
    }

    private boolean step() {
        try {
            return at.concluded() ? finish() : work();
        } catch (LeaseLostException e) {
            throw e;
        } catch (SourceFailure e) {
            return isTooOld()
                    ? end(JobState.FAILED, Optional.of(ReportWords.NEVER_A_TOKEN))
                    : putOff(tools.clock().instant().plus(settings.firstPause()), standing.waitingFor(e.getMessage()));
        } catch (JobsException e) {
            LOG.warnf("the store of reports failed id=%s", id);
            rest.rest(settings.storePause());
            return true;
        } catch (RuntimeException e) {
            LOG.errorf(e, "a report broke id=%s", id);
            tools.withdrawal().withdraw(id, begun);
            return end(JobState.FAILED, Optional.of(ReportWords.BROKEN_OFF));
        }
    }

    private boolean work() {
        Asking asking = tools.asking(lease.job(), NOBODY);
        if (at.legs().isEmpty()) {
            at = Checkpoint.beginning(asking.sources());
        }
        if (!at.isGathered() && isTooOld()) {
            tools.withdrawal().withdraw(id, begun);
            String why = ReportWords.gaveUp(settings.giveUpAfter());
            return commit(
                    at.with(at.legs().stream()
                            .filter(leg -> !leg.over())
                            .map(leg -> leg.ends(SourceState.TIMED_OUT, why))
                            .toList()),
                    List.of());
        }
        return at.isGathered() ? conclude(asking) : gather(asking);
    }

    private boolean gather(Asking asking) {
        Instant now = tools.clock().instant();
        List<Leg> legs = at.due(now);
        if (legs.isEmpty()) {
            Instant due = at.nextDue().orElse(now);
            return putOff(due.isAfter(end()) ? end() : due, standing.with(at));
        }
        Caller caller = tools.credentials().caller(id);
        List<Turn> turns =
                tools.parallel().run(legs, leg -> tools.gathering().next(leg, id, asking.question(), caller));
        Checkpoint next = at.with(turns.stream().map(Turn::leg).toList());
        begun = next;
        return commit(
                next, turns.stream().flatMap(turn -> turn.findings().stream()).toList());
    }

    /** While another one is being concluded this one waits, and lets others be gathered meanwhile. */
    private boolean conclude(Asking asking) {
        if (!tools.alone().tryLock()) {
            return putOff(
                    tools.clock().instant().plus(ANOTHER_IS_CONCLUDED),
                    standing.with(at).waitingFor(ReportWords.ANOTHER_IS_CONCLUDED));
        }
        try {
            return concludeAlone(asking);
        } finally {
            tools.alone().unlock();
        }
    }

    /** All traces in one step: what is concluded anew after a kill replaces nothing by halves. */
    private boolean concludeAlone(Asking asking) {
        Caller caller = tools.credentials().caller(id);
        lease.renew();
        Map<String, List<Observation>> rows = tools.rows().all(tools.jobs(), id, at);
        Whole.Result result = tools.concluding().conclude(asking, at, rows, caller);
        boolean anybody = result.anybody();
        Standing.End end = new Standing.End(
                anybody,
                result.answer().complete(),
                anybody ? result.answer().summary() : ReportWords.NOBODY_LOOKED,
                result.traces().size());
        List<Finding> findings = anybody ? tools.kept().findings(result) : List.of();
        return store(at.isConcluded(), findings, standing.with(at).ended(end));
    }

    private boolean finish() {
        Standing.End end = standing.end().orElseThrow();
        lease.commit(new Step(write(at), write(standing), tools.rows().emptied(at)));
        JobState state = outcome(end);
        return end(state, state == JobState.COMPLETE ? Optional.empty() : Optional.of(end.summary()));
    }

    private static JobState outcome(Standing.End end) {
        if (!end.anybody()) {
            return JobState.FAILED;
        }
        return end.complete() ? JobState.COMPLETE : JobState.INCOMPLETE;
    }

    private boolean end(JobState state, Optional<String> explanation) {
        tools.calling().whenOver(lease.job(), state, standing.base());
        lease.finish(state, write(standing), explanation);
        tools.metrics().finished(state);
        return false;
    }

    private boolean commit(Checkpoint checkpoint, List<Finding> findings) {
        return store(checkpoint, findings, standing.with(checkpoint));
    }

    private boolean store(Checkpoint checkpoint, List<Finding> findings, Standing now) {
        lease.commit(new Step(write(checkpoint), write(now), findings));
        at = checkpoint;
        standing = now;
        tools.metrics().step();
        return true;
    }

    private boolean putOff(Instant until, Standing now) {
        lease.putOff(until, write(now));
        return false;
    }

    private boolean isTooOld() {
        return !tools.clock().instant().isBefore(end());
    }

    private Instant end() {
        return lease.job().createdAt().plus(settings.giveUpAfter());
    }

    private String write(Object value) {
        return tools.json().write(value);
    }

    private static final Caller NOBODY = new Caller("", "");
}
