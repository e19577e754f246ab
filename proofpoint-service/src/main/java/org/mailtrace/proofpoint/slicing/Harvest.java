package org.mailtrace.proofpoint.slicing;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mailtrace.contract.SourceState;
import org.mailtrace.http.guard.SourceFailure;

/**
 * What one sliced reading has brought so far. It is filled by one thread and may be looked at by another that ran out
 * of time: whatever was read until then counts, and nothing more is claimed.
 */
public final class Harvest<T> {
    private final Set<T> rows = new LinkedHashSet<>();
    private Instant completeDownTo;
    private SourceState state = SourceState.TIMED_OUT;
    private Optional<String> explanation = Optional.empty();
    private Optional<Duration> retryAfter = Optional.empty();
    private boolean stoppedEarly;
    private boolean ended;

    Harvest(Window window) {
        this.completeDownTo = window.to();
    }

    synchronized void add(List<T> more) {
        rows.addAll(more);
    }

    synchronized void completeDownTo(Instant moment) {
        completeDownTo = moment;
    }

    synchronized void read() {
        end(SourceState.ANSWERED, Optional.empty());
    }

    synchronized void enough() {
        stoppedEarly = true;
        end(SourceState.ANSWERED, Optional.empty());
    }

    synchronized void stopped(SourceState reason, String sentence) {
        end(reason, Optional.of(sentence));
    }

    synchronized void failed(SourceFailure failure) {
        retryAfter = failure.retryAfter();
        end(failure.state(), Optional.of(failure.getMessage()));
    }

    private void end(SourceState reason, Optional<String> sentence) {
        if (!ended) {
            ended = true;
            state = reason;
            explanation = sentence;
        }
    }

    /** All rows so far, each once. */
    public synchronized List<T> rows() {
        return List.copyOf(rows);
    }

    /** From the window's end down to this moment nothing is missing. */
    public synchronized Instant completeDownTo() {
        return completeDownTo;
    }

    /** How well it was read; {@link SourceState#TIMED_OUT} while it is still being read. */
    public synchronized SourceState state() {
        return state;
    }

    /** One sentence unless everything was read. */
    public synchronized Optional<String> explanation() {
        return explanation;
    }

    /** When the vendor allows the next question. */
    public synchronized Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /** Whether older rows were left for the next page. */
    public synchronized boolean isStoppedEarly() {
        return stoppedEarly;
    }
}
