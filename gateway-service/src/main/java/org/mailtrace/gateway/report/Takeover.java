package org.mailtrace.gateway.report;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailtrace.gateway.ask.Caller;
import org.mailtrace.gateway.search.Later;
import org.mailtrace.jobs.Job;

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
    public Taken takeOver(Map<String, List<String>> given, Optional<String> key, Caller caller, String base) {
        Order order = reports.order(key, given, List.of(), caller);
        Job job = reports.submit(principal.subject(), key, order, base);
        return new Taken(job.id(), AsyncAnswer.accepted(view.own(job, base)));
    }
}
