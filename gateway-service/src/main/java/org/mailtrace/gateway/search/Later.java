package org.mailtrace.gateway.search;

import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailtrace.gateway.ask.Caller;

/** Takes questions over whose callers prefer not to wait. */
public interface Later {
    /**
     * What was taken over.
     *
     * @param report the report's id
     * @param accepted 202 with where the report is
     */
    record Taken(String report, Response accepted) {}

    /**
     * Goes on with a question as a report.
     *
     * @param given the question's parameters
     * @param key the caller's own key, if it gave one
     * @param base the gateway's own address, with a slash at its end
     */
    Taken takeOver(Map<String, List<String>> given, Optional<String> key, Caller caller, String base);
}
