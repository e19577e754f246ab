package org.mailtrace.contract;

/**
 * Where a message came from, as a source saw it. A sender's domain is never an origin: a spoof carries ours. A source
 * that only saw another of our systems hand the message over leaves the origin out.
 */
public enum Origin {
    /** A host outside the organisation. */
    OUTSIDE,
    /** A mailbox of the system that saw it. */
    MAILBOX,
    /** A device on the administrator's list: a printer, a scanner, an intranet site. */
    DEVICE
}
