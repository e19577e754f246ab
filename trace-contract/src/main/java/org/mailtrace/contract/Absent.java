package org.mailtrace.contract;

import java.util.List;
import java.util.Optional;

/** JSON leaves an absent field out; a record never sees the null that a parser makes of it. */
final class Absent {
    private Absent() {}

    @SuppressWarnings("OptionalAssignedToNull")
    static <T> Optional<T> toEmpty(Optional<T> value) {
        return value == null ? Optional.empty() : value;
    }

    static <T> List<T> toEmpty(List<T> value) {
        return value == null ? List.of() : List.copyOf(value);
    }
}
