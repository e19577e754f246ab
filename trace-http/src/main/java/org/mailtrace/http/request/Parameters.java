package org.mailtrace.http.request;

import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The query of a request as the contract reads it: every name with all its values. */
public final class Parameters {
    private Parameters() {}

    /** All query parameters, decoded. */
    public static Map<String, List<String>> of(UriInfo uri) {
        return new TreeMap<>(uri.getQueryParameters());
    }
}
