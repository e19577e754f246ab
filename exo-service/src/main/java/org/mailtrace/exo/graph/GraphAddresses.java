package org.mailtrace.exo.graph;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.mailtrace.exo.rows.TraceFilter;

/** The addresses of the two requests, and the check that a next page lies where the first one did. */
final class GraphAddresses {
    private static final String TRACES = "/admin/exchange/tracing/messageTraces";

    private final URI traces;
    private final int pageSize;

    GraphAddresses(URI graphUrl, int pageSize) {
        String base = graphUrl.toString().replaceAll("/+$", "");
        this.traces = URI.create(base + TRACES);
        this.pageSize = pageSize;
    }

    URI traces(TraceFilter filter) {
        return URI.create(
                traces + "?$filter=" + ODataText.encoded(ODataFilter.expression(filter)) + "&$top=" + pageSize);
    }

    URI details(String traceId, String recipient) {
        String literal = ODataText.literal(recipient);
        String inside = ODataText.encoded(literal.substring(1, literal.length() - 1));
        return URI.create(traces + "/" + ODataText.encoded(traceId) + "/getDetailsByRecipient(recipientAddress='"
                + inside + "')");
    }

    /**
     * A next link, if it stays at the configured address: same scheme, host, port and path. Anything else would carry
     * the token somewhere else.
     */
    Optional<URI> next(String link) {
        try {
            URI next = new URI(link);
            boolean stays = traces.getScheme().equalsIgnoreCase(next.getScheme())
                    && traces.getRawAuthority().equalsIgnoreCase(next.getRawAuthority())
                    && traces.getRawPath().equals(next.getRawPath());
            return stays ? Optional.of(next) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
