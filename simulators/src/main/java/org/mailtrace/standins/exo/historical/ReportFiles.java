package org.mailtrace.standins.exo.historical;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.mailtrace.standins.StandInsConfig;
import org.mailtrace.standins.exo.TraceRow;
import org.mailtrace.standins.story.Organisation;
import org.mailtrace.standins.story.StoryBook;

/** The files that searches leave: UTF-16LE without a byte order mark, as files of the original often are. */
@ApplicationScoped
class ReportFiles {
    private static final int MOST_LINES = 100_000;

    private final HistoricalSearches searches;
    private final Organisation organisation;
    private final String tenant;

    ReportFiles(StandInsConfig config, HistoricalSearches searches, StoryBook book) {
        this.searches = searches;
        this.organisation = book.organisation();
        this.tenant = config.exchangeOnline().tenant();
    }

    int lines(HistoricalSearch search) {
        return content(search).size();
    }

    byte[] file(HistoricalSearch search) {
        CsvLines csv = new CsvLines(search.request().isExtended() ? ExtendedReport.HEADER : SummaryReport.HEADER);
        content(search).forEach(csv::add);
        return csv.toString().getBytes(StandardCharsets.UTF_16LE);
    }

    private List<List<String>> content(HistoricalSearch search) {
        List<TraceRow> rows = searches.found(search);
        List<List<String>> lines = search.request().isExtended()
                ? new ExtendedReport(organisation, tenant).lines(rows)
                : new SummaryReport(organisation, search.submitted()).lines(rows);
        return lines.subList(0, Math.min(MOST_LINES, lines.size()));
    }
}
