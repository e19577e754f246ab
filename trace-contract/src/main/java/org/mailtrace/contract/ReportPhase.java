package org.mailtrace.contract;

/** What a report is busy with. */
public enum ReportPhase {
    /** Reading the rows of the whole window, newest first. */
    ROWS,
    /** Reading the newest hours once more, because rows arrive late. */
    LATE_ROWS,
    /** Reading the events of what was found. */
    DETAILS
}
