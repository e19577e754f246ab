package org.mailtrace.index;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.mailtrace.contract.AddressPattern;

/**
 * A search; all conditions hold together.
 *
 * @param sender envelope sender
 * @param recipients any of these
 * @param subject text that the subject contains, without regard to case, at least 3 characters
 * @param id an id in its canonical form
 * @param from start of the window by first row, UTC, inclusive
 * @param to end of the window, UTC, exclusive
 * @param noise whether messages that are nothing but housekeeping are wanted too
 * @param after where an earlier page ended
 * @param limit at most so many messages
 * @param deadline how long the search may take
 */
public record IndexQuery(
        Optional<AddressPattern> sender,
        List<AddressPattern> recipients,
        Optional<String> subject,
        Optional<String> id,
        Instant from,
        Instant to,
        boolean noise,
        Optional<Place> after,
        int limit,
        Duration deadline) {
    /** Fewer characters cannot be looked up in the subject index. */
    public static final int MIN_SUBJECT = 3;

    public IndexQuery {
        Objects.requireNonNull(sender, "sender");
        recipients = List.copyOf(recipients);
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(after, "after");
        Objects.requireNonNull(deadline, "deadline");
        if (sender.isEmpty() && recipients.isEmpty() && subject.isEmpty() && id.isEmpty()) {
            throw new IllegalArgumentException("a search needs a sender, a recipient, a subject or an id");
        }
        if (subject.filter(text -> text.codePointCount(0, text.length()) < MIN_SUBJECT)
                .isPresent()) {
            throw new IllegalArgumentException("a subject search needs " + MIN_SUBJECT + " characters");
        }
        if (limit < 1) {
            throw new IllegalArgumentException("a search needs a limit");
        }
    }
}
