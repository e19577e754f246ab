package org.mailtrace.exo.history;

import java.util.List;
import java.util.Optional;
import org.mailtrace.contract.AddressPattern;
import org.mailtrace.contract.MailId;
import org.mailtrace.contract.Question;

/**
 * What of a question a historical search filters by. It has no filter for subjects and no null sender; Microsoft's pages
 * contradict each other about whole domains as sender.
 *
 * @param sender an exact address
 * @param recipients exact addresses or {@code *@domain}
 * @param messageId the Message-ID with its brackets
 */
record Criteria(Optional<String> sender, List<String> recipients, Optional<String> messageId) {
    Criteria {
        recipients = List.copyOf(recipients);
    }

    static Criteria of(Question question) {
        return new Criteria(
                question.sender()
                        .filter(pattern -> !pattern.isNullSender() && !pattern.isWholeDomain())
                        .map(AddressPattern::value),
                question.recipients().stream().map(AddressPattern::value).toList(),
                question.messageId()
                        .filter(id -> id.kind() == MailId.Kind.MESSAGE_ID)
                        .map(MailId::value));
    }

    /** Whether a search needs something else beside them. */
    boolean isEmpty() {
        return sender.isEmpty() && recipients.isEmpty() && messageId.isEmpty();
    }
}
