package org.mailtrace.standins.exo.historical;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.mailtrace.standins.exo.cmdlet.Arguments;
import org.mailtrace.standins.exo.cmdlet.Cmdlet;

/** {@code Stop-HistoricalSearch}. */
@ApplicationScoped
class StopHistoricalSearch implements Cmdlet {
    private final HistoricalSearches searches;

    StopHistoricalSearch(HistoricalSearches searches) {
        this.searches = searches;
    }

    @Override
    public String name() {
        return "Stop-HistoricalSearch";
    }

    @Override
    public Output run(Arguments arguments, Instant now) {
        arguments.onlyKnown(Set.of("JobId"));
        searches.stop(arguments.required("JobId"));
        return Output.of(List.of());
    }
}
