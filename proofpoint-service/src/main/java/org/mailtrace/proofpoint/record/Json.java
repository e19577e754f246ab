package org.mailtrace.proofpoint.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads a field as whatever it is. */
final class Json {
    private Json() {}

    /** A single value, or the first of a list; empty for nothing and for what has no text. */
    static Optional<String> text(JsonNode node) {
        return texts(node).stream().findFirst();
    }

    /** All values: of a list its members, of an object its values, of anything else itself. */
    static List<String> texts(JsonNode node) {
        return all(node).map(String::strip).filter(text -> !text.isEmpty()).toList();
    }

    /** Whether it is true in any of the vendor's ways. */
    static boolean isTrue(JsonNode node) {
        return text(node)
                .filter(word -> word.equalsIgnoreCase("true") || word.equals("1") || word.equalsIgnoreCase("t"))
                .isPresent();
    }

    private static Stream<String> all(JsonNode node) {
        if (node.isContainerNode()) {
            return StreamSupport.stream(node.spliterator(), false).flatMap(Json::all);
        }
        return node.isMissingNode() || node.isNull() ? Stream.empty() : Stream.of(node.asText());
    }
}
