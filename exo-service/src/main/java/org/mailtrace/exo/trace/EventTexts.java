package org.mailtrace.exo.trace;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.mailtrace.contract.EventType;
import org.mailtrace.contract.NameValue;
import org.mailtrace.contract.NextHop;
import org.mailtrace.exo.detail.DetailEvent;
import org.mailtrace.exo.rows.TraceRow;

/** Finds hosts, replies, addresses and reasons in what the vendor writes about an event; none of it is documented. */
final class EventTexts {
    private static final Pattern ADDRESS =
            Pattern.compile("[^\\s<>,;:\"'()\\[\\]{}=]+@[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)+");
    private static final Pattern REPLY =
            Pattern.compile("(?:^|(?<!\\d)(?=2\\d\\d[ -]\\d\\.\\d))2\\d\\d[ -][^\\]}\\n]*");
    private static final Pattern TO_HOST =
            Pattern.compile("\\bto:?\\s+([A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)+)(?=[\\s,;]|$)");
    private static final int MAX_REPLY = 300;
    private static final Set<String> JUDGES = Set.of("spam", "malware", "phish", "spoof", "bulk");
    /** The graver first. */
    private static final List<String> JUDGED_AS = List.of("malware", "phish", "spoof", "bulk", "spam");

    private static final List<String> ACTED_FOR = List.of("malware", "phish", "spoof", "bulk", "spam", "dlp");

    private EventTexts() {}

    /** Who accepted the message: by name if the event has one, else the address of the row. */
    static Optional<NextHop> nextHop(DetailEvent send, TraceRow row) {
        Optional<String> reply = reply(send);
        return send.field("NextHop", "NextHopDomain", "RemoteHostName", "ServerHostName")
                .or(() -> firstGroup(TO_HOST, send.description()))
                .or(row::toIp)
                .or(() -> send.field("RemoteHostIp", "ServerIP"))
                .map(host -> new NextHop(host, reply));
    }

    static NextHop hop(String host, Optional<String> reply) {
        return new NextHop(host, reply);
    }

    /**
     * Addresses in the event other than the recipient's and the sender's, lower case, each once. A Message-ID looks like
     * one and is none.
     */
    static List<String> otherAddresses(DetailEvent event, TraceRow row) {
        String recipient = row.recipient().toLowerCase(Locale.ROOT);
        String sender = row.sender().toLowerCase(Locale.ROOT);
        String messageId = row.messageId().orElse("").toLowerCase(Locale.ROOT);
        return texts(event)
                .flatMap(text -> ADDRESS.matcher(text).results().map(MatchResult::group))
                .map(address -> address.toLowerCase(Locale.ROOT))
                .filter(address -> !address.equals(recipient) && !address.equals(sender))
                .filter(address -> !messageId.equals("<" + address + ">"))
                .distinct()
                .toList();
    }

    /**
     * Why a filter or rule acted, as an open word: what the event says that held or dropped the message, else what the
     * filters found. A rule that merely matched is no reason.
     */
    static Optional<String> filterReason(List<DetailEvent> events) {
        List<DetailEvent> acted = events.stream()
                .filter(event -> event.type() == EventType.QUARANTINE
                        || event.type() == EventType.DISCARD
                        || event.type() == EventType.REJECT)
                .toList();
        List<DetailEvent> judged = events.stream()
                .filter(event -> event.type() == EventType.FILTER)
                .filter(event -> JUDGES.contains(event.word()))
                .toList();
        return reason(acted, ACTED_FOR).or(() -> reason(judged, JUDGED_AS)).or(() -> reason(acted, List.of("rule")));
    }

    private static Optional<String> reason(List<DetailEvent> events, List<String> words) {
        String text = events.stream().map(DetailEvent::text).reduce("", (all, next) -> all + "\n" + next);
        return words.stream().filter(text::contains).findFirst();
    }

    private static Optional<String> reply(DetailEvent event) {
        return texts(event)
                .flatMap(text -> REPLY.matcher(text).results().map(MatchResult::group))
                .map(String::strip)
                .map(reply -> reply.length() <= MAX_REPLY ? reply : reply.substring(0, MAX_REPLY))
                .findFirst();
    }

    private static Stream<String> texts(DetailEvent event) {
        return Stream.concat(
                Stream.of(event.description()), event.data().stream().map(NameValue::value));
    }

    private static Optional<String> firstGroup(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
