package org.mailtrace.standins.exo;

/** A question that message tracing refuses, whichever interface carries it. */
public final class TraceRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With the text that a client gets to see. */
    public TraceRefusedException(String message) {
        super(message);
    }
}
