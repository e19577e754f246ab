package org.mailtrace.gateway.words;

/** What is said about audit records. */
public final class AuditWords {
    public static final String CANNOT_BE_WRITTEN =
            "The audit record of this question cannot be written, so nothing is shown. Tell the administrator.";
    public static final String CANNOT_BE_READ =
            "The audit records cannot be read. Tell the administrator; the file may be damaged or away.";
    public static final String TICKET = "Give the ticket for which you ask; it is kept in the audit record.";
    public static final String REASON = "Say why you ask; it is kept in the audit record.";
    public static final String GIVEN = "given";
    public static final String LIMIT = "Use a whole number from 1 to 1000.";
    public static final String CURSOR = "Use a cursor exactly as an earlier answer gave it.";
    public static final String INSTANT = "Use an RFC 3339 instant such as 2026-11-23T08:12:04Z.";

    private static final int LONGEST = 2000;

    private AuditWords() {}

    /** A caller's own text, as far as a record holds it. */
    public static String shown(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }

    /** Whether the chain holds. */
    public static String chain(long brokenAt) {
        return brokenAt == 0
                ? "Every record fits the one before it."
                : "Record " + brokenAt + " does not fit the one before it: a record was changed, taken out or put in."
                        + " Compare with the copy that was shipped off.";
    }
}
