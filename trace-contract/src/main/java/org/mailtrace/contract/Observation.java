package org.mailtrace.contract;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One message as one source saw it. All instants are UTC by that source's clock; clocks of different sources may be
 * minutes apart.
 *
 * @param sourceId the vendor's key together with {@code firstSeen}; stable, URL-safe, never a row number
 * @param messageId the Message-ID header with its angle brackets; not unique, senders reuse it
 * @param networkMessageId the id that Exchange gives a message, as a GUID with dashes in lower case
 * @param sender envelope sender, {@code <>} for the null sender
 * @param headerFrom the From header where the source knows it
 * @param sizeBytes size in bytes
 * @param origin where it came from, if this source could see that
 * @param direction as this source saw it
 * @param clientIp the host that handed it to this source
 * @param recipientCount how many recipients the message has here, also those not listed
 * @param recipientsComplete whether {@code recipients} lists all that this source knows
 * @param detailsFetched whether the source's details were read, or only its list row
 * @param relatedMessages other messages that belong to this one by their ids: its delivery reports, its original
 * @param consoleUrl deep link into the vendor's own console
 */
public record Observation(
        String sourceId,
        Optional<String> messageId,
        Optional<String> networkMessageId,
        Optional<String> sender,
        Optional<String> headerFrom,
        Optional<String> subject,
        Optional<Long> sizeBytes,
        Instant firstSeen,
        Instant lastSeen,
        Optional<Origin> origin,
        Optional<Direction> direction,
        Optional<String> clientIp,
        Optional<Integer> recipientCount,
        boolean recipientsComplete,
        boolean detailsFetched,
        List<Recipient> recipients,
        List<TraceEvent> events,
        List<RelatedMessage> relatedMessages,
        Optional<String> consoleUrl) {
    public Observation {
        Objects.requireNonNull(sourceId, "sourceId");
        messageId = Absent.toEmpty(messageId);
        networkMessageId = Absent.toEmpty(networkMessageId);
        sender = Absent.toEmpty(sender);
        headerFrom = Absent.toEmpty(headerFrom);
        subject = Absent.toEmpty(subject);
        sizeBytes = Absent.toEmpty(sizeBytes);
        Objects.requireNonNull(firstSeen, "firstSeen");
        Objects.requireNonNull(lastSeen, "lastSeen");
        origin = Absent.toEmpty(origin);
        direction = Absent.toEmpty(direction);
        clientIp = Absent.toEmpty(clientIp);
        recipientCount = Absent.toEmpty(recipientCount);
        recipients = Absent.toEmpty(recipients);
        events = Absent.toEmpty(events);
        relatedMessages = Absent.toEmpty(relatedMessages);
        consoleUrl = Absent.toEmpty(consoleUrl);
    }

    /** The same observation with only these recipients listed and, unless asked for, without events. */
    public Observation showing(List<Recipient> shown, boolean complete, List<TraceEvent> shownEvents) {
        return new Observation(
                sourceId,
                messageId,
                networkMessageId,
                sender,
                headerFrom,
                subject,
                sizeBytes,
                firstSeen,
                lastSeen,
                origin,
                direction,
                clientIp,
                recipientCount,
                complete,
                detailsFetched,
                shown,
                shownEvents,
                relatedMessages,
                consoleUrl);
    }
}
