package org.mailtrace.proofpoint.stream;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mailtrace.proofpoint.vendor.VendorDates;

/** When a record was logged that cannot be read otherwise, as far as its beginning still says so. */
final class SaidTime {
    private static final int HEAD = 64 * 1024;
    private static final Pattern TS = Pattern.compile("\"ts\"\\s{0,9}:\\s{0,9}\"([^\"\\\\]{10,40})\"");
    /** Agents' clocks differ from ours by little; a later time is no time. */
    private static final Duration AHEAD = Duration.ofMinutes(1);

    private SaidTime() {}

    /**
     * The time that a record says.
     *
     * @param record UTF-8, or what is left of it
     * @param receivedAt when it came, UTC
     * @return UTC; empty if it says none that can be
     */
    static Optional<Instant> in(byte[] record, Instant receivedAt) {
        Matcher ts = TS.matcher(new String(record, 0, Math.min(record.length, HEAD), StandardCharsets.UTF_8));
        return ts.find()
                ? VendorDates.parse(ts.group(1)).filter(said -> said.isBefore(receivedAt.plus(AHEAD)))
                : Optional.empty();
    }
}
