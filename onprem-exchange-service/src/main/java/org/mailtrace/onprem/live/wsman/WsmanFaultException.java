package org.mailtrace.onprem.live.wsman;

/** A fault that a server answered (MS-WSMV 2.2.4.43). Its text is the vendor's: for deciding, never for showing. */
public final class WsmanFaultException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final long code;

    WsmanFaultException(int status, long code, String text) {
        super(text);
        this.status = status;
        this.code = code;
    }

    /** The HTTP status that it came with. */
    public int status() {
        return status;
    }

    /** The fault's number; 0 if it has none. */
    public long code() {
        return code;
    }
}
