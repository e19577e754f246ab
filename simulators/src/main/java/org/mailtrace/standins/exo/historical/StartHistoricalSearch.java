package org.mailtrace.standins.exo.historical;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.mailtrace.standins.exo.cmdlet.Arguments;
import org.mailtrace.standins.exo.cmdlet.Cmdlet;

/** {@code Start-HistoricalSearch}. */
@ApplicationScoped
class StartHistoricalSearch implements Cmdlet {
    private final HistoricalSearches searches;
    private final SearchObjects objects;

    StartHistoricalSearch(HistoricalSearches searches, SearchObjects objects) {
        this.searches = searches;
        this.objects = objects;
    }

    @Override
    public String name() {
        return "Start-HistoricalSearch";
    }

    @Override
    public Output run(Arguments arguments, Instant now) {
        return Output.of(List.of(objects.of(searches.start(SearchRequest.of(arguments)))));
    }
}
