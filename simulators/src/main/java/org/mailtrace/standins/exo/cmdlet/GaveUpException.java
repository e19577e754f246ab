package org.mailtrace.standins.exo.cmdlet;

/** The server takes too long and closes the connection. */
final class GaveUpException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    GaveUpException() {
        super("The connection is closed.");
    }
}
