package org.mailtrace.contract;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

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
        String bare = withoutBrackets(text.strip());
        return bare.isEmpty() ? Optional.empty() : Optional.of("<" + bare + ">");
    }

    /** A GUID with or without dashes in its canonical form; empty if the text is none. */
    public static Optional<String> guid(String text) {
        String digits = text.strip().replace("-", "");
        if (digits.length() != GUID_DIGITS || !digits.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
            return Optional.empty();
        }
        long high = Long.parseUnsignedLong(digits.substring(0, 16), 16);
        long low = Long.parseUnsignedLong(digits.substring(16), 16);
        return Optional.of(new UUID(high, low).toString().toLowerCase(Locale.ROOT));
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
