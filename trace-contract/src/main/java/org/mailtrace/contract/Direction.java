package org.mailtrace.contract;

/** Derived from origin and recipient domain, per recipient; {@link #MIXED} where recipients differ. */
public enum Direction {
    INBOUND,
    OUTBOUND,
    INTERNAL,
    MIXED,
    UNKNOWN
}
