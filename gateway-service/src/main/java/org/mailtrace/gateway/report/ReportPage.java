package org.mailtrace.gateway.report;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The newest reports.
 *
 * @param reports newest first
 */
@Schema(description = "The newest reports: how far they are, and nothing of what was asked or found.")
public record ReportPage(List<GatewayReport> reports) {
    public ReportPage {
        reports = List.copyOf(reports);
    }
}
