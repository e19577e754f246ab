package org.mailtrace.jobs;

/** What has become of a job. The constants are documented by their consequence. */
public enum JobState {
    /** Nobody works on it; the next free worker takes it, at the earliest at its {@link Job#notBefore()}. */
    QUEUED(false),
    /** A worker holds its lease; if that runs out, another worker goes on from the last committed step. */
    RUNNING(false),
    /** Done, and nothing is missing. */
    COMPLETE(true),
    /** Over, and some findings are missing; the explanation says which and why. */
    INCOMPLETE(true),
    /** Over without a usable result; the explanation says why. */
    FAILED(true),
    /** Given up on request; what had been found by then is kept. */
    CANCELLED(true),
    /** Its findings were removed because nobody may need them any longer; only that it existed is still known. */
    EXPIRED(true);

    private final boolean over;

    JobState(boolean over) {
        this.over = over;
    }

    /** Whether nothing will be added to it any more. */
    public boolean isOver() {
        return over;
    }
}
