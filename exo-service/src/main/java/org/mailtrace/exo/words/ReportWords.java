package org.mailtrace.exo.words;

import java.time.Duration;
import org.mailtrace.contract.ReportProgress;
import org.mailtrace.contract.RequestCost;

/** Every sentence about a report and about what a question costs. */
public final class ReportWords {
    public static final String QUEUED = "The report has not begun; nothing was searched.";
    public static final String CANCELLED =
            "The report was cancelled. What had been found by then is kept; what is not in it was not looked for.";
    public static final String EXPIRED =
            "The result was removed because the time for which it is kept is over. Ask for a new report.";
    public static final String WAITS_FOR_BUDGET =
            "The trace requests that Exchange Online allows are used up for the moment; the report goes on by itself.";
    public static final String WAITS_FOR_VENDOR =
            "Exchange Online does not answer at the moment; the report goes on by itself.";
    public static final String WAITS_FOR_WORKER =
            "The service was stopped; the report goes on by itself as soon as it runs again.";
    public static final String STILL_BUSY = "It was still reading.";
    public static final String BUDGET_DID_NOT_SUFFICE =
            "The trace requests that Exchange Online allows did not suffice.";
    public static final String VENDOR_DID_NOT_ANSWER = "Exchange Online did not answer in the end.";
    public static final String OTHER_WAY_NOT_DONE =
            "The historical search was not done, or its file was not there or not read to its end.";
    public static final String THE_USUAL_WAY = "The report is done the usual way.";
    public static final String BROKEN_OFF = "The report failed by an error of its own; give the administrator its id.";
    public static final String UNREACHABLE =
            "Exchange Online gave no usable next page for some seconds of the window, so some messages may be missing.";
    public static final String TOO_MANY_ROWS =
            "More messages match than a report keeps, so some of them are missing. Narrow the window, or add an address or"
                    + " subject.";
    public static final String NO_EVENTS =
            "The events of the messages were not read, so folders were not checked. Ask for a report with advanced=true, or"
                    + " look a message up by itself.";
    public static final String NOT_ALL_EVENTS =
            "More recipients were found than this report may read events for; where detailsFetched is false, folders were not"
                    + " checked. Look such a message up by itself.";
    public static final String EVENTS_REFUSED =
            "Exchange Online gave no events for some recipients; where detailsFetched is false, folders were not checked.";
    public static final String CURSOR_BELONGS_ELSEWHERE =
            "A report begins at its beginning; send the cursor to the address of its observations.";
    public static final String ANOTHER_QUESTION =
            "This Idempotency-Key was used for another question. Use a new key for a new question.";
    public static final String NO_REPORT =
            "There is no such report of yours. Results are forgotten some time after they expired.";
    public static final String IN_THE_BODY = "The question of a report belongs in the body.";
    public static final String KEY_TOO_LONG = "Use an Idempotency-Key of 1 to 200 printable ASCII characters.";
    public static final String NO_STORE =
            "The store of reports does not answer; ask again in a moment. Reports that were accepted are not lost.";

    private ReportWords() {}

    /** The question costs more than the whole budget. */
    public static String cost(RequestCost cost) {
        return "This costs more requests than are ever allowed at once. Ask for it with POST /reports: it costs at least "
                + requests(cost.rowRequests()) + about(cost) + ".";
    }

    /** What an answer at once costs. */
    public static String atOnce(RequestCost cost) {
        return "This is answered at once. It costs at least " + requests(cost.rowRequests()) + " for rows and at most "
                + cost.detailRequests() + " for events.";
    }

    /** The window is too wide to be answered at once. */
    public static String tooWide(RequestCost cost) {
        return "Exchange Online answers at once for windows of at most ten days, anywhere in the last 90. Ask for this one"
                + " with POST /reports: it costs at least " + requests(cost.rowRequests()) + about(cost) + ".";
    }

    /** The thorough search is only available as a report. */
    public static String thorough(RequestCost cost) {
        return "The thorough search of Exchange Online is only available as a report. Ask with POST /reports: it costs at"
                + " least " + requests(cost.rowRequests()) + " for rows and at most " + cost.detailRequests()
                + " for events" + about(cost) + ".";
    }

    /** The rows of a question cost more than is left; nothing was spent. */
    public static String beyondBudget(int rowRequests, Duration wait) {
        return "The question costs at least " + requests(rowRequests)
                + ", which is more than is left of what Exchange Online allows; nothing was asked. Ask again"
                + " in " + wait.toSeconds() + " seconds at the latest, for fewer recipients, or with POST /reports.";
    }

    /** A report that is being worked on. */
    public static String running(ReportProgress progress) {
        return "The report is not finished: " + progress.slicesDone() + " of " + progress.slices()
                + " slices are read, so what is not in it may still be found.";
    }

    /** A report that waits. */
    public static String waiting(ReportProgress progress, String reason) {
        return running(progress) + " " + reason;
    }

    /** It took too long. */
    public static String gaveUp(Duration after, String reason) {
        return "The report was given up after " + after.toHours() + " hours. " + reason + " Ask for a new report.";
    }

    /** What a report waits for that was told to come later; trace requests that are used up are said in its own words. */
    public static String waitsFor(String why) {
        return why.equals(Words.BUDGET_SPENT) || why.equals(Words.GRAPH_THROTTLED) ? WAITS_FOR_BUDGET : why;
    }

    /** Some of it is missing. */
    public static String incomplete(String why) {
        return "The report is not complete. " + why;
    }

    /** Too many reports of one caller. */
    public static String tooMany(int limit) {
        return "You have " + limit + (limit == 1 ? " report" : " reports")
                + " that are not finished. Wait for one of them, or cancel one.";
    }

    private static String requests(int count) {
        return count + (count == 1 ? " request" : " requests");
    }

    private static String about(RequestCost cost) {
        return cost.aboutSeconds()
                .map(seconds -> " and takes about "
                        + (seconds < 120 ? seconds + " seconds" : Math.ceilDiv(seconds, 60L) + " minutes"))
                .orElse("");
    }
}
