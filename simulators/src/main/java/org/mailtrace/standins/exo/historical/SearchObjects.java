package org.mailtrace.standins.exo.historical;

import jakarta.enterprise.context.ApplicationScoped;
import org.mailtrace.standins.StandInsConfig;
import org.mailtrace.standins.exo.cmdlet.PropertyBag;

/** A search as the cmdlets show it; no file's address before it is done, nor when it found nothing. */
@ApplicationScoped
class SearchObjects {
    private final HistoricalSearches searches;
    private final ReportFiles files;
    private final String reports;

    SearchObjects(StandInsConfig config, HistoricalSearches searches, ReportFiles files) {
        this.searches = searches;
        this.files = files;
        this.reports = config.publicUrl() + "/exchange-online/reports/";
    }

    PropertyBag of(HistoricalSearch search) {
        String status = searches.status(search);
        boolean done = status.equals(HistoricalSearch.DONE);
        int rows = done ? files.lines(search) : 0;
        SearchRequest request = search.request();
        return new PropertyBag()
                .guid("JobId", search.id().toString())
                .time("SubmitDate", search.submitted(), true)
                .text("ReportTitle", request.title())
                .text("ReportType", request.type())
                .text("Status", status)
                .text("ReportStatusDescription", done ? "Complete" : status)
                .number("Rows", rows)
                .list("SenderAddress", request.senders())
                .list("RecipientAddress", request.recipients())
                .list("NotifyAddress", request.notified())
                .text("FileUrl", rows > 0 ? reports + search.id() + ".csv" : "");
    }
}
