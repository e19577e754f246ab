package org.mailtrace.proofpoint.words;

import java.util.Optional;

/** What is told beside a recipient's status, each where a record says it. */
public final class RemarkSentences {
    private RemarkSentences() {}

    public static String secureReader() {
        return "It goes as a secure message: the recipient gets a notification and reads it in Proofpoint's Secure"
                + " Reader.";
    }

    public static String smime() {
        return "Proofpoint encrypts it with S/MIME; the recipient needs the matching certificate to read it.";
    }

    public static String markedEncrypted() {
        return "Proofpoint marks it as encrypted: the recipient may have a notification instead of the message itself.";
    }

    public static String reinjected() {
        return "Proofpoint put it through its filters again, as it does with mail that was released.";
    }

    public static String heldBefore() {
        return "Proofpoint had held it in quarantine before, and let it go on afterwards.";
    }

    public static String earlierPassHeld() {
        return "An earlier message with the same Message-ID was held in quarantine; this one went on.";
    }

    public static String laterPassWentOn() {
        return "A later message with the same Message-ID went on: it was released or sent again.";
    }

    /** The mail server's line comes after the hold. */
    public static String handedOnAfterHold(Optional<String> host) {
        return "Proofpoint's mail server handed it"
                + host.map(name -> " to " + name).orElse(" on") + " after that, as it does with released mail.";
    }

    public static String fromHeaderDiffers(String header, String envelope) {
        return "Readers see " + header + " as its sender (From header), while the envelope sender is " + envelope
                + "; a search by envelope sender needs the latter.";
    }

    /**
     * How mail of this kind gets through in future.
     *
     * @param inFromHeader whether the address is known to be the one in the From header
     * @param url where recipients allow senders
     */
    public static String allow(String address, boolean inFromHeader, Optional<String> url) {
        String named = inFromHeader
                ? address
                : address + " (the envelope sender; the From header is not known here, and may show another address)";
        return url.map(place -> "To get such mail in future, the recipient can allow " + named + " at " + place + ".")
                .orElse("To get such mail in future, ask the mail administrators to allow " + named + ".");
    }
}
