package org.mailtrace.jobs;

/** The store failed. The message is one sentence and names no address, subject or id. */
public class JobsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public JobsException(String message) {
        super(message);
    }

    public JobsException(String message, Throwable cause) {
        super(message, cause);
    }
}
