package org.mailtrace.gateway.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.mailtrace.contract.Observation;
import org.mailtrace.contract.Question;
import org.mailtrace.contract.Report;
import org.mailtrace.contract.ReportLinks;
import org.mailtrace.contract.ReportProgress;
import org.mailtrace.contract.ReportStatus;
import org.mailtrace.contract.RequestCost;
import org.mailtrace.contract.SourceAnswer;
import org.mailtrace.contract.SourceState;
import org.mailtrace.gateway.Flow;
import org.mailtrace.gateway.ask.Caller;

/** Sources that do what a test says; whatever they are asked is noted. */
final class ScriptedDesk implements Desk {
    final List<String> asked = new ArrayList<>();
    final Map<String, Function<Optional<String>, SourceAnswer>> answers = new HashMap<>();
    ReportStatus status = ReportStatus.COMPLETE;
    boolean lost;
    List<Observation> reported = List.of();

    @Override
    public SourceAnswer ask(String source, Question question, Caller caller) {
        asked.add(source + " " + question.cursor().orElse("first"));
        return answers.getOrDefault(source, cursor -> answer(source, SourceState.ANSWERED, List.of(), Optional.empty()))
                .apply(question.cursor());
    }

    @Override
    public Report order(String source, Question question, String key, Caller caller) {
        asked.add("order " + key);
        return report(source, ReportStatus.QUEUED);
    }

    @Override
    public Optional<Report> look(String source, String id, Caller caller) {
        asked.add("look " + id);
        return lost ? Optional.empty() : Optional.of(report(source, status));
    }

    @Override
    public SourceAnswer read(String source, String id, Question page, Caller caller) {
        asked.add("read " + id);
        return answer(source, SourceState.ANSWERED, reported, Optional.empty());
    }

    @Override
    public void cancel(String source, String id, Caller caller) {
        asked.add("cancel " + id);
    }

    /** So many pages of one row each. */
    void pages(String source, int pages) {
        answers.put(source, cursor -> page(source, pages, cursor));
    }

    static SourceAnswer page(String source, int pages, Optional<String> cursor) {
        int number = cursor.map(Integer::parseInt).orElse(0);
        return answer(
                source,
                SourceState.ANSWERED,
                List.of(row(source, number)),
                number + 1 < pages ? Optional.of(Integer.toString(number + 1)) : Optional.empty());
    }

    static Observation row(String source, int number) {
        return Flow.observation(
                source, 100L + number, Optional.of("<" + number + "@contoso.example>"), Optional.empty(), true);
    }

    static SourceAnswer answer(String source, SourceState state, List<Observation> rows, Optional<String> next) {
        return new SourceAnswer(
                source,
                state,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Flow.NOW),
                1,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.of("So it is."),
                List.of(),
                rows,
                next);
    }

    private static Report report(String source, ReportStatus status) {
        return new Report(
                "r1",
                source,
                status,
                status == ReportStatus.COMPLETE ? SourceState.ANSWERED : SourceState.PARTIAL,
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new RequestCost(1, 0, Optional.empty()),
                new ReportProgress(Optional.empty(), 0, 1, 0, 0, 0, 0, 0, Optional.empty(), Optional.empty()),
                Optional.of(600L),
                Optional.empty(),
                List.of(),
                new ReportLinks("http://localhost/reports/r1", Optional.empty()));
    }
}
