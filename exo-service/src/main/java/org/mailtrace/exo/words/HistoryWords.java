package org.mailtrace.exo.words;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.mailtrace.exo.words.StatusWords.Saying;

/** Every sentence about Exchange Online's historical search and its files. */
public final class HistoryWords {
    public static final String EMPTY_FILE = "The file is empty. Hand in the CSV file as it was downloaded.";
    public static final String PACKED_FILE =
            "The file is compressed or a workbook. Unpack it and hand in the CSV file as it was downloaded.";
    public static final String WEB_PAGE =
            "The file is a web page, most likely a sign-in page that was saved in place of the report. Sign in to the"
                    + " Exchange admin center, download the report there and hand in that file.";
    public static final String NO_REPORT =
            "The file is no message trace report. Hand in the CSV file of an enhanced summary or extended report as it was"
                    + " downloaded, not saved again by another program.";

    public static final String ROW_TORN = "The row is not closed properly, or longer than a row may be.";
    public static final String ROW_OF_OTHER_WIDTH = "The row has another number of fields than the header.";
    public static final String ROW_WITHOUT_ESSENTIALS =
            "The row has no readable time, no network message id, or nothing about a recipient.";

    public static final String MESSAGE_TOO_LARGE =
            "The file has more events of one message than can be read, so the report is done the usual way.";

    public static final String NEEDS_AN_ADDRESS =
            "A historical search needs a sender, a recipient or a Message-ID; a subject, a whole domain as sender, the empty"
                    + " sender or a network message id alone is not enough. The report is done the usual way.";
    public static final String TOO_MANY_ADDRESSES =
            "A historical search takes at most 100 addresses. The report is done the usual way.";
    public static final String NO_SEARCHES_LEFT =
            "Exchange Online allows 250 historical searches in 24 hours, and those of this service are used up.";
    public static final String NOT_COUNTED =
            "The historical searches of the day could not be counted, so none was started; it is tried again.";
    public static final String SEARCH_WITHOUT_ID =
            "Exchange Online did not say which historical search it started; it is looked for by its title.";

    public static final String STARTED =
            "Exchange Online is asked to prepare the report as a historical search; that takes up to several hours.";
    public static final String BEING_PREPARED =
            "Exchange Online is preparing the historical search; that takes up to several hours.";
    public static final String UNKNOWN_STATUS =
            "Exchange Online reports a status of the historical search that Mailtrace does not know; it is looked at again.";
    public static final String LATE =
            "The historical search takes longer than they commonly do. Microsoft advises to start it anew: cancel this report and ask"
                    + " for it again.";
    public static final String SEARCH_CANCELLED =
            "The historical search was cancelled in Exchange Online. The report is done the usual way.";
    public static final String SEARCH_FAILED =
            "The historical search failed in Exchange Online. The report is done the usual way.";
    public static final String SEARCH_GONE =
            "Exchange Online no longer lists the historical search. The report is done the usual way.";

    public static final String GROUPS_MAY_BE_MISSED =
            "A historical search by a distribution group's address can miss messages. To be certain, ask for one of its"
                    + " members.";
    public static final String ENDS_OPEN =
            "The file ends without a line break, so its last row may be cut off. If it was not downloaded to its end, hand"
                    + " it in again with a new report.";
    public static final String MAY_BE_CUT_OFF =
            "The file is as long as Exchange Online lets one become, so messages may be missing. Ask for a narrower window"
                    + " or fewer addresses.";

    public static final String NO_SUCH_REPORT = "You have no such report, or it does not wait for a file.";
    public static final String FILE_TOO_LARGE =
            "The file is larger than files may be here. Ask for a narrower window, or an administrator to raise"
                    + " mailtrace.exo.history.max-file-bytes.";
    public static final String FILE_UNFIT = "The file was not taken in.";
    public static final String FILE_ALREADY_THERE = "The report has its file already, and it is being read.";
    public static final String NO_ROW_IN_WINDOW =
            "No row of the file lies in the report's window. Hand in the file of this report's own search.";
    public static final String NO_ROW_FROM_SENDER =
            "No row of the file is from the report's sender. Hand in the file of this report's own search.";
    public static final String NO_ROW_FOR_RECIPIENT =
            "No row of the file is for a recipient of the report. Hand in the file of this report's own search.";
    public static final String NO_ROW_OF_MESSAGE =
            "No row of the file has the report's Message-ID. Hand in the file of this report's own search.";
    public static final String FILE_WITHOUT_ROWS =
            "The file has no rows, but Exchange Online says that the search found some. Download it again.";
    public static final String ONLY_BROKEN_ROWS =
            "None of the file's rows can be read. Hand in the file as it was downloaded, not saved again by another program.";

    public static final Saying SENT_ON = new Saying(
            "Exchange Online handed the message on to its destination; the report does not name the server that accepted"
                    + " it.",
            "Look this message up by itself to see which server accepted it.");
    public static final Saying NOT_APPROVED = new Saying(
            "The message needed a moderator's approval; it was refused, or nobody decided in time.",
            "Ask the moderator of the group or mailbox why, and the sender to send it again.");

    private HistoryWords() {}

    /** Columns that a report cannot do without. */
    public static String columnsMissing(List<String> names) {
        return (names.size() == 1 ? "The file lacks the column " : "The file lacks the columns ")
                + String.join(", ", names)
                + ". Hand in the CSV file of an enhanced summary or extended report as it was downloaded.";
    }

    /** A column whose meaning is lost because there are two of it. */
    public static String columnTwice(String name) {
        return "The file has the column " + name + " more than once. Hand in the CSV file as it was downloaded.";
    }

    /** Nothing of the window is old enough. */
    public static String notArchived(Duration archivedAfter) {
        return "A historical search finds messages that are older than " + archivedAfter.toHours()
                + " hours, and the whole window is newer. The report is done the usual way.";
    }

    /** The search is done and an administrator has to fetch its file. */
    public static String awaitingFile(String reportId) {
        return "The historical search is done, and Microsoft offers no documented way for a service to download its file."
                + " An administrator has to open the Exchange admin center under Mail flow, Message trace, Downloadable"
                + " reports, download the report Mailtrace " + reportId + " and hand the CSV file in by PUT /reports/"
                + reportId + "/file.";
    }

    /** The search is done, and it is not known whether there is a file. */
    public static String noFileNamed(String reportId) {
        return "The historical search is done, but Exchange Online names neither its file nor that it found nothing. It is"
                + " looked at again; a file that an administrator finds in the Exchange admin center can be handed in by"
                + " PUT /reports/" + reportId + "/file.";
    }

    /** Rows that could not be read, so that messages may be missing. */
    public static String rowsBroken(long count, List<Long> lines) {
        String named = lines.stream().map(String::valueOf).collect(Collectors.joining(", "));
        return count == 1
                ? "One row of the file could not be read (line " + named + "), so a message may be missing."
                : count + " rows of the file could not be read (lines " + named
                        + (lines.size() < count ? " and further ones" : "") + "), so messages may be missing.";
    }

    /** The file is not as long as the search said. */
    public static String otherNumberOfRows(long said, long read) {
        return "Exchange Online said that the search found " + said + " rows, and the file has " + read
                + ". The two may be counted differently; if messages are missing, download the file again.";
    }

    /** The file of the other kind of report was handed in. */
    public static String otherKind(String ordered) {
        return "The file is of the other kind of report; this report waits for the " + ordered + ".";
    }
}
