package org.mailtrace.gateway.answer;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.mailtrace.contract.Direction;
import org.mailtrace.contract.NameValue;
import org.mailtrace.contract.RelatedMessage.Relation;

/**
 * One message as the whole mail flow saw it.
 *
 * @param id opaque; look it up under {@code /traces/{id}}
 * @param path the sources in the order of custody; a source may appear again
 * @param recipients one outcome for each recipient asked for
 */
public record Trace(
        String id,
        Optional<String> messageId,
        Optional<String> networkMessageId,
        Optional<String> sender,
        Optional<String> headerFrom,
        Optional<String> subject,
        Optional<Long> sizeBytes,
        Direction direction,
        Instant firstSeen,
        Instant lastSeen,
        List<String> path,
        Join join,
        List<TraceRecipient> recipients,
        List<Notice> notices,
        List<Related> related,
        List<Event> events,
        Links links) {
    public Trace {
        path = List.copyOf(path);
        recipients = List.copyOf(recipients);
        notices = ofWhoIsShown(notices, recipients);
        related = List.copyOf(related);
        events = List.copyOf(events);
    }

    /** A table has no row, and a trace that is cut no room, for a notice about somebody who has no outcome here. */
    private static List<Notice> ofWhoIsShown(List<Notice> notices, List<TraceRecipient> recipients) {
        if (notices.stream().allMatch(notice -> notice.recipient().isEmpty())) {
            return List.copyOf(notices);
        }
        Set<String> shown = recipients.stream().map(TraceRecipient::address).collect(Collectors.toSet());
        return notices.stream()
                .map(notice -> notice.recipient()
                                .filter(about -> !shown.contains(about))
                                .isPresent()
                        ? new Notice(notice.code(), notice.text())
                        : notice)
                .toList();
    }

    /** How sure it is that all of this is one message. */
    public enum Confidence {
        /** Joined by ids. */
        EXACT,
        /** Joined by sender, recipient, subject and time. */
        PROBABLE
    }

    /** What joined the sources' sightings. */
    public record Join(Confidence confidence, List<String> by) {}

    /**
     * Something worth knowing that changes no outcome.
     *
     * @param recipient whom alone it is about, by the address that is shown, which of an alias is the alias; empty if it is
     *     about the message, or about somebody who is not shown
     */
    public record Notice(String code, String text, Optional<String> recipient) {
        /** The code of a message that may be no message of its own. */
        public static final String MAYBE_PART_OF_ANOTHER = "MAYBE_PART_OF_ANOTHER";

        public Notice {
            // Traces that reports kept before a notice could be about one recipient have none.
            recipient = Optional.ofNullable(recipient).flatMap(address -> address);
        }

        /** A notice about the message. */
        public Notice(String code, String text) {
            this(code, text, Optional.empty());
        }
    }

    /**
     * Another message that belongs to this one, such as its bounce; a source's record names both.
     *
     * @param messageId its Message-ID header
     * @param source whose record links the two
     * @param id of its trace, if it was found; look it up under {@code /traces/{id}}
     */
    public record Related(Relation relation, String messageId, String source, Optional<String> id, String text) {}

    /** One event of one source; the order is the order of custody, never of clocks of different systems. */
    public record Event(
            String source,
            Instant at,
            String type,
            Optional<String> recipient,
            Optional<String> host,
            Optional<String> text,
            List<NameValue> raw) {}

    /** Where to look further. */
    public record Links(String self, List<String> consoles) {}
}
