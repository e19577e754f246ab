package org.mailtrace.http.guard;

import java.time.Duration;
import java.util.Optional;
import org.mailtrace.contract.SourceState;

/** A call that gave no answer, said as the state it leads to and the sentence that goes with it. */
public final class SourceFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final SourceState state;
    private final transient Optional<Duration> retryAfter;

    /**
     * @param state a state that did not look
     * @param explanation one sentence for a person; names no address, subject or secret
     */
    public SourceFailure(SourceState state, String explanation) {
        this(state, explanation, Optional.empty(), null);
    }

    /** As above, with when to ask again and what caused it; the cause is logged, never shown. */
    public SourceFailure(SourceState state, String explanation, Optional<Duration> retryAfter, Throwable cause) {
        super(explanation, cause);
        if (state.looked()) {
            throw new IllegalArgumentException("a failure cannot have looked");
        }
        this.state = state;
        this.retryAfter = retryAfter;
    }

    /** The state that this failure leads to. */
    public SourceState state() {
        return state;
    }

    /** When the vendor said it may be asked again. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /** Whether trying again at once may help, so that it counts against the circuit. */
    boolean isOutage() {
        return state == SourceState.FAILED || state == SourceState.TIMED_OUT;
    }
}
