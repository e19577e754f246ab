package org.mailtrace.exo.wire;

import java.io.IOException;

/** The request was sent, and the other side broke off before its reply was whole. */
public final class ConnectionDroppedException extends IOException {
    private static final long serialVersionUID = 1L;

    ConnectionDroppedException(Throwable cause) {
        super("the connection broke off", cause);
    }
}
