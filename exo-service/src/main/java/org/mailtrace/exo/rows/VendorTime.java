package org.mailtrace.exo.rows;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** Microsoft's times: UTC, with up to seven fraction digits, and at times without the {@code Z} that says so. */
public final class VendorTime {
    private VendorTime() {}

    /** Reads a time, UTC; empty if it is none. */
    public static Optional<Instant> of(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return withoutZone(text);
        }
    }

    private static Optional<Instant> withoutZone(String text) {
        try {
            return Optional.of(LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
