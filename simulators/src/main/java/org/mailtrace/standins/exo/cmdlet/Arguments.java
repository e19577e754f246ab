package org.mailtrace.standins.exo.cmdlet;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.mailtrace.standins.exo.TraceRefusedException;

/** A cmdlet's parameters; names in any case, values single or as an array, times without a zone in UTC. */
public final class Arguments {
    private final Map<String, JsonNode> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    Arguments(JsonNode parameters) {
        parameters.properties().forEach(entry -> values.put(entry.getKey(), entry.getValue()));
    }

    /** Refuses parameters that the cmdlet does not have. */
    public void onlyKnown(Set<String> names) {
        Set<String> known = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        known.addAll(names);
        values.keySet().stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new TraceRefusedException(
                            "A parameter cannot be found that matches parameter name '" + name + "'.");
                });
    }

    /** All values of a parameter. */
    public List<String> texts(String name) {
        JsonNode value = values.get(name);
        List<String> texts = new ArrayList<>();
        if (value != null && value.isArray()) {
            value.forEach(item -> texts.add(item.asText()));
        } else if (value != null && !value.isNull()) {
            texts.add(value.asText());
        }
        return texts;
    }

    /** A parameter that has one value. */
    public Optional<String> text(String name) {
        List<String> texts = texts(name);
        if (texts.size() > 1) {
            throw new TraceRefusedException("Cannot process argument transformation on parameter '" + name + "'.");
        }
        return texts.stream().findFirst();
    }

    /** A parameter that must be there. */
    public String required(String name) {
        return text(name)
                .orElseThrow(() -> new TraceRefusedException(
                        "Cannot process command because of one or more missing mandatory parameters: " + name + "."));
    }

    /** A time. */
    public Optional<Instant> time(String name) {
        return text(name).map(text -> time(name, text));
    }

    private static Instant time(String name, String text) {
        try {
            if (text.matches(".*(Z|[+-]\\d\\d:?\\d\\d)")) {
                return OffsetDateTime.parse(text).toInstant();
            }
            return text.contains("T")
                    ? LocalDateTime.parse(text).toInstant(ZoneOffset.UTC)
                    : LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new TraceRefusedException("Cannot process argument transformation on parameter '" + name + "'.");
        }
    }
}
