package org.mailtrace.standins.story;

import java.util.Arrays;
import java.util.Optional;

/** What a system did with a message; the story format's {@code event}. */
public enum Deed {
    /** A mailbox user submitted it. */
    SUBMIT("submit"),
    RECEIVE("receive"),
    /** Proofpoint let it through and its MTA handed it to a next hop. */
    PASS("pass"),
    QUARANTINE("quarantine"),
    /** A copy is kept in a folder although the message goes on. */
    COPY("copy"),
    RELEASE("release"),
    DISCARD("discard"),
    REJECT("reject"),
    /** Refused for now; the sender's server must try again. */
    RETRY("retry"),
    /** Goes on to another address. */
    REDIRECT("redirect"),
    /** The next hop refused it for good and Proofpoint's MTA gave it back. */
    BOUNCE("bounce"),
    DEFER("defer"),
    /** The address became another address of the same mailbox. */
    RESOLVE("resolve"),
    EXPAND("expand"),
    /** Recipients were moved to a forked message. */
    TRANSFER("transfer"),
    SEND("send"),
    SENDEXTERNAL("sendexternal"),
    DELIVER("deliver"),
    JUNK("junk"),
    FILTERED_AS_SPAM("filteredAsSpam"),
    FAIL("fail"),
    /** A notification to the sender was made. */
    DSN("dsn"),
    /** Dropped without a notification. */
    DROP("drop");

    private final String word;

    Deed(String word) {
        this.word = word;
    }

    /** The event's name in stories. */
    public String word() {
        return word;
    }

    /** Whether the system had not seen the message (in this pass) before. */
    boolean isEntry() {
        return this == RECEIVE || this == SUBMIT;
    }

    static Optional<Deed> of(String word) {
        return Arrays.stream(values()).filter(d -> d.word.equals(word)).findFirst();
    }
}
