package org.mailtrace.http.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mailtrace.contract.Fault;

/**
 * A question as JSON, read into the same parameters as a query: text, numbers and flags as they are, and lists where a
 * query has commas.
 *
 * @param parameters what it says
 * @param faults what in it is neither
 */
public record JsonQuestion(Map<String, List<String>> parameters, List<Fault> faults) {
    /** Reads a body; whatever is wrong with it is a fault, never an exception. */
    public static JsonQuestion of(JsonNode body) {
        if (body == null || !body.isObject()) {
            return new JsonQuestion(
                    Map.of(), List.of(new Fault("body", "Send one JSON object with the parameters of a question.")));
        }
        Map<String, List<String>> parameters = new TreeMap<>();
        List<Fault> faults = new ArrayList<>();
        body.properties().forEach(property -> {
            JsonNode value = property.getValue();
            boolean plainList =
                    value.isArray() && value.valueStream().allMatch(JsonNode::isTextual) && !value.isEmpty();
            if (plainList) {
                parameters.put(
                        property.getKey(),
                        List.of(String.join(
                                ",", value.valueStream().map(JsonNode::asText).toList())));
            } else if (value.isTextual() || value.isIntegralNumber() || value.isBoolean()) {
                parameters.put(property.getKey(), List.of(value.asText()));
            } else {
                faults.add(new Fault(property.getKey(), "Use text, a number, true or false, or a list of text."));
            }
        });
        return new JsonQuestion(parameters, faults);
    }
}
