package org.mailtrace.proofpoint.record;

/** Types of the log stream that are read; each is a connection of its own. */
public enum RecordType {
    /** What the filter decided about a message. */
    MESSAGE("message"),
    /** What the cluster's mail server did with it: one line for each attempt to hand it on. */
    MAILLOG("maillog");

    private final String word;

    RecordType(String word) {
        this.word = word;
    }

    /** The vendor's word, as the query parameter {@code type} has it. */
    public String word() {
        return word;
    }
}
