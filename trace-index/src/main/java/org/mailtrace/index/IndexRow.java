package org.mailtrace.index;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One row of a log, with what it can be found by.
 *
 * @param key the same for the same row however often and from wherever it is read
 * @param at when, UTC, to the millisecond
 * @param part the server, folder or log that it comes from
 * @param group the message that it belongs to; URL-safe, stable
 * @param ids ids of the message in their canonical form
 * @param sender envelope sender; {@code <>} for the null sender
 * @param author From header; the message is found by it only while no row tells the envelope sender
 * @param recipients every address that leads to this row: recipients, groups, earlier and later addresses
 * @param subject subject line
 * @param noise whether the row is housekeeping; a message of such rows only is found only on request
 * @param body the whole row as the source wants it back
 */
public record IndexRow(
        String key,
        Instant at,
        String part,
        String group,
        List<String> ids,
        Optional<String> sender,
        Optional<String> author,
        List<String> recipients,
        Optional<String> subject,
        boolean noise,
        String body) {
    public IndexRow {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(part, "part");
        Objects.requireNonNull(group, "group");
        ids = List.copyOf(ids);
        Objects.requireNonNull(sender, "sender");
        Objects.requireNonNull(author, "author");
        recipients = List.copyOf(recipients);
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(body, "body");
    }
}
