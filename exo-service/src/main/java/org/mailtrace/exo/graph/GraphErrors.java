package org.mailtrace.exo.graph;

import java.util.Locale;
import org.jboss.logging.Logger;
import org.mailtrace.contract.SourceState;
import org.mailtrace.exo.wire.JsonReplies;
import org.mailtrace.exo.wire.Reply;
import org.mailtrace.exo.words.Words;
import org.mailtrace.http.guard.SourceFailure;

/**
 * What Graph's error replies mean. Texts of this API are not documented; the ones looked for here were seen in the
 * field, and everything else falls back to the status code.
 */
final class GraphErrors {
    private static final Logger LOG = Logger.getLogger(GraphErrors.class);
    private static final String TRANSPORT_DATA_PLATFORM = "8bd644d1-64a1-4d4b-ae52-2e0cbf64e373";
    private static final int SERVER_ERRORS = 500;

    private GraphErrors() {}

    /** Whether Graph refuses because a service principal of Microsoft's own is missing in the tenant. */
    static boolean lacksServicePrincipal(Reply reply, JsonReplies json) {
        String message = message(reply, json);
        return message.contains(TRANSPORT_DATA_PLATFORM) || message.contains("service principal-less");
    }

    /** The failure that any reply other than 200, 401 and 429 means. */
    static SourceFailure of(Reply reply, JsonReplies json) {
        LOG.warnf("graph refused status=%d requestId=%s", reply.status(), reply.requestId());
        if (reply.status() >= SERVER_ERRORS) {
            return new SourceFailure(SourceState.FAILED, Words.GRAPH_FAILED);
        }
        return switch (reply.status()) {
            case 400 -> badRequest(message(reply, json));
            case 403 -> new SourceFailure(SourceState.DENIED, Words.PERMISSION_MISSING);
            case 404 -> new SourceFailure(SourceState.CANNOT_ANSWER, Words.GRAPH_HAS_NO_TRACES);
            default -> new SourceFailure(SourceState.FAILED, Words.GRAPH_FAILED);
        };
    }

    private static SourceFailure badRequest(String message) {
        return message.contains("older than 90 days")
                ? new SourceFailure(SourceState.OUT_OF_RETENTION, Words.OUT_OF_RETENTION_BY_VENDOR)
                : new SourceFailure(SourceState.CANNOT_ANSWER, Words.GRAPH_REFUSED_QUESTION);
    }

    private static String message(Reply reply, JsonReplies json) {
        return json.error(reply).path("error").path("message").asText("").toLowerCase(Locale.ROOT);
    }
}
