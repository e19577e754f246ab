package org.mailtrace.proofpoint.words;

/** What is said about the log stream. No sentence shows a time, because this service does not know the reader's zone. */
public final class StreamSentences {
    private StreamSentences() {}

    /** Why records before the first connection are missing. */
    public static String notReadYet() {
        return "These records are still being read from Proofpoint's archive.";
    }

    /** Why records of an interruption may be missing. */
    public static String interrupted() {
        return "The connection to Proofpoint's log stream was interrupted at this time; the records are read again from"
                + " the archive as soon as it has them.";
    }

    /** Why records are missing for good. */
    public static String lost() {
        return "These records were not read while Proofpoint's archive still had them, and cannot be"
                + " read from it any more.";
    }

    /** Why a record is missing that came. */
    public static String setAside() {
        return "A record of this time could not be read and was set aside.";
    }

    /** The vendor cannot be reached. */
    public static String unreachable() {
        return "Proofpoint's log stream cannot be reached at the moment; it is tried again and again.";
    }

    /** Its certificate does not prove that it is the vendor. */
    public static String notTrusted() {
        return "Proofpoint's log stream does not prove who it is: its TLS certificate is not trusted, is out of date, or"
                + " is for another host. Nothing is sent to it. Check mailtrace.proofpoint.stream.url, the trust store of"
                + " mailtrace.proofpoint.tls-configuration, and this server's clock.";
    }

    /** TLS does not come about. */
    public static String noTls() {
        return "No encrypted connection to Proofpoint's log stream comes about (TLS). Nothing is sent to it in clear text."
                + " Check mailtrace.proofpoint.stream.url and whether something between here and there intercepts TLS.";
    }

    /** A connection ended and a new one is not open yet. */
    public static String reconnecting() {
        return "The connection to Proofpoint's log stream was lost and is being opened again.";
    }

    /** A refusal that an administrator has to end. */
    public static String refused(int status) {
        return "Proofpoint's log stream refuses the connection (HTTP " + status + "): check"
                + " mailtrace.proofpoint.stream.token, its cluster-id, and that the Remote Syslog Forwarding licence is"
                + " valid.";
    }

    /**
     * The archive's token is refused: what is missing stays missing.
     *
     * @param ownToken whether the archive has a token of its own
     */
    public static String archiveRefused(int status, boolean ownToken) {
        return "Proofpoint's archive refuses the connection (HTTP " + status
                + "), so what is missing cannot be read: check" + " mailtrace.proofpoint.stream."
                + (ownToken ? "archive-token" : "token") + " and its cluster-id.";
    }

    /** Somebody else uses the token, or the last session is not released yet. */
    public static String tooManySessions() {
        return "Proofpoint's log stream says that the token is in use already; it is tried again. If this stays, another"
                + " program uses the same token: give each its own.";
    }

    /** Any other refusal. */
    public static String answered(int status) {
        return "Proofpoint's log stream answers with an error (HTTP " + status + "); it is tried again and again.";
    }

    /** The archive refuses a range that it should have. */
    public static String archiveRefuses() {
        return "Proofpoint's archive refuses the hours that are missing (HTTP 400); it is tried again.";
    }

    /** Something that must not happen did: a mistake of ours, or no memory. */
    public static String failed() {
        return "The reading of Proofpoint's log stream failed and begins again; the service's own log says why.";
    }

    /** The store failed. */
    public static String notStored(String reason) {
        return "What Proofpoint's log stream brings cannot be stored, so no more is taken from it. " + reason;
    }

    /** A record of more bytes than are read. */
    public static String tooLarge(long length) {
        return "The record has " + length + " bytes, more than mailtrace.proofpoint.stream.max-frame.";
    }

    /** A record that the store does not take. */
    public static String unstorable() {
        return "The record could not be stored.";
    }
}
