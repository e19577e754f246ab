package org.mailtrace.gateway.ask;

/**
 * Nobody waits for the answer any more: who asked has gone away, or had waited for long enough. What was begun for it was
 * broken off; that says nothing about the sources.
 */
public final class AbandonedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public AbandonedException(InterruptedException cause) {
        super("nobody waits for the answer any more", cause);
    }
}
