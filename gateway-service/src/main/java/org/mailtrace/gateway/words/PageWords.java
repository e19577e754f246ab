package org.mailtrace.gateway.words;

import java.util.List;

/** What people read about the pages of a list. */
public final class PageWords {
    public static final String NOT_OURS = "Use a cursor exactly as an earlier answer gave it.";
    public static final String OTHER_VERSION =
            "This cursor is of another version of Mailtrace. Ask for the first page again, without a cursor.";
    /** An explanation of a source that leads its reader in a circle. */
    public static final String IN_A_CIRCLE = "It gave the same page again in place of the next one.";

    /** An explanation of a source that does not keep to the window. */
    public static final String OTHER_TIMES = "It gave messages of another time than it was asked for.";

    static final String HELD =
            "Nothing can be shown on this page yet, because not every source was read as far as it reaches;"
                    + " more pages follow.";

    private PageWords() {}

    /** Why a page shows nothing: what a source would have to add may have to stand before the rest. */
    public static String waitingFor(List<String> titles) {
        return "Nothing is shown on this page, because " + String.join(" and ", titles)
                + " did not look as far as this page reaches. Ask for the next page in a moment: it begins at the same place,"
                + " so nothing is skipped.";
    }

    /** What is lost where more was recorded at once than can be read. */
    static String crowded(String time) {
        return "More messages were recorded around " + time + " than could be read at once. Some of them may be missing"
                + " here or come twice; ask for one sender or recipient.";
    }

    /** What had to be left out of one message that is larger than an answer may become. */
    public static String leftOut(String what, int shown, int all) {
        return "It has " + all + " " + what + ", more than fit into one answer; " + shown + " of them are shown.";
    }

    /** Which of the events are missing. */
    public static String eventsLeftOut(int shown, int all) {
        return leftOut("events", shown, all) + " Those from the middle are left out.";
    }

    /** The same over the whole answer, for those who read no further. */
    public static String cut() {
        return "A message is too large for one answer, and only a part of it is shown; its notices say what is left out.";
    }
}
