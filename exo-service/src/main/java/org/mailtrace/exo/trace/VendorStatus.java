package org.mailtrace.exo.trace;

import java.util.Locale;

/**
 * The vendor's words for what became of a recipient: Graph's {@code exchangeMessageTraceStatus}, together with words of
 * older and other interfaces of the same data. The set is open, and its spelling differs between interfaces.
 */
enum VendorStatus {
    DELIVERED,
    PENDING,
    FAILED,
    EXPANDED,
    QUARANTINED,
    FILTEREDASSPAM,
    GETTINGSTATUS,
    RECALLED,
    RESOLVED,
    NONE,
    UNKNOWN;

    /** How far along a recipient is: just arrived, under way, at an end that may change, taken back. */
    int progress() {
        return switch (this) {
            case GETTINGSTATUS, NONE -> 0;
            case PENDING -> 1;
            case DELIVERED, FAILED, EXPANDED, QUARANTINED, FILTEREDASSPAM, RESOLVED, UNKNOWN -> 2;
            case RECALLED -> 3;
        };
    }

    static VendorStatus of(String word) {
        String plain = word.strip().toUpperCase(Locale.ROOT).replaceAll("[^A-Z]", "");
        for (VendorStatus status : values()) {
            if (status.name().equals(plain)) {
                return status;
            }
        }
        return UNKNOWN;
    }
}
