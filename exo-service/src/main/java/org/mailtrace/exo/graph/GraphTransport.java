package org.mailtrace.exo.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.mailtrace.contract.SourceState;
import org.mailtrace.exo.quota.Errand;
import org.mailtrace.exo.quota.RequestBudget;
import org.mailtrace.exo.quota.RetryAfter;
import org.mailtrace.exo.wire.Reply;
import org.mailtrace.exo.wire.Wire;
import org.mailtrace.exo.words.Words;
import org.mailtrace.http.guard.SourceFailure;

/** One request to Graph: paid for, sent, and its reply read or turned into a failure. */
final class GraphTransport {
    private static final int OK = 200;
    private static final int UNAUTHORISED = 401;
    private static final int TOO_MANY_REQUESTS = 429;

    private final Wire wire;
    private final RequestBudget budget;
    private final ObjectMapper json;
    private final Clock clock;

    GraphTransport(Wire wire, RequestBudget budget, ObjectMapper json, Clock clock) {
        this.wire = wire;
        this.budget = budget;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Sends one GET.
     *
     * @param tokenRefused set when Graph refuses the token itself, so that a new one may help
     */
    JsonNode get(URI address, String token, Errand errand, AtomicBoolean tokenRefused) throws IOException {
        pay(errand);
        Reply reply = wire.send(
                HttpRequest.newBuilder(address)
                        .header("Authorization", "Bearer " + token)
                        .header("Accept", "application/json")
                        .header("Prefer", "include-unknown-enum-members")
                        .header("client-request-id", UUID.randomUUID().toString())
                        .GET(),
                errand.deadline());
        return switch (reply.status()) {
            case OK -> collection(reply);
            case UNAUTHORISED -> throw unauthorised(reply, tokenRefused);
            case TOO_MANY_REQUESTS -> throw throttled(Words.GRAPH_THROTTLED, budget.pause(RetryAfter.of(reply, clock)));
            default -> throw GraphErrors.of(reply, json);
        };
    }

    private void pay(Errand errand) {
        Optional<Duration> wait = budget.take(errand.priority());
        if (wait.isPresent()) {
            throw throttled(Words.BUDGET_SPENT, wait.orElseThrow());
        }
    }

    private SourceFailure unauthorised(Reply reply, AtomicBoolean tokenRefused) {
        if (GraphErrors.lacksServicePrincipal(reply, json)) {
            return new SourceFailure(SourceState.DENIED, Words.SERVICE_PRINCIPAL_MISSING);
        }
        tokenRefused.set(true);
        return new SourceFailure(SourceState.DENIED, Words.TOKEN_REFUSED);
    }

    /** A reply without its list is no answer: taking it for an empty list would hide every message. */
    private JsonNode collection(Reply reply) throws IOException {
        JsonNode body = json.readTree(reply.body());
        if (!body.path("value").isArray()) {
            throw new SourceFailure(SourceState.FAILED, Words.GRAPH_FAILED);
        }
        return body;
    }

    private static SourceFailure throttled(String sentence, Duration wait) {
        return new SourceFailure(SourceState.THROTTLED, sentence, Optional.of(wait), null);
    }
}
