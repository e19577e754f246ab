package org.mailtrace.contract;

import java.util.Locale;
import java.util.Optional;

/** What an answer may carry beyond its default; the values of {@code include=}. */
public enum Include {
    /** Events of every message in the list. */
    EVENTS,
    /** All recipients, not only those asked for. */
    RECIPIENTS,
    /** Probe and housekeeping traffic. */
    NOISE,
    /** Journal copies, NDRs and auto-replies. */
    RELATED;

    /** The word used in a question. */
    public String parameter() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Include> of(String parameter) {
        for (Include include : values()) {
            if (include.parameter().equals(parameter)) {
                return Optional.of(include);
            }
        }
        return Optional.empty();
    }
}
