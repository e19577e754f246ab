package org.mailtrace.standins.exo.historical;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.mailtrace.standins.exo.TraceRefusedException;
import org.mailtrace.standins.exo.TraceRow;
import org.mailtrace.standins.exo.cmdlet.Arguments;
import org.mailtrace.standins.story.Glob;

/**
 * What a search is for. A recipient that is a group is not found, by design of the original: its members are. (Parameters
 * and bounds: the page of {@code Start-HistoricalSearch}; texts of refusals are made up.)
 */
record SearchRequest(
        String title,
        String type,
        Instant start,
        Instant end,
        List<String> senders,
        List<String> recipients,
        List<String> messageIds,
        Optional<String> networkMessageId,
        Optional<String> deliveryStatus,
        List<String> notified) {
    static final String SUMMARY = "MessageTrace";
    static final String EXTENDED = "MessageTraceDetail";

    private static final Set<String> PARAMETERS = Set.of(
            "ReportTitle",
            "ReportType",
            "StartDate",
            "EndDate",
            "SenderAddress",
            "RecipientAddress",
            "MessageID",
            "NetworkMessageID",
            "DeliveryStatus",
            "NotifyAddress");
    private static final Set<String> STATUSES = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private static final int MOST_ADDRESSES = 100;

    static {
        STATUSES.addAll(List.of("Delivered", "Expanded", "Failed"));
    }

    SearchRequest {
        senders = List.copyOf(senders);
        recipients = List.copyOf(recipients);
        messageIds = List.copyOf(messageIds);
        notified = List.copyOf(notified);
    }

    static SearchRequest of(Arguments arguments) {
        arguments.onlyKnown(PARAMETERS);
        arguments.required("StartDate");
        arguments.required("EndDate");
        SearchRequest request = new SearchRequest(
                arguments.required("ReportTitle"),
                arguments.required("ReportType"),
                arguments.time("StartDate").orElseThrow(),
                arguments.time("EndDate").orElseThrow(),
                arguments.texts("SenderAddress"),
                arguments.texts("RecipientAddress"),
                arguments.texts("MessageID"),
                arguments.text("NetworkMessageID").map(SearchRequest::plain),
                arguments.text("DeliveryStatus"),
                arguments.texts("NotifyAddress"));
        request.check();
        return request;
    }

    boolean isExtended() {
        return type.equals(EXTENDED);
    }

    boolean finds(TraceRow row) {
        return !row.received().isBefore(start)
                && row.received().isBefore(end)
                && any(senders, row.story().from())
                && any(recipients, row.recipient())
                && (recipients.isEmpty() || !row.status().equals("expanded"))
                && (messageIds.isEmpty() || messageIds.contains(row.story().messageId()))
                && networkMessageId.map(plain(row.id())::equals).orElse(true)
                && deliveryStatus.map(row.status()::equalsIgnoreCase).orElse(true);
    }

    /** A network message id as the reports write it. */
    static String plain(String guid) {
        return guid.replace("-", "").toLowerCase(Locale.ROOT);
    }

    private void check() {
        if (!Set.of(SUMMARY, EXTENDED).contains(type)) {
            throw new TraceRefusedException("This stand-in has no reports of the type '" + type + "'.");
        }
        if (senders.isEmpty() && recipients.isEmpty() && messageIds.isEmpty()) {
            throw new TraceRefusedException(
                    "At least one of the parameters MessageID, RecipientAddress and SenderAddress is required.");
        }
        if (senders.size() > MOST_ADDRESSES || recipients.size() > MOST_ADDRESSES) {
            throw new TraceRefusedException("No more than 100 addresses can be given.");
        }
        if (!start.isBefore(end)) {
            throw new TraceRefusedException("Invalid StartDate value. The StartDate can't be later than EndDate.");
        }
        deliveryStatus.filter(status -> !STATUSES.contains(status)).ifPresent(status -> {
            throw new TraceRefusedException("The DeliveryStatus can be Delivered, Expanded or Failed.");
        });
    }

    private static boolean any(List<String> wanted, String actual) {
        return wanted.isEmpty() || wanted.stream().anyMatch(pattern -> Glob.matches(pattern, actual));
    }
}
