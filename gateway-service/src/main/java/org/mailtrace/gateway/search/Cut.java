package org.mailtrace.gateway.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.mailtrace.gateway.answer.Trace;
import org.mailtrace.gateway.answer.TraceRecipient;
import org.mailtrace.gateway.words.PageWords;

/**
 * A trace as small as an answer may become, with a notice for whatever is left out: of its recipients the last ones, of
 * its events those from the middle, because how it began and how it ended says most.
 */
final class Cut {
    private static final int NOTICES = 1000;

    private final int limit;
    private final Shape shape;
    private final Predicate<String> asked;

    Cut(int limit, Shape shape, Predicate<String> asked) {
        this.limit = limit;
        this.shape = shape;
        this.asked = asked;
    }

    Trace of(Trace trace) {
        List<Trace.Notice> notices = new ArrayList<>(trace.notices().stream()
                .filter(notice -> notice.recipient().isEmpty())
                .toList());
        List<Trace.Related> related = firsts(trace.related(), shape::sizeOf, limit / 8);
        if (related.size() < trace.related().size()) {
            notices.add(new Trace.Notice(
                    "RELATED_LEFT_OUT",
                    PageWords.leftOut(
                            "related messages", related.size(), trace.related().size())));
        }
        long fixed = NOTICES + shape.sizeOf(with(trace, List.of(), notices, related, List.of()));
        Map<String, List<Trace.Notice>> ofOne = trace.notices().stream()
                .filter(notice -> notice.recipient().isPresent())
                .collect(Collectors.groupingBy(notice -> notice.recipient().orElseThrow()));
        ToLongFunction<TraceRecipient> sizeOf = recipient -> shape.sizeOf(trace, recipient)
                + ofOne.getOrDefault(recipient.address(), List.of()).stream()
                        .mapToLong(Body::sizeOf)
                        .sum();
        List<TraceRecipient> recipients = firsts(askedForFirst(trace.recipients()), sizeOf, (limit - fixed) * 3 / 4);
        recipients.forEach(recipient -> notices.addAll(ofOne.getOrDefault(recipient.address(), List.of())));
        if (recipients.size() < trace.recipients().size()) {
            notices.add(new Trace.Notice(
                    "RECIPIENTS_LEFT_OUT",
                    PageWords.leftOut(
                            "recipients", recipients.size(), trace.recipients().size())));
        }
        long taken = recipients.stream().mapToLong(sizeOf).sum();
        List<Trace.Event> events = ends(trace.events(), limit - fixed - taken);
        if (events.size() < trace.events().size()) {
            notices.add(new Trace.Notice(
                    "EVENTS_LEFT_OUT",
                    PageWords.eventsLeftOut(events.size(), trace.events().size())));
        }
        return with(trace, recipients, notices, related, events);
    }

    private List<TraceRecipient> askedForFirst(List<TraceRecipient> recipients) {
        return recipients.stream()
                .sorted(Comparator.comparing(recipient -> !asked.test(recipient.address())))
                .toList();
    }

    private static <T> List<T> firsts(List<T> all, ToLongFunction<T> sizeOf, long room) {
        long left = room;
        List<T> fitting = new ArrayList<>();
        for (T one : all) {
            left -= sizeOf.applyAsLong(one);
            if (left < 0) {
                break;
            }
            fitting.add(one);
        }
        return fitting;
    }

    /** From the beginning and from the end in turn. */
    private List<Trace.Event> ends(List<Trace.Event> all, long room) {
        long left = room;
        List<Trace.Event> beginning = new ArrayList<>();
        List<Trace.Event> end = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            boolean fromTheEnd = i % 2 == 1;
            Trace.Event event = all.get(fromTheEnd ? all.size() - 1 - i / 2 : i / 2);
            left -= shape.sizeOf(event);
            if (left < 0) {
                break;
            }
            (fromTheEnd ? end : beginning).add(event);
        }
        beginning.addAll(end.reversed());
        return beginning;
    }

    private static Trace with(
            Trace trace,
            List<TraceRecipient> recipients,
            List<Trace.Notice> notices,
            List<Trace.Related> related,
            List<Trace.Event> events) {
        return new Trace(
                trace.id(),
                trace.messageId(),
                trace.networkMessageId(),
                trace.sender(),
                trace.headerFrom(),
                trace.subject(),
                trace.sizeBytes(),
                trace.direction(),
                trace.firstSeen(),
                trace.lastSeen(),
                trace.path(),
                trace.join(),
                recipients,
                notices,
                related,
                events,
                trace.links());
    }
}
