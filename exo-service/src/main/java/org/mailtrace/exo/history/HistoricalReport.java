package org.mailtrace.exo.history;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailtrace.contract.Question;
import org.mailtrace.exo.history.csv.FileCount;
import org.mailtrace.exo.history.csv.UnfitFile;
import org.mailtrace.exo.quota.Errand;
import org.mailtrace.exo.report.ThoroughSearch;
import org.mailtrace.exo.words.HistoryWords;

/**
 * A thorough report by historical search: started once and found again by its title after a kill, looked at now and then,
 * and read from the file that was downloaded or handed in.
 */
@ApplicationScoped
class HistoricalReport implements ThoroughSearch {
    private final HistoricalSearches searches;
    private final SearchPlan plan;
    private final SearchBudget budget;
    private final FileDownload download;
    private final ReportFiles files;
    private final MemoryJson json;
    private final HistorySettings settings;
    private final boolean chosen;
    private final Clock clock;

    HistoricalReport(
            HistoricalSearches searches,
            SearchPlan plan,
            SearchBudget budget,
            FileDownload download,
            ReportFiles files,
            MemoryJson json,
            HistorySettings settings,
            ThoroughSettings ways,
            Clock clock) {
        this.searches = searches;
        this.plan = plan;
        this.budget = budget;
        this.download = download;
        this.files = files;
        this.json = json;
        this.settings = settings;
        this.chosen = ways.thorough() == ThoroughSettings.Way.HISTORICAL_SEARCH;
        this.clock = clock;
    }

    @Override
    public boolean takesOver(Question question) {
        return chosen;
    }

    @Override
    public Stage goOn(Task task, Errand errand) {
        if (task.memory().isEmpty()) {
            return begin(task, errand);
        }
        Memory memory = json.read(task.memory().orElseThrow());
        Optional<Path> file = files.of(task.reportId());
        if (file.isPresent()) {
            return read(file.orElseThrow(), task, memory);
        }
        if (memory.downloadTried()) {
            return waiting(memory, settings.filePoll(), HistoryWords.awaitingFile(task.reportId()));
        }
        return searches.byId(memory.searchId(), errand)
                .map(search -> lookAt(search, task, memory, errand))
                .orElse(new Declined(HistoryWords.SEARCH_GONE));
    }

    /** A search of this title was started by an earlier attempt whose end nobody saw. */
    private Stage begin(Task task, Errand errand) {
        return switch (plan.of(task)) {
            case SearchPlan.Impossible impossible -> new Declined(impossible.why());
            case SearchPlan.Possible possible -> {
                SearchOrder order = possible.order();
                String id = searches.byTitle(order.title(), errand)
                        .map(Search::id)
                        .orElseGet(() -> {
                            budget.take();
                            return searches.start(order, errand);
                        });
                Memory memory = new Memory(
                        id, order.kind(), clock.instant(), order.to(), Optional.empty(), false, Optional.empty());
                yield waiting(memory, settings.poll(), HistoryWords.STARTED);
            }
        };
    }

    private Stage lookAt(Search search, Task task, Memory memory, Errand errand) {
        return switch (search.state()) {
            case WAITING, RUNNING -> waiting(memory, settings.poll(), patience(memory, HistoryWords.BEING_PREPARED));
            case UNKNOWN -> waiting(memory, settings.poll(), patience(memory, HistoryWords.UNKNOWN_STATUS));
            case CANCELLED -> new Declined(HistoryWords.SEARCH_CANCELLED);
            case FAILED -> new Declined(HistoryWords.SEARCH_FAILED);
            case DONE -> done(search, task, memory.having(search.rows()), errand);
        };
    }

    /** No file and no rows is an answer; no file and no number of rows is none. */
    private Stage done(Search search, Task task, Memory memory, Errand errand) {
        if (search.rows().filter(rows -> rows == 0).isPresent()) {
            return new Finished(memory.upTo(), Optional.empty(), warnings(task));
        }
        if (search.fileUrl().isEmpty()) {
            return waiting(memory, settings.filePoll().multipliedBy(4), HistoryWords.noFileNamed(task.reportId()));
        }
        Memory tried = memory.afterDownload();
        return download.into(task.reportId(), search.fileUrl().orElseThrow(), errand)
                ? new Found(json.write(tried), List.of(), false, List.of())
                : waiting(tried, settings.filePoll(), HistoryWords.awaitingFile(task.reportId()));
    }

    private Stage read(Path file, Task task, Memory memory) {
        try {
            String position = memory.position().orElse(FileBatches.BEGINNING);
            if (position.isEmpty()) {
                return finished(new FileBatches(file, settings.messagesPerStep()).count(), task, memory);
            }
            Batch batch = new FileBatches(file, settings.messagesPerStep()).from(position);
            List<Row> rows = batch.rows().stream()
                    .map(traced -> new Row(traced.row(), traced.events()))
                    .toList();
            return new Found(json.write(memory.at(batch.next().orElse(""))), rows, false, List.of());
        } catch (UnfitFile e) {
            return new Declined(String.join(" ", e.faults()));
        } catch (IOException e) {
            throw new UncheckedIOException("the file of a report cannot be read", e);
        }
    }

    private Stage finished(FileBatches.Whole whole, Task task, Memory memory) {
        FileCount count = whole.count();
        List<String> warnings = new ArrayList<>(warnings(task));
        if (whole.endsOpen()) {
            warnings.add(HistoryWords.ENDS_OPEN);
        }
        memory.rows()
                .filter(rows -> rows != count.rows() + count.broken())
                .ifPresent(rows -> warnings.add(HistoryWords.otherNumberOfRows(rows, count.rows() + count.broken())));
        List<String> missing = new ArrayList<>();
        if (count.broken() > 0) {
            missing.add(HistoryWords.rowsBroken(count.broken(), count.brokenLines()));
        }
        if (count.mayBeCutOff()) {
            missing.add(HistoryWords.MAY_BE_CUT_OFF);
        }
        return new Finished(
                memory.upTo(), missing.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", missing)), warnings);
    }

    private static List<String> warnings(Task task) {
        return task.question().recipients().isEmpty() ? List.of() : List.of(HistoryWords.GROUPS_MAY_BE_MISSED);
    }

    private Stage waiting(Memory memory, Duration span, String explanation) {
        return new Waiting(json.write(memory), clock.instant().plus(span), explanation);
    }

    private String patience(Memory memory, String sentence) {
        Instant late = memory.startedAt().plus(settings.lateAfter());
        return clock.instant().isBefore(late) ? sentence : HistoryWords.LATE;
    }
}
