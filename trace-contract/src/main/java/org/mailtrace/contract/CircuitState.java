package org.mailtrace.contract;

/** State of the circuit breaker in front of something that is called. */
public enum CircuitState {
    /** Not called yet since the start. */
    UNKNOWN,
    /** Calls go through. */
    CLOSED,
    /** Calls are refused at once, because the last ones failed. */
    OPEN,
    /** A few calls are let through to see whether it works again. */
    HALF_OPEN
}
