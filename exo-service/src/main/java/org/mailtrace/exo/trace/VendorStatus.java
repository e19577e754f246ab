package org.mailtrace.exo.trace;

import java.util.Locale;

/**
 * The vendor's words for what became of a recipient: Graph's {@code exchangeMessageTraceStatus}, together with words of
 * older and other interfaces of the same data. The set is open, and its spelling differs between interfaces. The reports
 * of a historical search name events instead, such as {@code Receive, Deliver}: the last of them counts.
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
    /** Only in reports: handed to another organisation's server. */
    SENT,
    /** Only in reports. */
    REDIRECTED,
    /** Only in reports: a moderator refused it, or none decided in time. */
    NOTAPPROVED,
    UNKNOWN;

    /** How far along a recipient is: just arrived, under way, at an end that may change, taken back. */
    int progress() {
        return switch (this) {
            case GETTINGSTATUS, NONE -> 0;
            case PENDING -> 1;
            case DELIVERED,
                    FAILED,
                    EXPANDED,
                    QUARANTINED,
                    FILTEREDASSPAM,
                    RESOLVED,
                    SENT,
                    REDIRECTED,
                    NOTAPPROVED,
                    UNKNOWN -> 2;
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
        return ofEvent(word.substring(word.lastIndexOf(',') + 1).strip().toUpperCase(Locale.ROOT));
    }

    private static VendorStatus ofEvent(String last) {
        return switch (last) {
            case "DELIVER" -> DELIVERED;
            case "SEND", "SENDEXTERNAL" -> SENT;
            case "FAIL", "BADMAIL", "DROP" -> FAILED;
            case "EXPAND" -> EXPANDED;
            case "RESOLVE" -> RESOLVED;
            case "REDIRECT" -> REDIRECTED;
            case "MODERATORREJECT", "MODERATIONEXPIRE" -> NOTAPPROVED;
            case "RECEIVE", "SUBMIT", "DEFER", "SUBMITDEFER", "RESUBMITDEFER" -> PENDING;
            default -> UNKNOWN;
        };
    }
}
