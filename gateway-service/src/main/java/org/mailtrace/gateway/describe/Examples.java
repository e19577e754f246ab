package org.mailtrace.gateway.describe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.mailtrace.contract.Problem;

/**
 * Shows real answers of the demonstration, which are kept as files: {@code examples/<operationId>/<status>.<ending>}, and
 * {@code request.json} for a body. Problems that are the same everywhere stand under {@code examples/problems}.
 */
final class Examples {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> ENDINGS = Map.of(
            "application/json",
            "json",
            Problem.MEDIA_TYPE,
            "json",
            "text/event-stream",
            "sse",
            "application/x-ndjson",
            "ndjson",
            "text/csv",
            "csv",
            "text/plain",
            "txt",
            "text/markdown",
            "md");

    private Examples() {}

    static void of(Operations.Described described) {
        if (described.hasBody()) {
            show(
                    described.id() + "/request",
                    described.operation().getRequestBody().getContent());
        }
        described.operation().getResponses().getAPIResponses().forEach((status, response) -> {
            if (response.getContent() != null) {
                show("problems/" + status, response.getContent());
                show(described.id() + "/" + status, response.getContent());
            }
        });
    }

    private static void show(String name, Content content) {
        content.getMediaTypes()
                .forEach((type, media) ->
                        text(name + "." + ENDINGS.get(type)).ifPresent(text -> show(text, type, media)));
    }

    private static void show(String text, String type, MediaType media) {
        try {
            media.setExample(
                    type.endsWith("json") && !type.endsWith("ndjson") ? JSON.readValue(text, Object.class) : text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<String> text(String name) {
        try (InputStream file = Examples.class.getResourceAsStream("/examples/" + name)) {
            return file == null
                    ? Optional.empty()
                    : Optional.of(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
