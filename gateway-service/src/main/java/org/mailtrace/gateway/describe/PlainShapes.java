package org.mailtrace.gateway.describe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/**
 * Says of every shape what the answers keep to: a field without a value is left out and never null, every other field is
 * always there, and instants have three fraction digits.
 */
final class PlainShapes {
    private static final String PREFIX = "#/components/schemas/";

    private PlainShapes() {}

    static void in(OpenAPI openApi) {
        Set<String> asked = askedFor(openApi);
        Map<String, Schema> schemas = openApi.getComponents().getSchemas();
        Optional.ofNullable(schemas.get("Instant")).ifPresent(PlainShapes::describeInstant);
        schemas.forEach((name, schema) -> {
            if (schema.getProperties() != null) {
                plain(schema, !asked.contains(name));
            }
        });
    }

    @SuppressWarnings("deprecation") // the single example that was given before is taken away
    private static void describeInstant(Schema instant) {
        instant.description("UTC, with exactly three fraction digits.")
                .example(null)
                .examples(List.of("2026-11-23T08:12:04.000Z"));
    }

    /** Whoever asks may leave out whatever is not needed; only answers promise their fields. */
    private static Set<String> askedFor(OpenAPI openApi) {
        return Operations.of(openApi).stream()
                .filter(Operations.Described::hasBody)
                .flatMap(described ->
                        described.operation().getRequestBody().getContent().getMediaTypes().values().stream())
                .map(MediaType::getSchema)
                .filter(Objects::nonNull)
                .map(Schema::getRef)
                .filter(Objects::nonNull)
                .map(reference -> reference.substring(PREFIX.length()))
                .collect(Collectors.toSet());
    }

    private static void plain(Schema shape, boolean promised) {
        List<String> always = new ArrayList<>();
        Map<String, Schema> properties = new LinkedHashMap<>();
        shape.getProperties().forEach((name, property) -> {
            Optional<Schema> present = withoutNull(property);
            if (present.isEmpty()) {
                always.add(name);
            }
            properties.put(name, present.orElse(property));
        });
        shape.setProperties(properties);
        if (promised && !always.isEmpty()) {
            shape.setRequired(always);
        }
    }

    /** What a property is when it is there; empty if it always is. */
    private static Optional<Schema> withoutNull(Schema property) {
        if (property.getAnyOf() != null) {
            return property.getAnyOf().stream()
                    .filter(choice ->
                            choice.getType() == null || !choice.getType().equals(List.of(SchemaType.NULL)))
                    .findFirst();
        }
        if (property.getType() != null && property.getType().contains(SchemaType.NULL)) {
            return Optional.of(property.type(property.getType().stream()
                    .filter(type -> type != SchemaType.NULL)
                    .collect(Collectors.toCollection(ArrayList::new))));
        }
        return Optional.empty();
    }
}
