package org.mailtrace.proofpoint.vendor;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The forms in which Proofpoint writes a moment: {@code 2020-05-20 14:13:02 [UTC-0600]} in Smart Search, ISO 8601 with
 * and without a colon in the offset in exports and logs, and without any zone, which the quarantine means as UTC.
 */
public final class VendorDates {
    private static final Pattern FORM =
            Pattern.compile("(\\d{4}-\\d{2}-\\d{2})[T ](\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,9})?)"
                    + "\\s*(?:\\[?(?:UTC|GMT)?\\s*([+-]\\d{2}:?\\d{2}|[+-]\\d{2}|Z)?\\]?)");
    private static final DateTimeFormatter SEARCH =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssXX").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter QUARANTINE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    private VendorDates() {}

    /** Reads a moment; one without a zone is UTC. Empty if it is none. */
    public static Optional<Instant> parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            return Optional.empty();
        }
        try {
            LocalDateTime local = LocalDateTime.parse(form.group(1) + "T" + form.group(2));
            ZoneOffset offset = form.group(3) == null ? ZoneOffset.UTC : ZoneOffset.of(form.group(3));
            return Optional.of(local.toInstant(offset));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Whether the text itself says its zone. */
    public static boolean namesZone(String text) {
        Matcher form = FORM.matcher(text.strip());
        return form.matches() && (form.group(3) != null || text.contains("UTC") || text.contains("GMT"));
    }

    /** As Smart Search reads {@code from} and {@code to}, in UTC. */
    public static String forSearch(Instant moment) {
        return SEARCH.format(moment).replace("Z", "+0000");
    }

    /** As the quarantine reads {@code startdate} and {@code enddate}, in UTC. */
    public static String forQuarantine(Instant moment) {
        return QUARANTINE.format(moment);
    }
}
