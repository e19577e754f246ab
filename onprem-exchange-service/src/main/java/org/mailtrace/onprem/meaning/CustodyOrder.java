package org.mailtrace.onprem.meaning;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Puts a message's rows into the order of custody. Time orders the rows of one server, because one clock stamped them;
 * between servers only a hand-over does: what the next server says comes after the SEND that gave it the message, however
 * far the two clocks are apart. Where no hand-over tells, time is all there is.
 */
final class CustodyOrder {
    private static final Comparator<LogRow> BY_TIME =
            Comparator.comparing((LogRow row) -> row.row().at()).thenComparingInt(row -> stage(row.event()));

    private final Map<String, List<LogRow>> byServer = new TreeMap<>();
    private final IdentityHashMap<LogRow, List<LogRow>> before = new IdentityHashMap<>();
    private final IdentityHashMap<LogRow, Set<String>> recipients = new IdentityHashMap<>();

    private CustodyOrder(List<LogRow> rows) {
        rows.forEach(row -> byServer.computeIfAbsent(HopLink.label(row.server()), any -> new ArrayList<>())
                .add(row));
        byServer.values().forEach(own -> own.sort(BY_TIME));
    }

    static List<LogRow> of(List<LogRow> rows, Site site) {
        CustodyOrder order = new CustodyOrder(rows);
        if (order.byServer.size() > 1) {
            order.linkHops(site);
            order.linkSubmission();
        }
        return order.merged();
    }

    private void linkHops(Site site) {
        Map<HopLink, LogRow> entries = new HashMap<>();
        byServer.values()
                .forEach(own -> own.stream()
                        .filter(row -> !row.noise())
                        .forEach(row -> HopLink.of(row).ifPresent(link -> entries.putIfAbsent(link, row))));
        for (Map.Entry<String, List<LogRow>> server : byServer.entrySet()) {
            for (LogRow send : server.getValue()) {
                if (send.event().equals("SEND")) {
                    Optional<LogRow> entry = HopLink.next(send)
                            .map(entries::get)
                            .or(() -> SmtpReply.host(send.row())
                                    .filter(site::isOurServer)
                                    .flatMap(host -> taken(send, HopLink.label(host))));
                    entry.filter(row -> !HopLink.label(row.server()).equals(server.getKey()))
                            .ifPresent(row -> comesAfter(row, send));
                }
            }
        }
    }

    /** Without a link by id: the first row of the named server that takes one of the same recipients from this one. */
    private Optional<LogRow> taken(LogRow send, String server) {
        Set<String> recipients = recipients(send);
        return byServer.getOrDefault(server, List.of()).stream()
                .filter(row -> !row.noise())
                .filter(row -> row.event().equals("RECEIVE")
                        ? HopLink.label(row.row().value("client-hostname")).equals(HopLink.label(send.server()))
                        : row.row().source().equals("STOREDRIVER"))
                .filter(row -> !Collections.disjoint(recipients(row), recipients))
                .findFirst();
    }

    private Set<String> recipients(LogRow row) {
        return recipients.computeIfAbsent(
                row,
                any -> row.row().recipients().stream()
                        .map(address -> address.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toSet()));
    }

    /** A message leaves its sender's mailbox before any other server has it. */
    private void linkSubmission() {
        for (Map.Entry<String, List<LogRow>> server : byServer.entrySet()) {
            server.getValue().stream()
                    .filter(row -> row.row().source().equals("STOREDRIVER")
                            && (row.event().equals("RECEIVE") || row.event().equals("SUBMIT")))
                    .findFirst()
                    .ifPresent(submitted -> byServer.forEach((other, rows) -> {
                        if (!other.equals(server.getKey())) {
                            rows.stream()
                                    .filter(row -> !row.noise())
                                    .findFirst()
                                    .ifPresent(first -> comesAfter(first, submitted));
                        }
                    }));
        }
    }

    private void comesAfter(LogRow later, LogRow earlier) {
        before.computeIfAbsent(later, any -> new ArrayList<>()).add(earlier);
    }

    /** Always takes the oldest row that waits for nothing; in a circle, the oldest row. */
    private List<LogRow> merged() {
        List<Deque<LogRow>> queues = new ArrayList<>();
        byServer.values().forEach(own -> queues.add(new ArrayDeque<>(own)));
        List<LogRow> order = new ArrayList<>();
        Set<LogRow> taken = Collections.newSetFromMap(new IdentityHashMap<>());
        while (true) {
            Optional<Deque<LogRow>> next = oldest(queues, row -> taken.containsAll(before.getOrDefault(row, List.of())))
                    .or(() -> oldest(queues, row -> true));
            if (next.isEmpty()) {
                return order;
            }
            LogRow row = next.get().removeFirst();
            taken.add(row);
            order.add(row);
        }
    }

    private static Optional<Deque<LogRow>> oldest(List<Deque<LogRow>> queues, Predicate<LogRow> ready) {
        Deque<LogRow> best = null;
        Instant at = Instant.MAX;
        for (Deque<LogRow> queue : queues) {
            LogRow head = queue.peekFirst();
            if (head != null
                    && ready.test(head)
                    && (best == null || head.row().at().isBefore(at))) {
                best = queue;
                at = head.row().at();
            }
        }
        return Optional.ofNullable(best);
    }

    /** Within one millisecond of one server: what must come first does. */
    private static int stage(String event) {
        return EventIds.of(event)
                .map(verdict -> switch (verdict.type()) {
                    case RECEIVE, SUBMIT -> 0;
                    case MODERATION -> 1;
                    case RESOLVE, EXPAND, REDIRECT -> 2;
                    case TRANSFER -> 3;
                    case DEFER -> 4;
                    case SEND -> 5;
                    default -> 6;
                })
                .orElse(6);
    }
}
