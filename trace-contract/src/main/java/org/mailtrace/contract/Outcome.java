package org.mailtrace.contract;

/** The gateway's conclusion for one recipient. */
public enum Outcome {
    /** In the mailbox. */
    DELIVERED,
    /** In the mailbox's Junk Email folder. */
    JUNKED,
    /** Taken out of the mailbox after delivery. */
    REMOVED,
    /** Held by a filter; not in the mailbox. */
    QUARANTINED,
    /** Refused. */
    REJECTED,
    /** Dropped silently. */
    DISCARDED,
    /** Failed for good. */
    FAILED,
    /** On its way. */
    PENDING,
    /** Accepted by a host outside all configured sources. */
    HANDED_OFF,
    /** Went on to another person or to a group. */
    READDRESSED,
    /** Handed over to a source that proves it never showed up there. */
    MISSING_AT_NEXT_HOP,
    /** The evidence does not suffice; the sentence says what is missing. */
    UNDETERMINED
}
