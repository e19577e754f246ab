package org.mailtrace.standins.exo.historical;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.mailtrace.standins.StandInsConfig;
import org.mailtrace.standins.exo.TraceRefusedException;
import org.mailtrace.standins.exo.TraceRow;
import org.mailtrace.standins.exo.TraceRows;

/**
 * The tenant's searches since the start. 250 in 24 hours, cancelled ones included; only a search that has not started can
 * be stopped; the list goes back ten days.
 */
@ApplicationScoped
class HistoricalSearches {
    private static final int LISTED_DAYS = 10;
    private static final int KEPT_DAYS = 90;

    private final StandInsConfig.ExchangeOnline config;
    private final TraceRows rows;
    private final Clock clock;
    private final Map<UUID, HistoricalSearch> searches = new LinkedHashMap<>();

    HistoricalSearches(StandInsConfig config, TraceRows rows, Clock clock) {
        this.config = config.exchangeOnline();
        this.rows = rows;
        this.clock = clock;
    }

    synchronized HistoricalSearch start(SearchRequest request) {
        Instant now = clock.instant();
        Instant yesterday = now.minus(1, ChronoUnit.DAYS);
        long recent = searches.values().stream()
                .filter(search -> search.submitted().isAfter(yesterday))
                .count();
        if (recent >= config.historicalPerDay()) {
            throw new TraceRefusedException("The limit of " + config.historicalPerDay()
                    + " historical searches in 24 hours has been reached. Please try again later.");
        }
        if (request.start().isBefore(now.minus(KEPT_DAYS + 1, ChronoUnit.DAYS))) {
            throw new TraceRefusedException(
                    "Invalid StartDate value. The StartDate can't be older than 90 days from today.");
        }
        HistoricalSearch search = new HistoricalSearch(UUID.randomUUID(), now, request, false);
        searches.put(search.id(), search);
        return search;
    }

    /** Newest first. */
    synchronized List<HistoricalSearch> listed() {
        Instant oldest = clock.instant().minus(LISTED_DAYS, ChronoUnit.DAYS);
        return searches.values().stream()
                .filter(search -> search.submitted().isAfter(oldest))
                .sorted(Comparator.comparing(HistoricalSearch::submitted).reversed())
                .toList();
    }

    Optional<HistoricalSearch> find(String id) {
        return listed().stream()
                .filter(search -> search.id().toString().equalsIgnoreCase(id))
                .findFirst();
    }

    synchronized void stop(String id) {
        HistoricalSearch search = find(id).orElseThrow(() -> unknown(id));
        if (!status(search).equals(HistoricalSearch.NOT_STARTED)) {
            throw new TraceRefusedException(
                    "The historical search can't be stopped because its status is " + status(search) + ".");
        }
        searches.put(search.id(), search.stopped());
    }

    String status(HistoricalSearch search) {
        return search.status(clock.instant(), config.historicalPace());
    }

    /** What it found, oldest first: messages that were old enough when it was submitted. */
    List<TraceRow> found(HistoricalSearch search) {
        Duration lag = config.historicalLag();
        Instant newest = search.submitted().minus(lag);
        Collection<TraceRow> visible = rows.visibleAt(search.submitted());
        return visible.stream()
                .filter(row -> !row.received().isAfter(newest))
                .filter(search.request()::finds)
                .sorted(Comparator.comparing(TraceRow::received).thenComparing(TraceRow::id))
                .toList();
    }

    static TraceRefusedException unknown(String id) {
        return new TraceRefusedException("The historical search '" + id + "' couldn't be found.");
    }
}
