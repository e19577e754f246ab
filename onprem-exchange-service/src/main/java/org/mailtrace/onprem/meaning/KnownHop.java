package org.mailtrace.onprem.meaning;

import java.util.Locale;

/**
 * Hosts of another of our mail systems.
 *
 * @param pattern a host name or an address in lower case, with one {@code *} at most
 * @param system the name of the source that they lead to
 */
public record KnownHop(String pattern, String system) {
    /** What Exchange Online is called as a source. */
    static final String EXCHANGE_ONLINE = "exchange-online";

    public KnownHop {
        pattern = pattern.strip().toLowerCase(Locale.ROOT);
    }

    /** Patterns have one wildcard at most; they are never made into a regular expression. */
    boolean matches(String host) {
        String lower = host.strip().toLowerCase(Locale.ROOT);
        int star = pattern.indexOf('*');
        return star < 0
                ? pattern.equals(lower)
                : lower.length() >= pattern.length() - 1
                        && lower.startsWith(pattern.substring(0, star))
                        && lower.endsWith(pattern.substring(star + 1));
    }
}
