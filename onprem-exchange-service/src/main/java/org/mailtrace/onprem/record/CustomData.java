package org.mailtrace.onprem.record;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The {@code custom-data} column: {@code S:Key=Value;S:Key=Value} with a type letter in front. Keys repeat.
 *
 * @param values key in lower case to its values, in order
 */
public record CustomData(Map<String, List<String>> values) {
    public CustomData {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        values.forEach((key, list) -> copy.put(key, List.copyOf(list)));
        values = Map.copyOf(copy);
    }

    static CustomData of(String text) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String item : text.split(";", -1)) {
            int colon = item.indexOf(':');
            int equals = item.indexOf('=');
            if (equals > 0) {
                String key = item.substring(colon >= 0 && colon < equals ? colon + 1 : 0, equals)
                        .strip()
                        .toLowerCase(Locale.ROOT);
                values.computeIfAbsent(key, any -> new ArrayList<>()).add(item.substring(equals + 1));
            }
        }
        return new CustomData(values);
    }

    /** All values of a key. */
    public List<String> all(String key) {
        return values.getOrDefault(key.toLowerCase(Locale.ROOT), List.of());
    }

    /** The first value of a key. */
    public Optional<String> first(String key) {
        return all(key).stream().findFirst().map(String::strip).filter(value -> !value.isEmpty());
    }
}
