package org.mailtrace.exo.history;

import java.time.Duration;
import java.util.Optional;
import org.mailtrace.contract.SourceState;
import org.mailtrace.exo.words.HistoryWords;
import org.mailtrace.http.guard.SourceFailure;
import org.mailtrace.jobs.JobsException;
import org.mailtrace.jobs.SharedBudget;

/**
 * The searches that a tenant may start in 24 hours, counted in the store for all processes together and over restarts.
 * Cancelled ones count, so nothing is ever given back.
 */
final class SearchBudget {
    private final SharedBudget budget;

    SearchBudget(SharedBudget budget) {
        this.budget = budget;
    }

    /** @throws SourceFailure if there is none left, or it cannot be counted */
    void take() {
        Optional<Duration> wait;
        try {
            wait = budget.take(1, 0);
        } catch (JobsException e) {
            throw new SourceFailure(SourceState.FAILED, HistoryWords.NOT_COUNTED, Optional.empty(), e);
        }
        if (wait.isPresent()) {
            throw new SourceFailure(SourceState.THROTTLED, HistoryWords.NO_SEARCHES_LEFT, wait, null);
        }
    }
}
