package org.mailtrace.gateway.words;

import java.time.Duration;

/** Every sentence about a report. */
public final class ReportWords {
    public static final String QUEUED = "The report has not begun; nothing was searched.";
    public static final String CANCELLED =
            "The report was cancelled before it was finished, so it says nothing. Ask for a new report.";
    public static final String EXPIRED =
            "The result was removed because the time for which it is kept is over. Ask for a new report.";
    public static final String BROKEN_OFF =
            "The report failed by an error of the gateway; give the administrator its id.";
    public static final String NOBODY_LOOKED =
            "No source could look, so nothing can be said about the message. Ask for a new report later.";
    public static final String WAITS_FOR_WORKER =
            "The gateway was stopped; the report goes on by itself as soon as it runs again.";
    public static final String ANOTHER_IS_CONCLUDED =
            "It waits for its turn, because the gateway concludes one report at a time.";
    public static final String NO_TOKEN =
            "The identity provider gives the gateway no token of its own; the report goes on by itself once it does.";
    public static final String NEVER_A_TOKEN =
            "The identity provider gave the gateway no token of its own, so nothing can be said. Ask for a new report later.";
    public static final String LATE = "It did not answer in time.";
    public static final String LOST = "Its own report is not there any more; ask for a new report.";
    public static final String STUCK = "It gave the same page again and again, so some messages may be missing.";
    public static final String LEFT_OUT = "It was left out of this question.";
    public static final String NO_LONGER_CONFIGURED = "It is no longer configured.";
    public static final String NOT_SAID = "It did not say why.";

    public static final String NO_REPORT =
            "You have no such report. Results are forgotten some time after they expired.";
    public static final String CURSOR_BELONGS_ELSEWHERE =
            "A report begins at its beginning; send the cursor to the address of its traces.";
    public static final String IN_THE_BODY = "The question of a report belongs in the body.";
    public static final String KEY = "Use an Idempotency-Key of 1 to 200 printable ASCII characters without spaces.";
    public static final String ANOTHER_QUESTION =
            "This Idempotency-Key was used for another request. Use a new key for a new question.";
    public static final String NO_STORE =
            "The store of reports does not answer; ask again in a moment. Reports that were accepted are not lost.";
    public static final String CURSOR = "Use a cursor exactly as an earlier answer gave it.";

    private ReportWords() {}

    /** It is being worked on. */
    public static String running(long over, int all) {
        if (over == all) {
            return "Every source has been read and the report is being concluded, so it says nothing yet.";
        }
        return "The report is not finished: " + over + " of " + all + (all == 1 ? " source has" : " sources have")
                + " been read, so it says nothing yet.";
    }

    /** It is being worked on, and waits. */
    public static String waiting(long over, int all, String why) {
        return running(over, all) + " " + why;
    }

    /** It has no result yet. */
    public static String notYet(String how) {
        return how + " Look at the report again after Retry-After.";
    }

    /** It took too long. */
    public static String gaveUp(Duration after) {
        return "It had not answered when the report was given up after "
                + Words.count(Math.max(1, after.toHours()), "hour") + ".";
    }

    /** There is more than a report takes. */
    public static String tooManyRows(int rows) {
        return "It has more than the " + rows + " rows that a report takes, so older messages are missing. Narrow the"
                + " window, or add an address or a subject.";
    }

    /** There is more text than a report takes. */
    public static String tooMuch(int rows) {
        return "Its messages are longer than a report takes: the newest " + rows
                + " are here, and older ones are missing."
                + " Narrow the window, add an address or a subject, or leave out events.";
    }

    /**
     * It refused the gateway's own access.
     *
     * @param status 401 where the token is not valid there, 403 where it is and has not the role
     */
    public static String denied(String title, int status) {
        return "The service for " + title
                + (status == 403
                        ? " refused the gateway's own access; an administrator has to give the gateway's client the role"
                                + " trace-reader."
                        : " did not take the gateway's own token for valid, nor a new one; an administrator has to check"
                                + " that it is of the issuer and for the audience that this service expects.");
    }

    /** It has too much to do. */
    public static String throttled(String title) {
        return title + " takes no further report at the moment; this one goes on by itself.";
    }

    /** It knows no reports. */
    public static String noReports(String title) {
        return "The service for " + title + " takes no report for this question.";
    }

    /** It failed. */
    public static String failed(String title) {
        return "The service for " + title + " failed to answer about its report.";
    }

    /** It cannot be understood. */
    public static String unusable(String title) {
        return "The service for " + title + " gave an answer about its report that cannot be read.";
    }

    /** Too many reports of one caller. */
    public static String tooMany(int limit) {
        return "You have " + Words.count(limit, "report") + " that " + (limit == 1 ? "is" : "are")
                + " not finished. Wait for one of them, or cancel one.";
    }
}
