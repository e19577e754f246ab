package org.mailtrace.acceptance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A whole answer as it is kept beside its story: what is another at every start stands as what it is, and the times of
 * traces as the distance from the story's beginning. With {@code MAILTRACE_GOLDEN=write} in the environment the files are
 * written instead of compared.
 */
final class GoldenAnswer {
    private static final Path FOLDER = Launcher.ROOT.resolve("acceptance-tests/src/test/resources/answers");
    private static final boolean WRITES = "write".equals(System.getenv("MAILTRACE_GOLDEN"));
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** How far a source's records reach, and by which of its ways it looked, is another while it still starts. */
    private static final Set<String> OF_THE_MOMENT =
            Set.of("parts", "dataAsOf", "searchableFrom", "absenceProvenUntil");

    private static final Set<String> NUMBERS = Set.of("tookMs", "retryAfterSeconds");
    private static final Pattern INSTANT = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(?:\\.\\d+)?Z");
    private static final Pattern OTHER_TIME = Pattern.compile(
            "(?:on \\d{1,2} [A-Z][a-z]+(?: \\d{4})? at |\\d{1,2} [A-Z][a-z]+(?: \\d{4})?, |at )?\\b\\d{2}:\\d{2}(?::\\d{2})?\\b");
    private static final Pattern DATE =
            Pattern.compile("\\b\\d{4}-\\d{2}-\\d{2}(?:[ T]<time>)?|\\b\\d{1,2}/\\d{1,2}/\\d{4}");
    /** The stand-ins make ids up that hold the moment of their start. */
    private static final Pattern GUID = Pattern.compile("\\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\\b");

    private static final Pattern MADE_UP = Pattern.compile("\\.[0-9a-f]{5,8}@");
    private static final Pattern ID_IN_LINK = Pattern.compile("(/traces/)[A-Za-z0-9_-]{40,}");
    private static final Pattern PORT = Pattern.compile("(localhost|127\\.0\\.0\\.1):\\d+");

    private GoldenAnswer() {}

    /** The answer in the form that is kept. */
    static String of(JsonNode answer, Instant begun) {
        return written(normal("", answer, begun, false));
    }

    private static String written(JsonNode answer) {
        try {
            return JSON.writeValueAsString(answer) + "\n";
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is kept for a story; this answer itself while the files are being written. */
    static String kept(String story, String answer) {
        Path file = FOLDER.resolve(story + ".json");
        try {
            if (WRITES) {
                Files.createDirectories(FOLDER);
                Files.writeString(file, answer);
            }
            return Files.exists(file) ? written(JSON.readTree(file.toFile())) : "there is no " + file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stories that are kept and no longer told. */
    static List<String> left(Set<String> told) {
        try (var files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString().replaceFirst("\\.json$", ""))
                    .filter(story -> !told.contains(story))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode normal(String name, JsonNode node, Instant begun, boolean inTrace) {
        if (node.isObject()) {
            ObjectNode object = JSON.createObjectNode();
            node.properties().stream()
                    .filter(field -> !OF_THE_MOMENT.contains(field.getKey()))
                    .filter(field -> !tellsNothingMore(node, field.getKey()))
                    .forEach(field -> object.set(
                            field.getKey(),
                            normal(field.getKey(), field.getValue(), begun, inTrace || name.equals("traces"))));
            return object;
        }
        if (node.isArray()) {
            ArrayNode array = JSON.createArrayNode();
            List<JsonNode> elements = new ArrayList<>();
            node.forEach(elements::add);
            elements.forEach(element -> array.add(normal(name, element, begun, inTrace)));
            return array;
        }
        if (NUMBERS.contains(name)) {
            return TextNode.valueOf("<number>");
        }
        return node.isTextual() ? TextNode.valueOf(text(name, node.asText(), begun, inTrace)) : node;
    }

    /** Only the log stream knows the From header, and what is new comes to it after a while. */
    private static boolean tellsNothingMore(JsonNode trace, String field) {
        return field.equals("headerFrom") && trace.path(field).equals(trace.path("sender"));
    }

    private static String text(String name, String text, Instant begun, boolean inTrace) {
        if (name.equals("id") || name.equals("sourceId")) {
            return "<" + name + ">";
        }
        if (INSTANT.matcher(text).matches()) {
            return inTrace ? distance(begun, Instant.parse(text)) : "<time>";
        }
        String plain = INSTANT.matcher(text).replaceAll("<time>");
        plain = GUID.matcher(plain).replaceAll("<guid>");
        plain = MADE_UP.matcher(plain).replaceAll(".<made-up>@");
        plain = OTHER_TIME.matcher(plain).replaceAll("<time>");
        plain = DATE.matcher(plain).replaceAll("<date>");
        plain = ID_IN_LINK.matcher(plain).replaceAll("$1<id>");
        return PORT.matcher(plain).replaceAll("$1:<port>");
    }

    /** Whole seconds: sources round in different ways, and a story's beginning has fractions. */
    private static String distance(Instant begun, Instant at) {
        return "<begun " + Duration.between(begun, at).plusMillis(500).toSeconds() + " s>";
    }
}
