package org.mailtrace.exo.history;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.mailtrace.exo.report.ThoroughSearch;
import org.mailtrace.exo.words.HistoryWords;

/**
 * Says how a question is asked as a historical search. It has no filter for subjects, no null sender, and needs a sender,
 * recipient or Message-ID; whatever it cannot filter by is filtered here. The same report
 * gives the same search at whatever time it is planned, because a search that is found again by its title was planned
 * by an earlier attempt. Sources: "Start-HistoricalSearch" on learn.microsoft.com.
 */
@ApplicationScoped
class SearchPlan {
    private static final String TITLE = "Mailtrace ";
    private static final int MOST_ADDRESSES = 100;

    private final HistorySettings settings;

    SearchPlan(HistorySettings settings) {
        this.settings = settings;
    }

    /** What became of the attempt to plan. */
    sealed interface Outcome {}

    /** It can be asked. */
    record Possible(SearchOrder order) implements Outcome {}

    /** It cannot; the sentence says why. */
    record Impossible(String why) implements Outcome {}

    /** By which the search of a report is found again, whoever started it. */
    static String title(String reportId) {
        return TITLE + reportId;
    }

    Outcome of(ThoroughSearch.Task task) {
        Criteria criteria = Criteria.of(task.question());
        if (criteria.isEmpty()) {
            return new Impossible(HistoryWords.NEEDS_AN_ADDRESS);
        }
        if (criteria.recipients().size() > MOST_ADDRESSES) {
            return new Impossible(HistoryWords.TOO_MANY_ADDRESSES);
        }
        Instant archived = task.orderedAt().minus(settings.archivedAfter()).truncatedTo(ChronoUnit.SECONDS);
        Instant to =
                task.window().to().isAfter(archived) ? archived : task.window().to();
        if (!task.window().from().isBefore(to)) {
            return new Impossible(HistoryWords.notArchived(settings.archivedAfter()));
        }
        return new Possible(new SearchOrder(
                title(task.reportId()), settings.kind(), task.window().from(), to, criteria, settings.notifyAddress()));
    }
}
