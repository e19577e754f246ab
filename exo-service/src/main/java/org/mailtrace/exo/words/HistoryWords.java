package org.mailtrace.exo.words;

import java.util.List;
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
}
