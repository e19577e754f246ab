package org.mailtrace.contract;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A problem document (RFC 9457), always {@code application/problem+json}.
 *
 * @param type a stable URI under {@code https://mailtrace.example/problems/}
 * @param title the same sentence for every problem of this type
 * @param status the HTTP status
 * @param detail what happened this time and what to do
 * @param instance the request's id, as a URN
 * @param faults everything that is wrong with the request; empty for other problems
 * @param sources how the sources answered, when none of them could; empty for other problems
 */
public record Problem(
        String type,
        String title,
        int status,
        Optional<String> detail,
        Optional<String> instance,
        List<Fault> faults,
        List<SourceAnswer> sources) {
    /** The media type of a problem document. */
    public static final String MEDIA_TYPE = "application/problem+json";

    public Problem {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(title, "title");
        detail = Absent.toEmpty(detail);
        instance = Absent.toEmpty(instance);
        faults = Absent.toEmpty(faults);
        sources = Absent.toEmpty(sources);
    }
}
