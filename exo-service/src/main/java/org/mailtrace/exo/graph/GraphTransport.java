package org.mailtrace.exo.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.UUID;
import org.mailtrace.contract.SourceState;
import org.mailtrace.exo.quota.Errand;
import org.mailtrace.exo.token.SignedCalls;
import org.mailtrace.exo.wire.JsonReplies;
import org.mailtrace.exo.wire.Reply;
import org.mailtrace.exo.wire.Wire;
import org.mailtrace.exo.words.InterfaceWords;
import org.mailtrace.exo.words.Words;
import org.mailtrace.http.guard.SourceFailure;

/** One request to Graph: sent, and its reply read or turned into a failure. */
final class GraphTransport {
    private static final int OK = 200;
    private static final int UNAUTHORISED = 401;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;

    private final Wire wire;
    private final SignedCalls calls;
    private final JsonReplies json;

    GraphTransport(Wire wire, SignedCalls calls, ObjectMapper json) {
        this.wire = wire;
        this.calls = calls;
        this.json = new JsonReplies(json);
    }

    /**
     * Sends one GET.
     *
     * @throws SourceFailure if there is no answer
     */
    JsonNode get(URI address, Errand errand) {
        return calls.send(errand, JsonNode.class, (token, refused) -> get(address, token, errand, refused));
    }

    private JsonNode get(URI address, String token, Errand errand, Runnable refused) throws IOException {
        Reply reply = wire.send(
                HttpRequest.newBuilder(address)
                        .header("Authorization", "Bearer " + token)
                        .header("Accept", "application/json")
                        .header("Prefer", "include-unknown-enum-members")
                        .header("client-request-id", UUID.randomUUID().toString())
                        .GET(),
                errand.deadline());
        if (reply.status() == UNAVAILABLE && reply.header("Retry-After").isPresent()) {
            throw calls.paused(reply, InterfaceWords.ASKED_TO_WAIT);
        }
        return switch (reply.status()) {
            case OK -> collection(reply);
            case UNAUTHORISED -> throw unauthorised(reply, refused);
            case TOO_MANY_REQUESTS -> throw calls.paused(reply, Words.GRAPH_THROTTLED);
            default -> throw GraphErrors.of(reply, json);
        };
    }

    private SourceFailure unauthorised(Reply reply, Runnable refused) {
        if (GraphErrors.lacksServicePrincipal(reply, json)) {
            return new SourceFailure(SourceState.DENIED, Words.SERVICE_PRINCIPAL_MISSING);
        }
        refused.run();
        return new SourceFailure(SourceState.DENIED, Words.TOKEN_REFUSED);
    }

    /** A reply without its list is no answer: taking it for an empty list would hide every message. */
    private JsonNode collection(Reply reply) throws IOException {
        JsonNode body = json.read(reply);
        if (!body.path("value").isArray()) {
            throw new SourceFailure(SourceState.FAILED, Words.GRAPH_FAILED);
        }
        return body;
    }
}
