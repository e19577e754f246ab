package org.mailtrace.exo.words;

import java.util.Map;
import java.util.Optional;
import org.mailtrace.exo.words.StatusWords.Saying;

/**
 * What the standards say of a code that Microsoft does not explain:
 * <a href="https://www.rfc-editor.org/rfc/rfc3463">RFC 3463</a> and the IANA registry
 * <a href="https://www.iana.org/assignments/smtp-enhanced-status-codes">SMTP Enhanced Status Codes</a> (RFC 4954, 5248,
 * 6710, 7372, 7505 and others). First subject and detail together, then the subject alone.
 */
final class StandardCodes {
    private static final String ADDRESS = "Check the address and send again.";
    private static final String RECIPIENTS_SIDE = "Ask the recipient's administrator.";
    private static final String SENDERS_SIDE = "The sender's administrator has to mend it.";
    private static final String SHAPE = "Send it with another program or as plain text; else ask an administrator.";
    private static final String NETWORK = "Send again later; if it fails again, ask an administrator.";

    private static final Map<String, Saying> DETAILS = Map.ofEntries(
            entry("1.1", "The address does not exist.", "Correct it and send again."),
            entry("1.2", "The domain of the address does not exist or takes no mail.", ADDRESS),
            entry("1.3", "The address is not written correctly.", "Correct it and send again."),
            entry("1.4", "The address fits more than one recipient.", "Ask an administrator to make it unique."),
            entry("1.6", "The recipient has moved and left no new address.", "Ask the recipient for another address."),
            entry("1.7", "The sender's address is not written correctly.", SENDERS_SIDE),
            entry("1.8", "The sender's domain does not exist or takes no mail.", SENDERS_SIDE),
            entry("1.10", "The recipient's domain accepts no mail.", "Ask the recipient for another address."),
            entry("2.1", "The mailbox is disabled and takes no messages.", RECIPIENTS_SIDE),
            entry("2.2", "The mailbox is full.", "Ask the recipient to make room, then send again."),
            entry("2.3", "The message is larger than the recipient accepts.", "Send a smaller message or a link."),
            entry("2.4", "The members of the mailing list could not be found.", "Ask the list's owner."),
            entry("3.1", "The recipient's mail system has no room left.", RECIPIENTS_SIDE),
            entry("3.2", "The next server takes no mail at the moment.", NETWORK),
            entry("3.3", "The next server cannot do what the message needs.", SHAPE),
            entry("3.4", "The message is too large.", "Send a smaller message or a link."),
            entry("3.5", "The next server is not set up correctly.", RECIPIENTS_SIDE),
            entry("4.1", "The next server does not answer.", NETWORK),
            entry("4.2", "The connection to the next server broke off.", NETWORK),
            entry("4.3", "The directory that knows the way was not available.", NETWORK),
            entry("4.4", "No way to the recipient's domain was found.", ADDRESS),
            entry("4.5", "The mail system is overloaded.", NETWORK),
            entry(
                    "4.6",
                    "The message went round in a circle.",
                    "Ask an administrator to check forwarding and connectors."),
            entry("4.7", "The message waited too long for the next server and has expired.", NETWORK),
            entry("5.1", "The two servers did not understand each other.", RECIPIENTS_SIDE),
            entry("5.2", "The two servers did not understand each other.", RECIPIENTS_SIDE),
            entry("5.3", "The message has too many recipients.", "Send it to fewer recipients at a time."),
            entry("5.4", "The two servers did not understand each other.", RECIPIENTS_SIDE),
            entry("5.5", "The two servers did not understand each other.", RECIPIENTS_SIDE),
            entry("6.1", "The recipient's mail system does not take this kind of content.", SHAPE),
            entry("6.2", "The message had to be converted, and that is not allowed.", SHAPE),
            entry("6.3", "The message had to be converted, and that is not possible.", SHAPE),
            entry("6.4", "The message could only be converted with a loss.", SHAPE),
            entry("6.5", "The message could not be converted.", SHAPE),
            entry("6.7", "The recipient's mail system takes no addresses with characters like these.", ADDRESS),
            entry("7.1", "The sender may not write to this address.", RECIPIENTS_SIDE),
            entry("7.2", "The sender may not write to this list.", "Ask the list's owner."),
            entry("7.3", "The encryption that the message needs is not possible.", SHAPE),
            entry("7.4", "The next server cannot protect the message as is asked.", RECIPIENTS_SIDE),
            entry("7.5", "The encryption failed.", RECIPIENTS_SIDE),
            entry("7.6", "The next server does not know the encryption.", RECIPIENTS_SIDE),
            entry("7.7", "The message was changed on its way.", "Send it again."),
            entry("7.8", "The sign-in was refused.", SENDERS_SIDE),
            entry("7.9", "The way of signing in is not safe enough.", SENDERS_SIDE),
            entry("7.10", "The next server wants an encrypted connection.", SENDERS_SIDE),
            entry("7.11", "The next server wants an encrypted connection for signing in.", SENDERS_SIDE),
            entry("7.17", "The mailbox has a new owner.", "Ask the recipient for another address."),
            entry("7.18", "The domain has a new owner.", "Ask the recipient for another address."),
            entry("7.20", "The message bears no signature that holds (DKIM).", SENDERS_SIDE),
            entry("7.21", "The message bears no signature that is accepted (DKIM).", SENDERS_SIDE),
            entry("7.22", "The message bears no signature of its sender's domain (DKIM).", SENDERS_SIDE),
            entry("7.24", "The sender's domain could not be checked (SPF).", SENDERS_SIDE),
            entry("7.27", "The sender's domain accepts no mail, so no answer could reach it.", SENDERS_SIDE),
            entry("7.28", "Too many messages came in a short time.", "Wait and send again."),
            entry("7.29", "The signatures of those who passed it on do not hold (ARC).", SENDERS_SIDE),
            entry("7.30", "The next server cannot promise encryption, which the message asks for.", RECIPIENTS_SIDE));

    private static final Map<String, Saying> SUBJECTS = Map.of(
            "1", new Saying("Something is wrong with an address.", ADDRESS),
            "2", new Saying("Something is wrong with the recipient's mailbox.", RECIPIENTS_SIDE),
            "3", new Saying("Something is wrong with the recipient's mail system.", RECIPIENTS_SIDE),
            "4", new Saying("The way to the next server failed.", NETWORK),
            "5", new Saying("The two servers did not understand each other.", RECIPIENTS_SIDE),
            "6", new Saying("Something is wrong with the content of the message.", SHAPE),
            "7",
                    new Saying(
                            "A rule or a security setting refused the message.",
                            "Ask an administrator to look the code up."));

    private StandardCodes() {}

    /** The meaning of a code; empty if even its subject says nothing. */
    static Optional<Saying> of(String code) {
        String[] parts = code.split("\\.", 3);
        return Optional.ofNullable(DETAILS.get(parts[1] + "." + parts[2]))
                .or(() -> Optional.ofNullable(SUBJECTS.get(parts[1])));
    }

    static Map<String, Saying> details() {
        return DETAILS;
    }

    static Map<String, Saying> subjects() {
        return SUBJECTS;
    }

    private static Map.Entry<String, Saying> entry(String detail, String explanation, String nextAction) {
        return Map.entry(detail, new Saying(explanation, nextAction));
    }
}
