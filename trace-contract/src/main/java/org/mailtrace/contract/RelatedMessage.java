package org.mailtrace.contract;

import java.util.Objects;

/**
 * Another message that a source links to this one by an id, not by likeness.
 *
 * @param messageId its Message-ID header with angle brackets
 * @param relation what it is to this message
 * @param text one sentence for a person
 */
public record RelatedMessage(String messageId, Relation relation, String text) {
    /** What the other message is to this one. */
    public enum Relation {
        /** This message reports on the other, or was made from it. */
        ORIGINAL,
        /** The other is a delivery report about this message. */
        DELIVERY_REPORT,
        /** The other was made from this message: a journal copy, a rule's message; or a report, where no record tells. */
        DERIVED
    }

    public RelatedMessage {
        Objects.requireNonNull(messageId, "messageId");
        Objects.requireNonNull(relation, "relation");
        Objects.requireNonNull(text, "text");
    }
}
