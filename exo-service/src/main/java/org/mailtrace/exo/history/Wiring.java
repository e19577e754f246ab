package org.mailtrace.exo.history;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.mailtrace.jobs.JobStore;

/** The day's searches, counted in the service's store. */
@ApplicationScoped
class Wiring {
    private static final String NAME = "historical-search";
    private static final Duration DAY = Duration.ofHours(24);

    @Produces
    @Singleton
    SearchBudget budget(JobStore store, HistorySettings settings) {
        return new SearchBudget(store.budget(NAME, settings.searchesPerDay(), DAY));
    }
}
