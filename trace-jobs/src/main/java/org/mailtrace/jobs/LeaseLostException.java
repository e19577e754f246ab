package org.mailtrace.jobs;

/** The job was cancelled, or another worker has taken it over; nothing was changed. */
public final class LeaseLostException extends JobsException {
    private static final long serialVersionUID = 1L;

    public LeaseLostException() {
        super("The job was cancelled or taken over by another worker.");
    }
}
