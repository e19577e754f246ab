package org.mailtrace.gateway.words;

/** What is said when not everything was followed. */
public final class RoundWords {
    public static final String NO_TIME_LEFT =
            "There was no time left to follow every message to its next system; ask for one message by its Message-ID.";

    private RoundWords() {}

    /** Older ones went on as well. */
    public static String onlyTheNewest(int messages) {
        return "Only the newest " + messages
                + " messages were followed to their next system; narrow the window to follow" + " the others.";
    }

    /** There are more. */
    public static String onlySomeAddresses(int addresses) {
        return "Only " + addresses + " of the addresses that messages went on to were searched for; ask for the other"
                + " recipients one by one.";
    }
}
