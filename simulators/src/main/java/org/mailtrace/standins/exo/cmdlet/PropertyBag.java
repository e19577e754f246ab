package org.mailtrace.standins.exo.cmdlet;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An object as the admin API writes it: each property may have a sibling that says its type. */
public final class PropertyBag {
    private static final DateTimeFormatter TICKS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSS");

    private final Map<String, Object> values = new LinkedHashMap<>();

    /** A text, or null where there is none. */
    public PropertyBag text(String name, String value) {
        values.put(name, value == null || value.isEmpty() ? null : value);
        return this;
    }

    /** A GUID. */
    public PropertyBag guid(String name, String value) {
        return typed(name, "System.Guid", value);
    }

    /** A whole number. */
    public PropertyBag number(String name, long value) {
        return typed(name, "System.Int32", value);
    }

    /** A UTC time; the zone is not always written. */
    public PropertyBag time(String name, Instant value, boolean withZone) {
        String text = TICKS.format(value.atOffset(ZoneOffset.UTC));
        return typed(name, "System.DateTime", withZone ? text + "Z" : text);
    }

    /** A list of texts. */
    public PropertyBag list(String name, List<String> items) {
        values.put(name + "@odata.type", "#Collection(String)");
        values.put(name, List.copyOf(items));
        return this;
    }

    private PropertyBag typed(String name, String type, Object value) {
        values.put(name + "@data.type", type);
        values.put(name, value);
        return this;
    }

    @JsonValue
    Map<String, Object> values() {
        return Collections.unmodifiableMap(values);
    }
}
