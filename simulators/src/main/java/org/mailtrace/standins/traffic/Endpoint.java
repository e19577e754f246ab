package org.mailtrace.standins.traffic;

import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/**
 * What a request is for.
 *
 * @param system the system whose faults apply
 * @param operation what is asked of it
 */
record Endpoint(String system, String operation) {
    static Optional<Endpoint> of(HttpServerRequest request) {
        String path = request.path();
        if (path.startsWith("/proofpoint/rest/v1/pss/")) {
            return Optional.of(new Endpoint("proofpoint", path.endsWith("/health") ? "health" : "smart-search"));
        }
        if (path.startsWith("/proofpoint/rest/v1/quarantine")) {
            return Optional.of(new Endpoint("proofpoint-quarantine", isDownload(request) ? "download" : "search"));
        }
        if (path.equals("/proofpoint/v1/stream")) {
            boolean archive = request.params().contains("sinceTime");
            return Optional.of(new Endpoint(FaultSwitches.STREAM, archive ? "archive" : "live"));
        }
        if (path.startsWith("/graph/")) {
            boolean details = path.contains("getDetailsByRecipient");
            return Optional.of(new Endpoint(FaultSwitches.EXCHANGE_ONLINE, details ? "details" : "message-traces"));
        }
        if (path.startsWith("/exchange-online/adminapi/")) {
            return Optional.of(new Endpoint(FaultSwitches.EXCHANGE_ONLINE, "invoke-command"));
        }
        if (path.startsWith("/exchange-online/reports/")) {
            return Optional.of(new Endpoint(FaultSwitches.EXCHANGE_ONLINE, "report-file"));
        }
        if (path.startsWith("/exchange/")) {
            return Optional.of(new Endpoint(FaultSwitches.SHELL, "shell"));
        }
        return path.startsWith("/entra/")
                ? Optional.of(new Endpoint(FaultSwitches.SIGN_IN, "token"))
                : Optional.empty();
    }

    String name() {
        return system + "." + operation;
    }

    private static boolean isDownload(HttpServerRequest request) {
        return request.params().contains("guid")
                && !request.params().contains("from")
                && !request.params().contains("rcpt")
                && !request.params().contains("subject");
    }
}
