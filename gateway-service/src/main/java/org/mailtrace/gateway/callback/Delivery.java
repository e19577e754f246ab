package org.mailtrace.gateway.callback;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.jboss.logging.Logger;
import org.mailtrace.gateway.ask.RetryAfter;
import org.mailtrace.gateway.store.Rest;
import org.mailtrace.gateway.store.StoredJson;
import org.mailtrace.gateway.words.CallbackWords;
import org.mailtrace.jobs.Job;
import org.mailtrace.jobs.JobState;
import org.mailtrace.jobs.Jobs;
import org.mailtrace.jobs.Lease;
import org.mailtrace.jobs.LeaseLostException;

/** Makes one attempt, and decides whether another one follows. */
final class Delivery {
    private static final Logger LOG = Logger.getLogger(Delivery.class);
    private static final int GONE = 410;
    private static final Duration REPORT_ENDS = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofHours(24);

    private final Jobs jobs;
    private final StoredJson json;
    private final Guard guard;
    private final Caller caller;
    private final Optional<Signature> signature;
    private final CallbackSettings settings;
    private final CallbackMetrics metrics;
    private final Clock clock;
    private final DoubleSupplier random;

    Delivery(
            Jobs jobs,
            StoredJson json,
            Guard guard,
            Caller caller,
            Optional<Signature> signature,
            CallbackSettings settings,
            CallbackMetrics metrics,
            Clock clock,
            DoubleSupplier random) {
        this.jobs = jobs;
        this.json = json;
        this.guard = guard;
        this.caller = caller;
        this.signature = signature;
        this.settings = settings;
        this.metrics = metrics;
        this.clock = clock;
        this.random = random;
    }

    void run(Lease lease, Rest rest) {
        Memory memory = json.read(lease.job().progress(), Memory.class);
        try {
            attempt(lease, memory);
        } catch (LeaseLostException e) {
            LOG.debugf("a call-back was taken over id=%s", lease.job().id());
        } catch (RuntimeException e) {
            LOG.errorf(e, "a call-back broke id=%s", lease.job().id());
            lease.finish(
                    JobState.FAILED,
                    json.write(memory.given(CallbackState.FAILED)),
                    Optional.of(CallbackWords.BROKEN_OFF));
        }
    }

    private void attempt(Lease lease, Memory memory) {
        Errand errand = json.read(lease.job().request(), Errand.class);
        Optional<Job> report = jobs.find(errand.report());
        if (report.filter(job -> !job.state().isOver()).isPresent()) {
            // The call-back is stored first, so that it cannot be forgotten between the two.
            lease.putOff(clock.instant().plus(REPORT_ENDS), json.write(memory));
            return;
        }
        Optional<Instant> finishedAt =
                report.filter(job -> job.state().name().equals(errand.status())).flatMap(Job::finishedAt);
        if (finishedAt.isEmpty()) {
            // It was cancelled in that very moment, or expired: there is nothing to tell any more.
            end(lease, memory.given(CallbackState.FAILED));
            return;
        }
        Instant now = clock.instant();
        String body = json.write(Message.of(errand, finishedAt.orElseThrow()));
        Outcome outcome = call(errand, "msg_" + lease.job().id(), now, body);
        metrics.attempt(outcome.state());
        decide(lease, memory.after(outcome.attempt(now), outcome.state()), outcome, now);
    }

    private record Outcome(CallbackState state, Optional<Integer> status, String said, Optional<Duration> retryAfter) {
        Attempt attempt(Instant at) {
            return new Attempt(at, status, said);
        }
    }

    private Outcome call(Errand errand, String id, Instant now, String body) {
        try {
            Signature signer = signature.orElseThrow(() -> new RefusedException(CallbackWords.NO_SECRET));
            Target target = guard.target(errand.url());
            Instant begun = clock.instant();
            InetAddress address = guard.address(target);
            long second = now.getEpochSecond();
            Reply reply = caller.post(
                    target,
                    address,
                    Map.of(
                            "content-type",
                            "application/json",
                            "user-agent",
                            "mailtrace",
                            "webhook-id",
                            id,
                            "webhook-timestamp",
                            Long.toString(second),
                            "webhook-signature",
                            signer.of(id, second, body)),
                    body,
                    settings.timeout().minus(Duration.between(begun, clock.instant())));
            return judged(reply, now);
        } catch (RefusedException e) {
            return new Outcome(CallbackState.FAILED, Optional.empty(), e.getMessage(), Optional.empty());
        } catch (UnknownHostException e) {
            return new Outcome(CallbackState.PENDING, Optional.empty(), CallbackWords.NO_NAME, Optional.empty());
        } catch (IOException e) {
            return new Outcome(CallbackState.PENDING, Optional.empty(), e.getMessage(), Optional.empty());
        }
    }

    private static Outcome judged(Reply reply, Instant now) {
        Optional<Integer> status = Optional.of(reply.status());
        if (reply.status() / 100 == 2) {
            return new Outcome(CallbackState.DELIVERED, status, CallbackWords.TAKEN, Optional.empty());
        }
        if (reply.status() == GONE) {
            return new Outcome(CallbackState.DISABLED, status, CallbackWords.GONE, Optional.empty());
        }
        String said = reply.status() / 100 == 3 ? CallbackWords.REDIRECTED : CallbackWords.NOT_TAKEN;
        return new Outcome(
                CallbackState.PENDING, status, said, reply.retryAfter().flatMap(text -> RetryAfter.of(text, now)));
    }

    private void decide(Lease lease, Memory memory, Outcome outcome, Instant now) {
        List<Duration> pauses = settings.pauses();
        int made = memory.attempts().size();
        if (memory.state() == CallbackState.PENDING && made <= pauses.size()) {
            Duration pause = pauses.get(made - 1);
            long longer = (long) (pause.toMillis() * settings.jitter() * random.getAsDouble());
            Duration planned = pause.plusMillis(longer);
            Duration asked = outcome.retryAfter()
                    .filter(told -> told.compareTo(LONGEST_WAIT) <= 0)
                    .orElse(Duration.ZERO);
            lease.putOff(now.plus(planned.compareTo(asked) > 0 ? planned : asked), json.write(memory));
            return;
        }
        end(lease, memory.state() == CallbackState.PENDING ? memory.given(CallbackState.FAILED) : memory);
    }

    private void end(Lease lease, Memory memory) {
        boolean taken = memory.state() == CallbackState.DELIVERED;
        metrics.ended(memory.state());
        lease.finish(
                taken ? JobState.COMPLETE : JobState.FAILED,
                json.write(memory),
                taken ? Optional.empty() : Optional.of(CallbackWords.NOT_TAKEN));
    }
}
