package org.mailtrace.proofpoint.words;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What is said about records of the log stream: why one was set aside, and how far they reach. Times are UTC. */
public final class RecordSentences {
    private RecordSentences() {}

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

    // How far the records reach.

    public static String nothingYet(String type) {
        return "The log stream has not brought any " + type + " records yet.";
    }

    public static String begins(String type, Instant since) {
        return "The log stream's " + type + " records begin at " + told(since) + ".";
    }

    public static String gap(String type, Instant from, Instant to, String reason) {
        return "The log stream's " + type + " records from " + told(from) + " to " + told(to) + " may not all be here. "
                + reason;
    }

    public static String behind(String type, Instant until) {
        return "The log stream's " + type + " records are here up to " + told(until) + ".";
    }

    public static String handOverMayBeMissing() {
        return "What became of a message after the filters may be in records that are not here.";
    }

    public static String moreThanCanBeRead() {
        return "There is more than can be read for one question; ask for a shorter time, or add a sender or a recipient.";
    }

    public static String cannotHaveThatId() {
        return "The message was found by Smart Search without a GUID, and only Smart Search can find it again.";
    }

    public static String evidenceFailed() {
        return "What is known of the log stream cannot be read from its store.";
    }

    public static String storeFailed() {
        return "The records of the log stream could not be searched; an administrator should look at the service's log.";
    }

    public static String storeTooSlow() {
        return "The records of the log stream could not be searched in time; ask for a shorter time.";
    }

    public static String completedBySmartSearch() {
        return "Smart Search was asked for the time that the log stream's records do not cover.";
    }

    public static String noQuarantine() {
        return "Whether held messages are still held cannot be checked: mailtrace.proofpoint.url is not set.";
    }

    private static Instant told(Instant moment) {
        return moment.truncatedTo(ChronoUnit.SECONDS);
    }
}
