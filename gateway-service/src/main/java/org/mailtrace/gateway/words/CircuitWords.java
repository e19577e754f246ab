package org.mailtrace.gateway.words;

import java.util.Collection;

/** What is said when circuits are reset. */
public final class CircuitWords {
    private CircuitWords() {}

    /** That there is no such source. */
    public static String noSuchSource(Collection<String> configured) {
        return "No source of that name is configured; there are " + String.join(", ", configured) + ".";
    }

    /**
     * That only a part of it was done.
     *
     * @param why as the source's state says it
     */
    public static String onlyOurs(String title, String why) {
        return "The gateway's own circuit towards " + title
                + " is reset. The circuits of its service are as they were: " + why
                + " Once the service answers, reset again.";
    }

    /** That the service has nothing to reset, as far as one can tell. */
    public static String unknownToService(String title) {
        return "The service for " + title + " does not know how to reset circuits; it may be older than this gateway.";
    }
}
