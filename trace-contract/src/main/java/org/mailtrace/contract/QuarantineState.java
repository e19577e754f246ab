package org.mailtrace.contract;

/** Whether a held message is still held. */
public enum QuarantineState {
    /** Seen in its folder just now. */
    PRESENT,
    /** No longer in any folder: released, expired or deleted. */
    GONE,
    /** Could not be checked; says nothing about either. */
    UNKNOWN
}
