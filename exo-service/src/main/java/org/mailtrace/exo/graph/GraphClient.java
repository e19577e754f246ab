package org.mailtrace.exo.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mailtrace.contract.CircuitState;
import org.mailtrace.contract.SourceState;
import org.mailtrace.exo.quota.Errand;
import org.mailtrace.exo.quota.RequestBudget;
import org.mailtrace.exo.rows.DetailRow;
import org.mailtrace.exo.rows.MessageTraces;
import org.mailtrace.exo.rows.RowPage;
import org.mailtrace.exo.rows.Rows;
import org.mailtrace.exo.rows.SearchText;
import org.mailtrace.exo.rows.TraceFilter;
import org.mailtrace.exo.rows.TraceRow;
import org.mailtrace.exo.token.AccessTokens;
import org.mailtrace.exo.token.CredentialWatch;
import org.mailtrace.exo.token.Required;
import org.mailtrace.exo.token.SignedCalls;
import org.mailtrace.exo.wire.Wire;
import org.mailtrace.exo.words.Words;
import org.mailtrace.http.guard.Guarded;
import org.mailtrace.http.guard.SourceFailure;

/**
 * Asks Graph's message trace
 * (<a href="https://learn.microsoft.com/graph/api/messagetracingroot-list-messagetraces">list</a>,
 * <a href="https://learn.microsoft.com/graph/api/exchangemessagetrace-getdetailsbyrecipient">details</a>) behind one
 * circuit. Requests are reads, so one that failed may be sent again.
 */
@Singleton
@Typed(GraphClient.class)
public class GraphClient implements MessageTraces {
    private final GraphTransport transport;
    private final GraphAddresses addresses;
    private final Guarded guarded;
    private final int maxPages;
    private final int maxReportPages;

    GraphClient(
            GraphSettings settings,
            Wire wire,
            AccessTokens tokens,
            CredentialWatch credentials,
            RequestBudget budget,
            ObjectMapper json,
            Clock clock) {
        this.addresses = new GraphAddresses(
                Required.address("mailtrace.exo.graph-url", Optional.of(settings.graphUrl())), settings.pageSize());
        this.guarded = new Guarded(Words.SOURCE, settings.graphGuard(), clock);
        this.transport = new GraphTransport(
                wire, new SignedCalls(tokens, credentials, budget, clock, settings.scope(), guarded), json);
        this.maxPages = settings.maxPages();
        this.maxReportPages = settings.maxReportPages();
    }

    @Override
    public boolean takesSeveralRecipients() {
        return false;
    }

    @Override
    public Rows rows(TraceFilter filter, Errand errand) {
        List<TraceRow> rows = new ArrayList<>();
        Set<URI> visited = new HashSet<>();
        int unreadable = 0;
        try {
            Optional<URI> next = Optional.of(firstPage(filter));
            while (next.isPresent()) {
                URI address = next.orElseThrow();
                if (visited.size() >= maxPages) {
                    throw new SourceFailure(SourceState.TRUNCATED, Words.TOO_MANY_ROWS);
                }
                if (!visited.add(address)) {
                    throw new SourceFailure(SourceState.FAILED, Words.PAGES_IN_A_CIRCLE);
                }
                JsonNode page = transport.get(address, errand);
                RowPage read = read(page);
                rows.addAll(read.rows());
                unreadable += read.unreadable();
                next = nextOf(page);
            }
            return new Rows(rows, unreadable, Optional.empty());
        } catch (SourceFailure e) {
            return new Rows(rows, unreadable, Optional.of(e));
        }
    }

    @Override
    public RowPage page(TraceFilter filter, Optional<String> place, Errand errand) {
        PagePlace here = place.map(text -> PagePlace.read(text, addresses.site()))
                .orElseGet(() -> PagePlace.first(firstPage(filter)));
        JsonNode page = transport.get(here.address(), errand);
        RowPage read = read(page);
        Optional<String> next =
                nextOf(page).map(link -> here.next(link, maxReportPages).text());
        return new RowPage(read.rows(), read.unreadable(), next);
    }

    @Override
    public List<DetailRow> details(TraceRow row, Errand errand) {
        if (!SearchText.isSafe(row.recipient()) || !SearchText.isSafe(row.traceId())) {
            throw new SourceFailure(SourceState.CANNOT_ANSWER, Words.GRAPH_REFUSED_QUESTION);
        }
        JsonNode answer = transport.get(addresses.details(row.traceId(), row.recipient()), errand);
        List<DetailRow> details = new ArrayList<>();
        answer.path("value").forEach(event -> GraphRows.event(event).ifPresent(details::add));
        return List.copyOf(details);
    }

    @Override
    public CircuitState circuit() {
        return guarded.circuit();
    }

    @Override
    public Optional<Instant> lastSuccess() {
        return guarded.lastSuccess();
    }

    private URI firstPage(TraceFilter filter) {
        if (!filter.isSafe()) {
            throw new SourceFailure(SourceState.CANNOT_ANSWER, Words.GRAPH_REFUSED_QUESTION);
        }
        return addresses.traces(filter);
    }

    private static RowPage read(JsonNode page) {
        List<TraceRow> rows = new ArrayList<>();
        int unreadable = 0;
        for (JsonNode row : page.path("value")) {
            Optional<TraceRow> read = GraphRows.row(row);
            read.ifPresent(rows::add);
            unreadable += read.isPresent() ? 0 : 1;
        }
        return new RowPage(rows, unreadable, Optional.empty());
    }

    private Optional<URI> nextOf(JsonNode page) {
        JsonNode link = page.path("@odata.nextLink");
        if (link.isMissingNode()
                || link.isNull()
                || (link.isTextual() && link.asText().isBlank())) {
            return Optional.empty();
        }
        return Optional.of(addresses
                .site()
                .link(link.asText())
                .orElseThrow(() -> new SourceFailure(SourceState.FAILED, Words.PAGE_ELSEWHERE)));
    }
}
