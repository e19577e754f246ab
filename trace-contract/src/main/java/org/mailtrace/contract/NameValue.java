package org.mailtrace.contract;

import java.util.Objects;

/** One vendor fact kept as it came. */
public record NameValue(String name, String value) {
    public NameValue {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(value, "value");
    }
}
