package org.mailtrace.onprem.live.wsman;

/** A server refuses who asks, or there is nothing to prove it with. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason {
        /** The server answered 401: it does not accept the name and password, or the ticket. */
        NOT_AUTHENTICATED,
        /** It answered 403, or said that access is denied. */
        NOT_ALLOWED,
        /** No Kerberos ticket could be had for the server. */
        NO_TICKET
    }

    private final Reason reason;

    public RefusedException(Reason reason) {
        this(reason, null);
    }

    RefusedException(Reason reason, Throwable cause) {
        super(reason.name(), cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
