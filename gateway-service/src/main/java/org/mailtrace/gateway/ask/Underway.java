package org.mailtrace.gateway.ask;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.mailtrace.contract.SourceAnswer;

/**
 * The calls of one inquiry that are waited for, all inside one deadline. Whoever is slow is waited for to the end, but does
 * not keep the others from being asked further. Used by one thread.
 */
final class Underway implements AutoCloseable {
    /**
     * What came.
     *
     * @param late whether others could be asked further before it came
     */
    record Heard(Call call, SourceAnswer answer, boolean late) {}

    private final List<Waiting> open = new ArrayList<>();
    private final Semaphore arrivals = new Semaphore(0);
    private final ExecutorService threads;
    private final Instant deadline;
    private final Clock clock;
    private final Load load;

    Underway(ExecutorService threads, Instant deadline, Clock clock, Load load) {
        this.threads = threads;
        this.deadline = deadline;
        this.clock = clock;
        this.load = load;
    }

    /** Makes these calls, all at once. */
    void begin(List<Call> further) {
        Instant now = clock.instant();
        further.forEach(call -> open.add(new Waiting(call, now, threads, arrivals, load)));
    }

    /** Whether nothing is waited for. */
    boolean isIdle() {
        return open.isEmpty();
    }

    /** Whether that source has not answered everything yet. */
    boolean isBusy(Source source) {
        return open.stream().anyMatch(waiting -> waiting.call().source().equals(source));
    }

    /**
     * Waits until all have answered; once the patience is over, until any has, and no longer than the deadline. Those that
     * are left then are late: from now on they are waited for only as long as nothing else came.
     *
     * @return answers in the order of the calls; of one source never a later one before an earlier one
     * @throws AbandonedException if the thread is interrupted
     */
    List<Heard> hear(Duration patience) {
        Instant patient = clock.instant().plus(patience);
        boolean comes = true;
        while (comes && !open.stream().allMatch(Waiting::isOver)) {
            comes = somethingComes(until(patient));
        }
        List<Waiting> ready = ready();
        open.removeAll(ready);
        List<Heard> heard = ready.stream()
                .map(over -> new Heard(over.call(), over.answer(), over.isLate()))
                .toList();
        open.stream().filter(waiting -> !waiting.isOver()).forEach(Waiting::setLate);
        return heard;
    }

    private Instant until(Instant patient) {
        if (ready().isEmpty()) {
            return deadline;
        }
        boolean onlyLateOnesLeft = open.stream().allMatch(waiting -> waiting.isOver() || waiting.isLate());
        if (onlyLateOnesLeft) {
            return clock.instant();
        }
        return patient.isBefore(deadline) ? patient : deadline;
    }

    private boolean somethingComes(Instant until) {
        long left = Math.max(0, Duration.between(clock.instant(), until).toNanos());
        try {
            return arrivals.tryAcquire(left, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AbandonedException(e);
        }
    }

    private List<Waiting> ready() {
        Set<Source> waitedFor = new HashSet<>();
        List<Waiting> ready = new ArrayList<>();
        for (Waiting waiting : open) {
            if (!waiting.isOver()) {
                waitedFor.add(waiting.call().source());
            }
            if (!waitedFor.contains(waiting.call().source())) {
                ready.add(waiting);
            }
        }
        return ready;
    }

    /**
     * Gives up whoever is still waited for.
     *
     * @param missing what stands in for an answer that did not come, given how long it was waited for
     * @return everything that {@link #hear} had not told yet, in the order of the calls
     */
    List<Heard> giveUp(BiFunction<Call, Duration, SourceAnswer> missing) {
        Instant now = clock.instant();
        List<Heard> rest = open.stream()
                .map(waiting -> new Heard(
                        waiting.call(),
                        waiting.isOver()
                                ? waiting.answer()
                                : missing.apply(waiting.call(), Duration.between(waiting.since(), now)),
                        waiting.isLate()))
                .toList();
        breakOff();
        return rest;
    }

    private void breakOff() {
        open.forEach(Waiting::breakOff);
        open.clear();
    }

    /** Breaks off whatever is still under way. */
    @Override
    public void close() {
        breakOff();
    }
}
