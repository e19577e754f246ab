package org.mailtrace.gateway.describe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An OpenAPI 3.0.3 document as 2.0 (<a href="https://spec.openapis.org/oas/v2.0">specification</a>), within what a
 * custom connector of Power Platform takes: one security definition, JSON only, lists separated by commas. The token is
 * an API key there, because the connectors do not offer client credentials.
 */
final class OpenApi20 {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> OF_A_PARAMETER = List.of(
            "type", "format", "enum", "default", "minimum", "maximum", "minLength", "maxLength", "pattern", "items");
    private static final Set<String> UNKNOWN_THERE = Set.of("nullable", "deprecated", "writeOnly");
    private static final Set<String> DATA = Set.of("example", "examples", "default", "enum");

    private final JsonNode older;
    private final ObjectNode document = JSON.objectNode();

    OpenApi20(JsonNode older) {
        this.older = older;
        document.put("swagger", "2.0");
        document.set("info", older.path("info").deepCopy());
        document.set("consumes", JSON.arrayNode().add("application/json"));
        document.set("produces", JSON.arrayNode().add("application/json").add("application/problem+json"));
        document.putObject("securityDefinitions")
                .putObject("bearer")
                .put("type", "apiKey")
                .put("name", "Authorization")
                .put("in", "header")
                .put("description", "Type the word Bearer, a space, and an access token.");
        document.putArray("security").addObject().putArray("bearer");
        if (older.has("tags")) {
            document.set("tags", older.path("tags").deepCopy());
        }
        ObjectNode paths = document.putObject("paths");
        older.path("paths").properties().forEach(path -> paths.set(path.getKey(), path(path.getValue())));
        document.set("definitions", older.at("/components/schemas").deepCopy());
        rewrite(document);
    }

    /** The document for callers who reach the service under this address. */
    ObjectNode at(URI base) {
        ObjectNode served = JSON.objectNode();
        document.properties().forEach(entry -> {
            served.set(entry.getKey(), entry.getValue());
            if (entry.getKey().equals("info")) {
                served.put("host", base.getAuthority());
                served.put("basePath", base.getPath().isEmpty() ? "/" : base.getPath());
                served.putArray("schemes").add(base.getScheme());
            }
        });
        return served;
    }

    private ObjectNode path(JsonNode given) {
        ObjectNode path = JSON.objectNode();
        given.properties().forEach(entry -> {
            if (entry.getKey().equals("parameters")) {
                path.set("parameters", parameters(entry.getValue()));
            } else if (entry.getValue().has("responses")) {
                path.set(entry.getKey(), operation(entry.getValue()));
            }
        });
        return path;
    }

    private ObjectNode operation(JsonNode given) {
        ObjectNode operation = JSON.objectNode();
        copy(given, operation, List.of("tags", "summary", "description", "operationId"));
        ArrayNode parameters = parameters(given.path("parameters"));
        if (given.has("requestBody")) {
            parameters.add(body(given.path("requestBody")));
        }
        operation.set("parameters", parameters);
        ObjectNode responses = operation.putObject("responses");
        given.path("responses")
                .properties()
                .forEach(response -> responses.set(response.getKey(), response(response.getValue())));
        return operation;
    }

    private ArrayNode parameters(JsonNode given) {
        ArrayNode parameters = JSON.arrayNode();
        given.forEach(parameter -> parameters.add(parameter(parameter)));
        return parameters;
    }

    private ObjectNode parameter(JsonNode given) {
        ObjectNode parameter = JSON.objectNode();
        copy(given, parameter, List.of("name", "in", "description", "required"));
        copy(inlined(given.path("schema")), parameter, OF_A_PARAMETER);
        if (!parameter.has("type")) {
            parameter.put("type", "string");
        }
        if (parameter.path("type").asText().equals("array")) {
            parameter.set("items", inlined(parameter.path("items")));
            parameter.put("collectionFormat", "csv");
        }
        return parameter;
    }

    /** Parameters could not point to definitions. */
    private JsonNode inlined(JsonNode schema) {
        String reference = schema.path("$ref").asText();
        return (reference.isEmpty() ? schema : older.at(reference.substring(1))).deepCopy();
    }

    private static ObjectNode body(JsonNode given) {
        ObjectNode body = JSON.objectNode().put("name", "body").put("in", "body");
        copy(given, body, List.of("description"));
        body.put("required", given.path("required").asBoolean(true));
        body.set(
                "schema",
                given.path("content").path("application/json").path("schema").deepCopy());
        return body;
    }

    private static ObjectNode response(JsonNode given) {
        ObjectNode response =
                JSON.objectNode().put("description", given.path("description").asText(""));
        given.path("content").properties().stream().findFirst().ifPresent(content -> {
            copy(content.getValue(), response, List.of("schema"));
            Optional.ofNullable(content.getValue().get("example"))
                    .ifPresent(example -> response.putObject("examples").set(content.getKey(), example));
        });
        if (given.has("headers")) {
            ObjectNode headers = response.putObject("headers");
            given.path("headers").properties().forEach(header -> {
                ObjectNode made = headers.putObject(header.getKey());
                copy(header.getValue(), made, List.of("description"));
                made.put("type", header.getValue().at("/schema/type").asText("string"));
            });
        }
        return response;
    }

    private static void copy(JsonNode from, ObjectNode to, List<String> names) {
        names.stream()
                .filter(from::has)
                .forEach(name -> to.set(name, from.get(name).deepCopy()));
    }

    private static void rewrite(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(UNKNOWN_THERE);
            if (object.path("$ref").isTextual()) {
                object.put("$ref", object.path("$ref").asText().replace("#/components/schemas/", "#/definitions/"));
            }
            object.properties().stream()
                    .filter(entry -> !DATA.contains(entry.getKey()))
                    .forEach(entry -> rewrite(entry.getValue()));
        } else {
            node.forEach(OpenApi20::rewrite);
        }
    }
}
