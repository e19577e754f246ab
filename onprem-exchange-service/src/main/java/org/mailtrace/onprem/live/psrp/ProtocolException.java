package org.mailtrace.onprem.live.psrp;

/** A server sent what the protocol does not allow. */
public final class ProtocolException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ProtocolException(String message) {
        super(message);
    }
}
