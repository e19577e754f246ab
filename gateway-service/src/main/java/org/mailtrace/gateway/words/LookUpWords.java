package org.mailtrace.gateway.words;

/** What people read where a trace is looked up again and is not what it was. */
public final class LookUpWords {
    /** A title. */
    public static final String NOT_SEEN = "The message was not seen again";

    /** A Message-ID is the sender's choice and may be used again, so it does not prove that this is the message. */
    public static final String SAME_MESSAGE_ID =
            "The records of which this trace was made were not found again. Shown is the message with the same Message-ID at"
                    + " about that time; that it is the same one is not proven.";

    static final String PROVES_NOTHING = NOT_SEEN + ", but that does not prove that it is gone.";

    private LookUpWords() {}
}
