package org.mailtrace.exo.graph;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.mailtrace.exo.rows.SearchText;

/** Puts a caller's text into an OData expression so that it stays text (OData 4.01 URL conventions, section 5.1.1.6). */
final class ODataText {
    private ODataText() {}

    /**
     * A string literal: in single quotes, quotes inside doubled.
     *
     * @throws IllegalArgumentException if the text has control characters or is not well-formed
     */
    static String literal(String text) {
        if (!SearchText.isSafe(text)) {
            throw new IllegalArgumentException("control characters cannot be searched for");
        }
        return "'" + text.replace("'", "''") + "'";
    }

    /** Percent-encodes everything that is not plainly a letter or digit, for a query value or a path segment. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
