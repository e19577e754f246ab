package org.mailtrace.exo.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.mailtrace.contract.SourceState;
import org.mailtrace.exo.wire.Deadline;
import org.mailtrace.exo.wire.JsonReplies;
import org.mailtrace.exo.wire.Reply;
import org.mailtrace.exo.wire.Wire;
import org.mailtrace.exo.words.Words;
import org.mailtrace.http.guard.SourceFailure;

/** The client credentials grant (RFC 6749, section 4.4) as Microsoft Entra ID speaks it. */
final class TokenEndpoint {
    private static final int OK = 200;
    private static final long MAX_LIFE_SECONDS = Duration.ofDays(1).toSeconds();

    private final Wire wire;
    private final JsonReplies json;
    private final Clock clock;
    private final URI address;
    private final String clientId;
    private final ClientCredential credential;

    TokenEndpoint(
            Wire wire, ObjectMapper json, Clock clock, URI address, String clientId, ClientCredential credential) {
        this.wire = wire;
        this.json = new JsonReplies(json);
        this.clock = clock;
        this.address = address;
        this.clientId = clientId;
        this.credential = credential;
    }

    /** Asks for a token for a scope. */
    Grant request(String scope, Deadline deadline) throws IOException {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "client_credentials");
        form.put("client_id", clientId);
        form.put("scope", scope);
        form.putAll(credential.parameters());
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofString(encoded(form)));
        Reply reply = wire.send(request, deadline);
        if (reply.status() != OK) {
            throw EntraErrors.of(reply, json, clock);
        }
        return read(json.read(reply));
    }

    private Grant read(JsonNode body) {
        String token = body.path("access_token").asText();
        long seconds = Math.min(MAX_LIFE_SECONDS, body.path("expires_in").asLong());
        if (token.isBlank() || seconds <= 0 || token.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new SourceFailure(SourceState.FAILED, Words.SIGN_IN_FAILED);
        }
        Duration life = Duration.ofSeconds(seconds);
        return new Grant(new AccessToken(token, clock.instant().plus(life)), life);
    }

    private static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** A token and how long it lives from its first moment. */
    record Grant(AccessToken token, Duration life) {}
}
