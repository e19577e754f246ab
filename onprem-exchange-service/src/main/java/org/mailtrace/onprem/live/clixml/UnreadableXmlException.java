package org.mailtrace.onprem.live.clixml;

/** What a server sent is no XML, or more of it than is read. */
public final class UnreadableXmlException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnreadableXmlException(String message) {
        super(message);
    }

    UnreadableXmlException(String message, Throwable cause) {
        super(message, cause);
    }
}
