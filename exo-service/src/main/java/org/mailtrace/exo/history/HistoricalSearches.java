package org.mailtrace.exo.history;

import java.util.Optional;
import org.mailtrace.exo.quota.Errand;

/** Exchange Online's historical searches. Every method throws SourceFailure if there is no answer. */
interface HistoricalSearches {
    /**
     * Starts a search. When the answer is lost it may have started; it is then found by its title.
     *
     * @return the vendor's JobId
     */
    String start(SearchOrder order, Errand errand);

    /** The newest search of this title; Exchange Online lists those of the last ten days. */
    Optional<Search> byTitle(String title, Errand errand);

    /** The search of this JobId. */
    Optional<Search> byId(String id, Errand errand);

    /** Stops a search; Exchange Online does so only before it has begun. It counts against the day's searches all the same. */
    void stop(String id, Errand errand);
}
