package org.mailtrace.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Asks over HTTP, as whoever has a token. */
final class Gateway {
    static final String URL = Launcher.url(8080);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> TOKENS = new ConcurrentHashMap<>();

    private Gateway() {}

    static Response get(String user, String path, Map<String, ?> parameters) {
        return as(user).queryParams(parameters).get(URL + path);
    }

    /** The answer to a question that must be answered with 200. */
    static JsonNode trace(Map<String, ?> question) {
        Response response = get("helpdesk", "/traces", question);
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
        return json(response);
    }

    /** What {@code /sources} says of one source. */
    static JsonNode source(String name) {
        Response response = get("helpdesk", "/sources", Map.of());
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
        return find(json(response), name);
    }

    /** The entry of a source in a list, or in the list that an object holds. */
    static JsonNode find(JsonNode document, String source) {
        JsonNode list = document.isArray() ? document : document.path("sources");
        for (JsonNode entry : list) {
            if (source.equals(entry.path("source").asText())) {
                return entry;
            }
        }
        throw new AssertionError("no entry for " + source + " in " + document);
    }

    static RequestSpecification as(String user) {
        return anonymous().auth().oauth2(token(user));
    }

    static RequestSpecification anonymous() {
        return RestAssured.given().accept("application/json");
    }

    static JsonNode json(Response response) {
        return parse(response.asString());
    }

    static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + text, e);
        }
    }

    static String token(String user) {
        return TOKENS.computeIfAbsent(user, Gateway::fetchToken);
    }

    private static String fetchToken(String user) {
        Launcher.Result result = Launcher.run("token", user);
        assertThat(result.exitCode()).as(result.output()).isZero();
        return result.output().strip();
    }
}
