package org.mailtrace.exo.history;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mailtrace.exo.history.csv.FileKind;

/**
 * What a historical search is started with. At least one of sender, recipients and message id is there.
 *
 * @param title by which the search is found again
 * @param from whole second, UTC
 * @param to whole second, UTC
 * @param messageId the Message-ID with its brackets
 * @param notify whom Exchange Online tells that it is done
 */
record SearchOrder(
        String title,
        FileKind kind,
        Instant from,
        Instant to,
        Optional<String> sender,
        List<String> recipients,
        Optional<String> messageId,
        Optional<String> notify) {
    SearchOrder {
        recipients = List.copyOf(recipients);
        if (sender.isEmpty() && recipients.isEmpty() && messageId.isEmpty()) {
            throw new IllegalArgumentException("a historical search needs an address or a message id");
        }
    }

    /** Neither addresses nor ids. */
    @Override
    public String toString() {
        return "SearchOrder[" + title + "]";
    }
}
