package org.mailtrace.contract;

import java.util.List;

/**
 * The newest reports of a source, whoever asked for them: their states, and nothing of what was asked or found.
 *
 * @param reports newest first
 */
public record ReportList(List<Report> reports) {
    public ReportList {
        reports = Absent.toEmpty(reports);
    }
}
