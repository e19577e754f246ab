package org.mailtrace.gateway.join;

import java.util.Locale;
import java.util.Optional;
import org.mailtrace.contract.Observation;

/** Compares subjects. Filters put words before one, and logs cut it short; what then has nothing in common is another. */
final class Subjects {
    private Subjects() {}

    static boolean differ(Observation one, Observation other) {
        Optional<String> a = one.subject().map(Subjects::plain).filter(text -> !text.isEmpty());
        Optional<String> b = other.subject().map(Subjects::plain).filter(text -> !text.isEmpty());
        return a.isPresent()
                && b.isPresent()
                && !a.orElseThrow().contains(b.orElseThrow())
                && !b.orElseThrow().contains(a.orElseThrow());
    }

    private static String plain(String subject) {
        return subject.strip().toLowerCase(Locale.ROOT);
    }
}
