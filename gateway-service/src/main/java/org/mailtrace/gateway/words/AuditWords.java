package org.mailtrace.gateway.words;

/** What is said about audit records. */
public final class AuditWords {
    public static final String CANNOT_BE_WRITTEN =
            "The audit record of this question cannot be written, so nothing is shown. Tell the administrator.";
    public static final String CANNOT_BE_READ =
            "The audit records cannot be read. Tell the administrator; the file may be damaged or missing.";
    public static final String TICKET = "Give the ticket for which you ask; it is kept in the audit record.";
    public static final String REASON = "Say why you ask; it is kept in the audit record.";
    public static final String GIVEN = "given";
    public static final String LIMIT = "Use a whole number from 1 to 1000.";
    public static final String CURSOR = "Use a cursor exactly as an earlier answer gave it.";
    public static final String INSTANT = "Use an RFC 3339 instant such as 2026-11-23T08:12:04Z.";

    /** Longer than the longest value that a question may have, which is a list of recipients. */
    private static final int LONGEST = 8000;

    private static final String CUT = "...";
    private static final String THE_COPY_TELLS = " only the copy that was shipped off tells.";

    private AuditWords() {}

    /** A caller's own text, as far as a record holds it; where it is cut, it says so. */
    public static String shown(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        // Half a character cannot be written.
        int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return text.substring(0, end) + CUT;
    }

    /**
     * Whether the chain holds, and what that does not prove.
     *
     * @param brokenAt the first record that does not fit, counted from 1; 0 if all do
     * @param records how many there are
     */
    public static String chain(long brokenAt, long records) {
        if (brokenAt > 0) {
            return (brokenAt == 1
                            ? "Record 1 is not the beginning of a file"
                            : "Record " + brokenAt + " does not fit the one before it")
                    + ": a record was changed, taken out or put in, or a record was written only in part. Compare with the"
                    + " copy that was shipped off.";
        }
        return records == 0
                ? "There is no record in this file. Whether there were any," + THE_COPY_TELLS
                : "Every record fits the one before it. Whether the newest were changed or taken out, or the file was moved"
                        + " away or written anew as a whole," + THE_COPY_TELLS;
    }
}
