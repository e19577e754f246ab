package org.mailtrace.exo.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.mailtrace.contract.CircuitState;
import org.mailtrace.contract.SourceState;
import org.mailtrace.exo.quota.Errand;
import org.mailtrace.exo.quota.RequestBudget;
import org.mailtrace.exo.rows.DetailRow;
import org.mailtrace.exo.rows.MessageTraces;
import org.mailtrace.exo.rows.RowPage;
import org.mailtrace.exo.rows.Rows;
import org.mailtrace.exo.rows.TraceFilter;
import org.mailtrace.exo.rows.TraceRow;
import org.mailtrace.exo.token.AccessTokens;
import org.mailtrace.exo.token.CredentialWatch;
import org.mailtrace.exo.token.Required;
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
@Startup
@ApplicationScoped
public class GraphClient implements MessageTraces {
    /** With less time than this no further request is begun. */
    private static final Duration SHORTEST_CALL = Duration.ofSeconds(1);

    private final GraphTransport transport;
    private final GraphAddresses addresses;
    private final Guarded guarded;
    private final AccessTokens tokens;
    private final CredentialWatch credentials;
    private final int maxPages;

    GraphClient(
            GraphSettings settings,
            Wire wire,
            AccessTokens tokens,
            CredentialWatch credentials,
            RequestBudget budget,
            ObjectMapper json,
            Clock clock) {
        this.transport = new GraphTransport(wire, budget, json, clock);
        this.addresses = new GraphAddresses(
                Required.address("mailtrace.exo.graph-url", Optional.of(settings.graphUrl())), settings.pageSize());
        this.guarded = new Guarded(Words.SOURCE, settings.graphGuard(), clock);
        this.tokens = tokens;
        this.credentials = credentials;
        this.maxPages = settings.maxPages();
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
        Optional<URI> next = Optional.of(addresses.traces(filter));
        while (next.isPresent()) {
            try {
                if (visited.size() >= maxPages) {
                    throw new SourceFailure(SourceState.TRUNCATED, Words.TOO_MANY_ROWS);
                }
                if (!visited.add(next.orElseThrow())) {
                    throw new SourceFailure(SourceState.FAILED, Words.PAGES_IN_A_CIRCLE);
                }
                JsonNode page = ask(next.orElseThrow(), errand);
                RowPage read = read(page);
                rows.addAll(read.rows());
                unreadable += read.unreadable();
                next = nextOf(page);
            } catch (SourceFailure e) {
                return new Rows(rows, unreadable, Optional.of(e));
            }
        }
        return new Rows(rows, unreadable, Optional.empty());
    }

    @Override
    public RowPage page(TraceFilter filter, Optional<String> place, Errand errand) {
        URI address = place.map(link -> addresses.next(link).orElseThrow(GraphClient::elsewhere))
                .orElseGet(() -> addresses.traces(filter));
        JsonNode page = ask(address, errand);
        RowPage read = read(page);
        return new RowPage(read.rows(), read.unreadable(), nextOf(page).map(URI::toString));
    }

    @Override
    public List<DetailRow> details(TraceRow row, Errand errand) {
        if (!ODataText.isSafe(row.recipient())) {
            throw new SourceFailure(SourceState.CANNOT_ANSWER, Words.GRAPH_REFUSED_QUESTION);
        }
        JsonNode answer = ask(addresses.details(row.traceId(), row.recipient()), errand);
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
        if (!link.isTextual() || link.asText().isBlank()) {
            return Optional.empty();
        }
        return Optional.of(addresses.next(link.asText()).orElseThrow(GraphClient::elsewhere));
    }

    private static SourceFailure elsewhere() {
        return new SourceFailure(SourceState.FAILED, Words.PAGE_ELSEWHERE);
    }

    private JsonNode ask(URI address, Errand errand) {
        try {
            JsonNode answer = askWithFreshToken(address, errand);
            credentials.accepted();
            return answer;
        } catch (SourceFailure e) {
            if (e.state() == SourceState.DENIED) {
                credentials.refused();
            }
            throw e;
        }
    }

    /** A token can be revoked before its time; one new token is tried, a second refusal is final. */
    private JsonNode askWithFreshToken(URI address, Errand errand) {
        String token = tokens.current(errand.deadline());
        AtomicBoolean refused = new AtomicBoolean();
        try {
            return call(address, token, errand, refused);
        } catch (SourceFailure e) {
            if (!refused.get()) {
                throw e;
            }
            tokens.forget(token);
            return call(address, tokens.current(errand.deadline()), errand, new AtomicBoolean());
        }
    }

    private JsonNode call(URI address, String token, Errand errand, AtomicBoolean refused) {
        if (!errand.deadline().allows(SHORTEST_CALL)) {
            throw new SourceFailure(SourceState.TIMED_OUT, Words.NO_ANSWER_IN_TIME);
        }
        return guarded.call(() -> transport.get(address, token, errand, refused), JsonNode.class);
    }
}
