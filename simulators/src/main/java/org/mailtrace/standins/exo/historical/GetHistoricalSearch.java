package org.mailtrace.standins.exo.historical;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mailtrace.standins.exo.cmdlet.Arguments;
import org.mailtrace.standins.exo.cmdlet.Cmdlet;

/** {@code Get-HistoricalSearch}. */
@ApplicationScoped
class GetHistoricalSearch implements Cmdlet {
    private final HistoricalSearches searches;
    private final SearchObjects objects;

    GetHistoricalSearch(HistoricalSearches searches, SearchObjects objects) {
        this.searches = searches;
        this.objects = objects;
    }

    @Override
    public String name() {
        return "Get-HistoricalSearch";
    }

    @Override
    public Output run(Arguments arguments, Instant now) {
        arguments.onlyKnown(Set.of("JobId"));
        Optional<String> id = arguments.text("JobId");
        List<HistoricalSearch> wanted = id.map(
                        given -> List.of(searches.find(given).orElseThrow(() -> HistoricalSearches.unknown(given))))
                .orElseGet(searches::listed);
        return Output.of(wanted.stream().map(objects::of).toList());
    }
}
