package org.mailtrace.exo.cmdlet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailtrace.exo.wire.JsonReplies;
import org.mailtrace.exo.wire.Reply;

/**
 * One reply of a cmdlet, read.
 *
 * @param rows without the type marks, whose names contain {@code @}
 * @param next the address of the next page, as the vendor names it
 */
record CmdletReply(List<JsonNode> rows, List<String> warnings, Optional<String> next) {
    CmdletReply {
        rows = List.copyOf(rows);
        warnings = List.copyOf(warnings);
    }

    static CmdletReply of(JsonNode body, Reply reply, JsonReplies json) {
        List<JsonNode> rows = new ArrayList<>();
        body.path("value").forEach(row -> rows.add(withoutMarks(row)));
        List<String> warnings = new ArrayList<>();
        body.path("@adminapi.warnings").forEach(warning -> warnings.add(warning.asText("")));
        reply.headers().allValues("X-Warnings").forEach(header -> warnings.addAll(warnings(header, json)));
        JsonNode link = body.path("@odata.nextLink");
        boolean more =
                !link.isMissingNode() && !link.isNull() && !link.asText("-").isBlank();
        return new CmdletReply(rows, warnings, more ? Optional.of(link.asText("")) : Optional.empty());
    }

    private static JsonNode withoutMarks(JsonNode row) {
        if (!(row instanceof ObjectNode object)) {
            return row;
        }
        ObjectNode plain = object.objectNode();
        object.properties().forEach(field -> {
            if (field.getKey().indexOf('@') < 0) {
                plain.set(field.getKey(), field.getValue());
            }
        });
        return plain;
    }

    /** The header holds a sentence, or a JSON list of them. */
    private static List<String> warnings(String header, JsonReplies json) {
        List<String> several = new ArrayList<>();
        json.text(header).forEach(warning -> several.add(warning.asText("")));
        return several.isEmpty() ? List.of(header) : several;
    }
}
