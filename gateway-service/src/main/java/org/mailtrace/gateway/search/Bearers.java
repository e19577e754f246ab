package org.mailtrace.gateway.search;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.mailtrace.gateway.answer.Trace.Notice;
import org.mailtrace.gateway.answer.TraceRecipient;
import org.mailtrace.gateway.join.Message;

/**
 * Who bears a notice about one address, so that it stands where that recipient stands: in a row of a table, or among what
 * is left of a trace that is cut. Mail to an alias is told of under the alias, and so is what is worth knowing about its
 * mailbox. What is about nobody who is shown is about the message.
 */
final class Bearers {
    private final Map<String, Set<String>> reached = new HashMap<>();
    private final Message message;
    private final List<String> shown;

    Bearers(Message message, List<TraceRecipient> shown) {
        this.message = message;
        this.shown = shown.stream().map(TraceRecipient::address).toList();
    }

    List<Notice> of(List<Notice> notices) {
        return notices.stream()
                .flatMap(notice ->
                        notice.recipient().map(about -> borne(notice, about)).orElseGet(() -> Stream.of(notice)))
                .toList();
    }

    private Stream<Notice> borne(Notice notice, String about) {
        List<String> bearers = bearersOf(about);
        return bearers.isEmpty()
                ? Stream.of(new Notice(notice.code(), notice.text()))
                : bearers.stream().map(bearer -> new Notice(notice.code(), notice.text(), Optional.of(bearer)));
    }

    private List<String> bearersOf(String about) {
        if (shown.contains(about)) {
            return List.of(about);
        }
        return shown.stream()
                .filter(address ->
                        reached.computeIfAbsent(address, this::reachedFrom).contains(about.toLowerCase(Locale.ROOT)))
                .toList();
    }

    /** Wherever mail to an address went on, itself included. */
    private Set<String> reachedFrom(String address) {
        Set<String> addresses = new HashSet<>();
        List<String> open = new ArrayList<>(List.of(address));
        while (!open.isEmpty()) {
            String next = open.removeLast();
            if (addresses.add(next.toLowerCase(Locale.ROOT))) {
                open.addAll(Assembly.onwards(message, next));
            }
        }
        return addresses;
    }
}
