package org.mailtrace.onprem.live.clixml;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A value as PowerShell sends it. */
public sealed interface ClixmlValue {
    /** The value as text; empty for nothing and for lists. */
    String text();

    /** The items of a list; the value alone if it is none, nothing for nothing. */
    List<ClixmlValue> items();

    /** A property by its name, without regard to where PowerShell keeps it. */
    default Optional<ClixmlValue> member(String name) {
        return Optional.empty();
    }

    /** No value. */
    record Nothing() implements ClixmlValue {
        @Override
        public String text() {
            return "";
        }

        @Override
        public List<ClixmlValue> items() {
            return List.of();
        }
    }

    /**
     * A simple value.
     *
     * @param kind the element that it stood in, such as {@code S}, {@code I32} or {@code DT}
     */
    record Simple(String kind, String text) implements ClixmlValue {
        @Override
        public List<ClixmlValue> items() {
            return List.of(this);
        }
    }

    /**
     * An object.
     *
     * @param types its type names, its own first
     * @param text what its {@code ToString} said; empty if nothing
     * @param members its properties in their order
     * @param content its items if it is a list; its value if it is a simple value with properties
     */
    record Thing(List<String> types, String text, Map<String, ClixmlValue> members, Optional<List<ClixmlValue>> content)
            implements ClixmlValue {
        public Thing {
            types = List.copyOf(types);
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
            content = content.map(List::copyOf);
        }

        @Override
        public List<ClixmlValue> items() {
            return content.orElse(List.of(this));
        }

        @Override
        public Optional<ClixmlValue> member(String name) {
            return Optional.ofNullable(members.get(name));
        }
    }
}
