package org.mailtrace.exo.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import org.mailtrace.contract.CircuitState;
import org.mailtrace.exo.quota.Errand;
import org.mailtrace.exo.rows.DetailRow;
import org.mailtrace.exo.rows.MessageTraces;
import org.mailtrace.exo.rows.RowPage;
import org.mailtrace.exo.rows.Rows;
import org.mailtrace.exo.rows.TraceFilter;
import org.mailtrace.exo.rows.TraceRow;
import org.mailtrace.http.guard.SourceFailure;

/** Answers as Exchange Online does: newest first, a few rows a page, and whatever a test wants to go wrong. */
final class FakeTraces implements MessageTraces {
    final List<TraceRow> rows = new CopyOnWriteArrayList<>();
    final List<String> pagesAsked = new CopyOnWriteArrayList<>();
    final List<String> detailsAsked = new CopyOnWriteArrayList<>();
    final ConcurrentLinkedDeque<SourceFailure> failures = new ConcurrentLinkedDeque<>();
    final ConcurrentHashMap<String, SourceFailure> detailFailures = new ConcurrentHashMap<>();
    private final int pageSize;
    private Runnable beforeEachPage = () -> {};
    private BiFunction<TraceFilter, Optional<String>, Optional<RowPage>> instead = (filter, place) -> Optional.empty();

    FakeTraces(int pageSize) {
        this.pageSize = pageSize;
    }

    static TraceRow row(String id, Instant at, String recipient, String status) {
        return new TraceRow(
                id,
                Optional.of("<" + id + "@contoso.example>"),
                "sam@contoso.example",
                recipient,
                Optional.of("Quarterly report"),
                at,
                Optional.of(45678L),
                status,
                Optional.of("192.0.2.7"),
                Optional.empty());
    }

    /** A synthetic network message id. */
    static String id(int number) {
        return "4451a062-48cb-e80d-e8c0-%012x".formatted(number);
    }

    void before(Runnable eachPage) {
        beforeEachPage = eachPage;
    }

    void instead(BiFunction<TraceFilter, Optional<String>, Optional<RowPage>> answer) {
        instead = answer;
    }

    @Override
    public boolean takesSeveralRecipients() {
        return false;
    }

    @Override
    public Rows rows(TraceFilter filter, Errand errand) {
        List<TraceRow> all = new ArrayList<>();
        Optional<String> place = Optional.empty();
        do {
            RowPage page;
            try {
                page = page(filter, place, errand);
            } catch (SourceFailure e) {
                return new Rows(all, 0, Optional.of(e));
            }
            all.addAll(page.rows());
            place = page.next();
        } while (place.isPresent());
        return new Rows(all, 0, Optional.empty());
    }

    @Override
    public RowPage page(TraceFilter filter, Optional<String> place, Errand errand) {
        beforeEachPage.run();
        pagesAsked.add(filter.from() + "/" + filter.to() + " " + String.join(",", filter.recipients()) + " "
                + place.orElse("0"));
        SourceFailure failure = failures.poll();
        if (failure != null) {
            throw failure;
        }
        return instead.apply(filter, place).orElseGet(() -> selected(filter, place));
    }

    private RowPage selected(TraceFilter filter, Optional<String> place) {
        List<TraceRow> selected = rows.stream()
                .filter(row -> !row.receivedAt().isBefore(filter.from())
                        && !row.receivedAt().isAfter(filter.to()))
                .filter(row -> filter.recipients().isEmpty()
                        || filter.recipients().contains(row.recipient().toLowerCase(Locale.ROOT)))
                .filter(row -> filter.traceId().map(row.traceId()::equals).orElse(true))
                .sorted(Comparator.comparing(TraceRow::receivedAt).reversed().thenComparing(TraceRow::traceId))
                .toList();
        int begin = place.map(Integer::parseInt).orElse(0);
        int end = Math.min(begin + pageSize, selected.size());
        return new RowPage(
                begin > end ? List.of() : selected.subList(begin, end),
                0,
                end < selected.size() ? Optional.of(Integer.toString(end)) : Optional.empty());
    }

    @Override
    public List<DetailRow> details(TraceRow row, Errand errand) {
        detailsAsked.add(row.recipient());
        SourceFailure failure = detailFailures.remove(row.recipient());
        if (failure != null) {
            throw failure;
        }
        String event = row.status().equals("expanded") ? "Expand" : "Deliver";
        return List.of(new DetailRow(row.receivedAt(), event, "", "The message was handled.", "<root/>"));
    }

    @Override
    public CircuitState circuit() {
        return CircuitState.CLOSED;
    }

    @Override
    public Optional<Instant> lastSuccess() {
        return Optional.empty();
    }
}
