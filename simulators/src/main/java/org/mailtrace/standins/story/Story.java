package org.mailtrace.standins.story;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One message, what each system did with it, and what must be concluded.
 *
 * @param at when it began
 * @param messageId the Message-ID header with angle brackets
 * @param networkMessageId the GUID that Exchange knows it by
 * @param from the envelope sender, lower case; {@code <>} for the null sender
 * @param headerFrom the From header where it differs
 * @param to the envelope recipients, lower case
 * @param sizeBytes its size
 * @param notices codes that the answer must carry
 * @param related what the messages are that must stand beside it, when they are asked for
 */
public record Story(
        String id,
        String title,
        Instant at,
        String messageId,
        String networkMessageId,
        String from,
        Optional<String> headerFrom,
        List<String> to,
        String subject,
        long sizeBytes,
        List<Hop> hops,
        Ask ask,
        List<Expectation> expect,
        List<String> notices,
        List<String> related) {

    /** The null sender as mail servers write it. */
    public static final String NULL_SENDER = "<>";

    public Story {
        to = List.copyOf(to);
        hops = List.copyOf(hops);
        expect = List.copyOf(expect);
        notices = List.copyOf(notices);
        related = List.copyOf(related);
    }

    /** What one system did, in order. */
    public Stream<Hop> hopsOf(MailSystem system) {
        return hops.stream().filter(hop -> hop.system() == system);
    }

    /** The domain that the sender's own identifiers end with. */
    public String senderDomain() {
        int at = from.lastIndexOf('@');
        return at < 0 ? "mail.invalid" : from.substring(at + 1);
    }
}
