package org.mailtrace.http.guard;

import java.time.Duration;
import java.util.Optional;
import org.mailtrace.contract.SourceState;

/** A call that gave no answer, said as the state it leads to and the sentence that goes with it. */
public final class SourceFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final SourceState state;
    private final transient Optional<Duration> retryAfter;
    private final boolean ourOwn;

    /**
     * @param state a state that did not look
     * @param explanation one sentence for a person; names no address, subject or secret
     */
    public SourceFailure(SourceState state, String explanation) {
        this(state, explanation, Optional.empty(), null);
    }

    /** As above, with when to ask again and what caused it; the cause is logged, never shown. */
    public SourceFailure(SourceState state, String explanation, Optional<Duration> retryAfter, Throwable cause) {
        this(state, explanation, retryAfter, cause, false);
    }

    private SourceFailure(
            SourceState state, String explanation, Optional<Duration> retryAfter, Throwable cause, boolean ourOwn) {
        super(explanation, cause);
        if (state.looked()) {
            throw new IllegalArgumentException("a failure cannot have looked");
        }
        this.state = state;
        this.retryAfter = retryAfter;
        this.ourOwn = ourOwn;
    }

    /**
     * A failure on our own side, because of which the vendor was not called: it says nothing about the vendor, and trying
     * again at once does not help.
     */
    public static SourceFailure ofOurOwn(SourceState state, String explanation, Throwable cause) {
        return new SourceFailure(state, explanation, Optional.empty(), cause, true);
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
        return !ourOwn && (state == SourceState.FAILED || state == SourceState.TIMED_OUT);
    }

    /** Whether the vendor was not even called. */
    boolean isOurOwn() {
        return ourOwn;
    }
}
