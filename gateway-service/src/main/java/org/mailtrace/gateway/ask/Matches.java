package org.mailtrace.gateway.ask;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.mailtrace.contract.MailId;
import org.mailtrace.contract.Observation;
import org.mailtrace.contract.Question;

/** Whether one source's row fits the id and the subject that were asked for. A row that does not tell them fits. */
public final class Matches {
    private static final Pattern NO_LETTER_OR_DIGIT = Pattern.compile("[^\\p{L}\\p{N}]+");

    private Matches() {}

    /** By the kind of id that was asked for, or because the row is linked to the message of that id. */
    public static boolean id(Question question, Observation row) {
        return question.messageId().map(asked -> hasId(asked, row)).orElse(true);
    }

    /** As people read it: sources differ in spaces, accents and width of letters. */
    public static boolean subject(Question question, Observation row) {
        return question.subject()
                .map(asked -> row.subject().map(Matches::plain).orElse("").contains(plain(asked))
                        || row.subject().isEmpty())
                .orElse(true);
    }

    private static boolean hasId(MailId asked, Observation row) {
        Optional<String> own =
                asked.kind() == MailId.Kind.NETWORK_MESSAGE_ID ? row.networkMessageId() : row.messageId();
        return own.isEmpty()
                || Stream.concat(own.stream(), row.relatedMessages().stream().map(related -> related.messageId()))
                        .anyMatch(id -> MailId.of(id).value().equalsIgnoreCase(asked.value()));
    }

    private static String plain(String text) {
        return NO_LETTER_OR_DIGIT
                .matcher(Normalizer.normalize(text, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT))
                .replaceAll("");
    }
}
