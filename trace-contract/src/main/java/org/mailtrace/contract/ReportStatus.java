package org.mailtrace.contract;

/** What has become of a report. The constants are documented by their consequence. */
public enum ReportStatus {
    /** Not begun, or waiting; nothing in it proves that something is missing. */
    QUEUED(false),
    /** Being worked on; what was found so far can be read already. */
    RUNNING(false),
    /** Done, and nothing is missing: the whole window was searched. */
    COMPLETE(true),
    /** Over, and some of it is missing; the state and the explanation say what and why. */
    INCOMPLETE(true),
    /** Over without a usable result; the explanation says why and what to do. */
    FAILED(true),
    /** Given up on request; what had been found by then is kept. */
    CANCELLED(true),
    /** Its result was removed because the time for which it was kept is over. */
    EXPIRED(true);

    private final boolean over;

    ReportStatus(boolean over) {
        this.over = over;
    }

    /** Whether nothing will be added to it any more. */
    public boolean isOver() {
        return over;
    }
}
