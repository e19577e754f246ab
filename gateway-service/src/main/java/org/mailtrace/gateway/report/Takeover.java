package org.mailtrace.gateway.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailtrace.gateway.ask.Caller;
import org.mailtrace.gateway.search.Later;

/** A question whose caller did not want to wait becomes a report. */
@ApplicationScoped
class Takeover implements Later {
    private final Reports reports;
    private final ReportView view;
    private final Principal principal;

    Takeover(Reports reports, ReportView view, Principal principal) {
        this.reports = reports;
        this.view = view;
        this.principal = principal;
    }

    @Override
    public Response takeOver(Map<String, List<String>> given, Optional<String> key, Caller caller, String base) {
        return AsyncAnswer.accepted(
                view.own(reports.submit(principal.subject(), key, given, List.of(), caller, base), base));
    }
}
