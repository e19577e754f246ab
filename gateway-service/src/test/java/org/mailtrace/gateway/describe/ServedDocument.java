package org.mailtrace.gateway.describe;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;

/** A description as callers get it, without the addresses of this run, beside the one that is kept. */
record ServedDocument(String text, JsonNode root) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static ServedDocument modern() {
        return from("/q/openapi");
    }

    static ServedDocument openApi30() {
        return from("/openapi-3.0.json");
    }

    static ServedDocument openApi20() {
        return from("/openapi-2.0.json");
    }

    private static ServedDocument from(String path) {
        Response served = given().accept("application/json").get(path);
        assertThat(served.statusCode()).as(served.asString()).isEqualTo(200);
        assertThat(served.contentType()).startsWith("application/json");
        try {
            JsonNode root = JSON.readTree(served.asString()
                    .replaceAll(
                            "http://[a-z0-9.]+:[0-9]+(/auth)?/realms/quarkus", "http://localhost:8180/realms/mailtrace")
                    .replaceAll("(localhost|127.0.0.1|0.0.0.0):[0-9]{5}", "localhost:8080"));
            return new ServedDocument(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n", root);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<ObjectNode> operations() {
        return OpenApi30.operations(root);
    }

    /** Every name that a field has anywhere outside of the examples. */
    TreeSet<String> words() {
        TreeSet<String> words = new TreeSet<>();
        collect(root, words);
        return words;
    }

    private static void collect(JsonNode node, TreeSet<String> words) {
        node.properties().forEach(entry -> {
            words.add(entry.getKey());
            if (!entry.getKey().startsWith("example")) {
                collect(entry.getValue(), words);
            }
        });
        if (node.isArray()) {
            node.forEach(element -> collect(element, words));
        }
    }

    /** To accept a change on purpose, run with MAILTRACE_GOLDEN=write in the environment. */
    void isKeptAs(String name) throws IOException {
        Path golden = Path.of("src/test/resources", name);
        if ("write".equals(System.getenv("MAILTRACE_GOLDEN"))) {
            Files.writeString(golden, text);
        }
        assertThat(text).isEqualTo(Files.readString(golden));
    }
}
