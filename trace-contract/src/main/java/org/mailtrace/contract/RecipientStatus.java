package org.mailtrace.contract;

/** What one source last saw of one recipient. The vendor's own word stays beside it in {@code rawStatus}. */
public enum RecipientStatus {
    /** Being processed. */
    IN_TRANSIT,
    /** Could not be handed on yet; being tried again. */
    DEFERRED,
    /** Another system accepted it; {@code nextHop} says which. Never proof of a mailbox. */
    PASSED_ON,
    /** Put into the mailbox. */
    DELIVERED,
    /** Put into the mailbox's Junk Email folder. */
    JUNKED,
    /** Goes on under another address of the same mailbox ({@code relatedAddresses}). */
    RESOLVED,
    /** The address is a group; goes on to its members ({@code relatedAddresses}). */
    EXPANDED,
    /** Goes on to another person ({@code relatedAddresses}). */
    REDIRECTED,
    /** Held; {@code quarantine} says where and whether it is still there. */
    QUARANTINED,
    /** Refused; the sending system keeps the duty to tell the sender. */
    REJECTED,
    /** Blocked as spam without a quarantine; cannot be released. */
    SPAM_FILTERED,
    /** Accepted and dropped; nobody was told. */
    DISCARDED,
    /** Failed for good; the sender gets a non-delivery report. */
    FAILED,
    /** Taken back after delivery. */
    RECALLED,
    /** A word that nobody has seen before; it stands in {@code rawStatus}. */
    UNKNOWN
}
