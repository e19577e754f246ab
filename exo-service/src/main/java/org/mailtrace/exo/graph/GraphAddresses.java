package org.mailtrace.exo.graph;

import java.net.URI;
import org.mailtrace.exo.rows.TraceFilter;
import org.mailtrace.exo.wire.SameSite;

/** The addresses of the two requests. */
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

    /** Where every page of a list lies. */
    SameSite site() {
        return new SameSite(traces);
    }
}
