package org.mailtrace.exo.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailtrace.contract.SourceState;
import org.mailtrace.exo.quota.Errand;
import org.mailtrace.http.guard.SourceFailure;

/** Historical searches as Exchange Online keeps them, in memory. */
final class FakeSearches implements HistoricalSearches {
    static final String ID = "77aa77aa-0000-4000-8000-000000000001";

    final List<SearchOrder> started = new ArrayList<>();
    private String status = "NotStarted";
    private Optional<Long> rows = Optional.empty();
    private Optional<String> fileUrl = Optional.empty();
    private boolean listed = true;
    private boolean losesTheAnswer;

    void is(String word) {
        status = word;
    }

    void isDone(Optional<Long> rowsFound, Optional<String> url) {
        status = "Done";
        rows = rowsFound;
        fileUrl = url;
    }

    void losesTheAnswer() {
        losesTheAnswer = true;
    }

    void isForgotten() {
        listed = false;
    }

    @Override
    public String start(SearchOrder order, Errand errand) {
        started.add(order);
        if (losesTheAnswer) {
            throw new SourceFailure(SourceState.TIMED_OUT, "No answer.");
        }
        return ID;
    }

    @Override
    public Optional<Search> byTitle(String title, Errand errand) {
        return started.stream()
                .filter(order -> order.title().equals(title))
                .findFirst()
                .map(order -> search(title));
    }

    @Override
    public Optional<Search> byId(String id, Errand errand) {
        return listed && id.equals(ID) ? Optional.of(search("a title")) : Optional.empty();
    }

    @Override
    public void stop(String id, Errand errand) {
        throw new UnsupportedOperationException();
    }

    private Search search(String title) {
        return new Search(ID, title, status, rows, fileUrl);
    }
}
