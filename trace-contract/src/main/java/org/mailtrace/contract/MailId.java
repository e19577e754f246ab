package org.mailtrace.contract;

import java.util.Objects;
import java.util.Optional;

/**
 * An id of a message in its canonical form: a Message-ID with angle brackets and its case kept, or a network message id
 * as a GUID with dashes in lower case.
 *
 * @param kind which of the two
 * @param value the canonical form
 */
public record MailId(Kind kind, String value) {
    /** The two kinds of ids that a caller may know. */
    public enum Kind {
        /** The Message-ID header. Chosen by the sender, so not unique. */
        MESSAGE_ID,
        /** The GUID that Exchange gives every message and keeps through forks and groups. */
        NETWORK_MESSAGE_ID
    }

    private static final int GUID_DIGITS = 32;
    private static final int GUID_LENGTH = 36;

    public MailId {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(value, "value");
    }

    /** Reads either kind; with or without brackets, with or without dashes. */
    public static MailId of(String text) {
        String bare = withoutBrackets(text.strip());
        return guid(bare)
                .map(guid -> new MailId(Kind.NETWORK_MESSAGE_ID, guid))
                .orElseGet(() -> new MailId(Kind.MESSAGE_ID, "<" + bare + ">"));
    }

    /** A Message-ID in its canonical form, brackets included; empty for blank text. */
    public static Optional<String> messageId(String text) {
        String stripped = text.strip();
        String bare = withoutBrackets(stripped);
        if (bare.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(bare.length() < stripped.length() ? stripped : "<" + bare + ">");
    }

    /** A GUID with or without dashes in its canonical form; empty if the text is none. */
    public static Optional<String> guid(String text) {
        char[] canonical = new char[GUID_LENGTH];
        String stripped = text.strip();
        int digits = 0;
        int at = 0;
        for (int i = 0; i < stripped.length(); i++) {
            int digit = Character.digit(stripped.charAt(i), 16);
            if (digit >= 0 && digits < GUID_DIGITS) {
                if (digits == 8 || digits == 12 || digits == 16 || digits == 20) {
                    canonical[at++] = '-';
                }
                canonical[at++] = Character.forDigit(digit, 16);
                digits++;
            } else if (stripped.charAt(i) != '-') {
                return Optional.empty();
            }
        }
        return digits == GUID_DIGITS ? Optional.of(new String(canonical)) : Optional.empty();
    }

    /** Whether a question can hold it: senders write what they want, and more than a question takes. */
    public boolean isAskable() {
        return value.length() <= QuestionParser.MAX_TEXT
                && !withoutBrackets(value).isBlank()
                && value.chars().noneMatch(Character::isISOControl);
    }

    private static String withoutBrackets(String text) {
        boolean bracketed = text.startsWith("<") && text.endsWith(">") && text.length() > 1;
        return bracketed ? text.substring(1, text.length() - 1) : text;
    }

    @Override
    public String toString() {
        return value;
    }
}
