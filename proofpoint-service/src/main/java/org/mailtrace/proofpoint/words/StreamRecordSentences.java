package org.mailtrace.proofpoint.words;

/** Why a record of the log stream was set aside. */
public final class StreamRecordSentences {
    private StreamRecordSentences() {}

    public static String noJson() {
        return "The record is not JSON, or breaks off.";
    }

    public static String noRecord() {
        return "The frame is not one JSON object.";
    }

    public static String withoutKey(String type) {
        return "The " + type + " record has none of the ids that it could be kept under.";
    }

    public static String unexpected(String what) {
        return "The record could not be read (" + what + ").";
    }
}
