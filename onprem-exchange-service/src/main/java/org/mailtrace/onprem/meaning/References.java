package org.mailtrace.onprem.meaning;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.mailtrace.contract.MailId;
import org.mailtrace.onprem.record.TrackingRow;

/**
 * The {@code reference} column where it names other messages: the report of a failure, the original of a report, the
 * message that was journaled or that a rule answered (Microsoft Learn, "Message tracking"). Internal ids and reasons,
 * which stand in the same column, are none of these.
 */
public final class References {
    private References() {}

    /** Message-IDs of other messages, in their canonical form. */
    public static List<String> of(TrackingRow row) {
        String text = row.value("reference");
        if (text.indexOf('<') < 0) {
            return List.of();
        }
        Optional<String> own = row.messageId();
        return Arrays.stream(text.split(";", -1))
                .map(String::strip)
                .filter(item -> item.startsWith("<") && item.endsWith(">") && item.indexOf('@') > 0)
                .flatMap(item -> MailId.messageId(item).stream())
                .filter(id -> own.filter(id::equals).isEmpty())
                .distinct()
                .toList();
    }

    /** The internal id of another copy or message on the same server, where the column holds one. */
    static Optional<String> internalId(TrackingRow row) {
        return row.optional("reference").filter(text -> text.chars().allMatch(Character::isDigit));
    }

    /** By what the index finds the messages that refer to this one; never equal to an id that a caller can ask for. */
    public static String inIndex(String messageId) {
        return "reference " + messageId;
    }
}
