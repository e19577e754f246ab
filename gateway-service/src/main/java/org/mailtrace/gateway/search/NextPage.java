package org.mailtrace.gateway.search;

import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The address of the page that follows: the question as it was given, and where the page begins. */
final class NextPage {
    private NextPage() {}

    /** Makes the address out of a cursor. */
    static Function<String, URI> of(UriInfo uri, Map<String, List<String>> given) {
        return next -> {
            UriBuilder link = uri.getBaseUriBuilder().path("traces");
            given.forEach((name, values) -> {
                if (!name.equals("cursor")) {
                    link.queryParam(name, "{" + name + "}");
                }
            });
            link.queryParam("cursor", "{cursor}");
            Map<String, Object> values = new TreeMap<>();
            given.forEach((name, list) -> values.put(name, list.getFirst()));
            values.put("cursor", next);
            return link.buildFromMap(values);
        };
    }
}
