package org.mailtrace.exo.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mailtrace.contract.AddressPattern;
import org.mailtrace.contract.Question;
import org.mailtrace.contract.ReportPhase;
import org.mailtrace.contract.ReportProgress;
import org.mailtrace.contract.RequestCost;
import org.mailtrace.contract.SourceState;
import org.mailtrace.exo.rows.TraceFilter;
import org.mailtrace.exo.trace.Window;
import org.mailtrace.exo.words.ReportWords;
import org.mailtrace.exo.words.Words;
import org.mailtrace.jobs.JobState;

/**
 * What a report may claim, as far as it got.
 *
 * @param settlingTime how long after a message the absence of its row proves nothing
 */
record Conclusion(Assignment assignment, Checkpoint at, RequestCost cost, Duration settlingTime) {
    /** How many reasons one sentence names. */
    private static final int REASONS = 3;

    /** How it stands while it is being worked on: it never looks like an answer. */
    Standing underWay() {
        return standing(SourceState.PARTIAL, Optional.of(at.spot().phase()), searchedFrom(), Optional.empty());
    }

    /** How it stands at the end. */
    Standing atTheEnd() {
        boolean onlyTooOld = gaps().stream().allMatch(gap -> gap.state() == SourceState.OUT_OF_RETENTION);
        Optional<Instant> from = searchedFrom();
        Optional<Instant> absence = from.filter(start -> onlyTooOld && isReadThrough())
                .map(start -> earlier(searchedTo(), newestReadAt().minus(settlingTime)));
        return standing(state(), Optional.empty(), from, absence);
    }

    JobState jobState() {
        if (gaps().isEmpty()) {
            return JobState.COMPLETE;
        }
        return readAnything() ? JobState.INCOMPLETE : JobState.FAILED;
    }

    /** One sentence unless it is complete. */
    Optional<String> explanation() {
        String reasons = gaps().stream()
                .sorted(Comparator.comparing(Gap::state).reversed())
                .map(Gap::why)
                .distinct()
                .limit(REASONS)
                .collect(Collectors.joining(" "));
        return switch (jobState()) {
            case COMPLETE -> Optional.empty();
            case INCOMPLETE -> Optional.of(ReportWords.incomplete(reasons));
            default -> Optional.of(reasons);
        };
    }

    private SourceState state() {
        List<SourceState> states = new ArrayList<>();
        if (gaps().isEmpty() || readAnything()) {
            states.add(SourceState.ANSWERED);
        }
        gaps().forEach(gap -> states.add(gap.state()));
        return SourceState.ofParts(states);
    }

    private List<Gap> gaps() {
        boolean tooOld = assignment.tooOld() || at.cutFrom().isPresent();
        Stream<Gap> age = tooOld
                ? Stream.of(new Gap(SourceState.OUT_OF_RETENTION, Words.outOfRetention(start())))
                : Stream.empty();
        return Stream.of(at.gaps().stream(), RowReading.unreadable(at.tally()).stream(), age)
                .flatMap(stream -> stream)
                .toList();
    }

    private Instant start() {
        return at.cutFrom().filter(cut -> cut.isAfter(assignment.from())).orElse(assignment.from());
    }

    private boolean readAnything() {
        return at.tally().pages() > 0 || at.tally().rows() > 0;
    }

    /** Whether the whole window was gone through. */
    private boolean isReadThrough() {
        return at.spot().phase() != ReportPhase.ROWS || at.spot().request() >= rows().size();
    }

    /** Slices are read newest first; those before the one being read are done. */
    private Optional<Instant> searchedFrom() {
        if (isReadThrough()) {
            return Optional.of(start());
        }
        Instant done = rows().get(at.spot().request()).to();
        return done.isBefore(assignment.window().to()) ? Optional.of(done) : Optional.empty();
    }

    private Instant searchedTo() {
        Window last = at.again().orElse(assignment.window());
        return earlier(assignment.to(), last.to());
    }

    /** When the newest rows were last read. A second reading counts only if it went back far enough. */
    private Instant newestReadAt() {
        boolean farEnough = at.again()
                .filter(late -> !late.from().isAfter(at.begunAt().minus(settlingTime))
                        || !late.from().isAfter(assignment.window().from()))
                .isPresent();
        return at.againAt().filter(moment -> farEnough).orElse(at.begunAt());
    }

    private Standing standing(
            SourceState state, Optional<ReportPhase> phase, Optional<Instant> from, Optional<Instant> absence) {
        Tally tally = at.tally();
        int late = assignment.plan(at, ReportPhase.LATE_ROWS).size();
        int before = at.spot().phase() == ReportPhase.ROWS ? 0 : rows().size();
        int all = rows().size() + (at.again().isPresent() ? late : Math.max(0, cost.rowRequests() - rows().size()));
        int done = at.spot().phase() == ReportPhase.DETAILS
                ? rows().size() + late
                : before + at.spot().request();
        return new Standing(
                cost,
                new ReportProgress(
                        phase,
                        done,
                        Math.max(done, all),
                        tally.pages(),
                        tally.rows(),
                        0,
                        tally.details(),
                        tally.requests(),
                        Optional.empty(),
                        Optional.empty()),
                state,
                from,
                from.map(start -> searchedTo()),
                absence,
                warnings());
    }

    private List<String> warnings() {
        Question question = assignment.question();
        boolean wholeDomain = Stream.concat(question.sender().stream(), question.recipients().stream())
                .anyMatch(AddressPattern::isWholeDomain);
        List<String> warnings = new ArrayList<>(at.warnings());
        if (wholeDomain && at.tally().rows() == 0) {
            warnings.add(Words.NOT_WHOLE_DOMAIN);
        }
        if (!question.advanced() && at.tally().rows() > 0) {
            warnings.add(ReportWords.NO_EVENTS);
        }
        return warnings;
    }

    private List<TraceFilter> rows() {
        return assignment.plan(at, ReportPhase.ROWS);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
