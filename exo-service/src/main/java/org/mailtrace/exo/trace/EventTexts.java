package org.mailtrace.exo.trace;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
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

    /** Addresses in the event other than the recipient's and the sender's, lower case, each once. */
    static List<String> otherAddresses(DetailEvent event, TraceRow row) {
        String recipient = row.recipient().toLowerCase(Locale.ROOT);
        String sender = row.sender().toLowerCase(Locale.ROOT);
        return texts(event)
                .flatMap(text -> ADDRESS.matcher(text).results().map(MatchResult::group))
                .map(address -> address.toLowerCase(Locale.ROOT))
                .filter(address -> !address.equals(recipient) && !address.equals(sender))
                .distinct()
                .toList();
    }

    /** Why a filter or rule acted, as an open word. */
    static Optional<String> filterReason(List<DetailEvent> events) {
        String text = events.stream()
                .filter(event -> event.type() == EventType.FILTER
                        || event.type() == EventType.QUARANTINE
                        || event.type() == EventType.DISCARD)
                .map(DetailEvent::text)
                .reduce("", (all, next) -> all + "\n" + next);
        return Stream.of("malware", "phish", "bulk", "spam", "rule")
                .filter(text::contains)
                .findFirst();
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
