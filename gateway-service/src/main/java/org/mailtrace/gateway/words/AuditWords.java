package org.mailtrace.gateway.words;

/** What is said about audit records. */
public final class AuditWords {
    public static final String CANNOT_BE_WRITTEN =
            "The audit record of this question cannot be written, so nothing is shown. Tell the administrator.";
    public static final String CANNOT_BE_BEGUN =
            "What you asked for was not done, because the audit record of it cannot be written. Tell the administrator.";
    public static final String CANNOT_BE_READ =
            "The audit records cannot be read. Tell the administrator; the file may be damaged or missing.";
    public static final String MOVED_AWAY =
            "A file of audit records was moved away since the first page was read, or one has come since with older records"
                    + " than that page's. Ask again without a cursor.";
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
     * That a file could not be read, and so nothing is shown of the others.
     *
     * @param file its name
     */
    public static String held(String file) {
        return "The file " + file
                + " could not be read, because the gateway that writes it does not let go of it; so no records are"
                + " shown, those of other files neither. If that gateway's machine is gone, its hold ends within a few minutes;"
                + " ask again then. If it stays, tell the administrator to restart that gateway.";
    }

    /**
     * That a chain does not hold.
     *
     * @param file its name
     * @param brokenAt the first record that does not fit, counted from 1
     * @param others how many further files are broken
     */
    public static String broken(String file, long brokenAt, long others) {
        return (brokenAt == 1
                        ? "Record 1 is not the beginning of a file"
                        : "Record " + brokenAt + " does not fit the one before it")
                + ": a record was changed, taken out or put in, or a record was written only in part. The file is "
                + file
                + (others == 0
                        ? ""
                        : ", and " + others + (others == 1 ? " other is" : " others are") + " broken as well")
                + ". Compare with the copy that was shipped off.";
    }

    /**
     * That all chains hold, and what that does not prove.
     *
     * @param records how many there are
     * @param now whether the files were read as a whole now
     */
    public static String intact(long records, boolean now) {
        return records == 0
                ? "There is no record here. Whether there were any," + THE_COPY_TELLS
                : "Every record fits the one before it"
                        + (now
                                ? ""
                                : ", as the files were when they were last read as a whole, and whatever came since does")
                        + ". Whether the newest were changed or taken out, or a file was moved away or written anew as a whole,"
                        + THE_COPY_TELLS;
    }
}
