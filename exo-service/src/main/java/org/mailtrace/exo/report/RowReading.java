package org.mailtrace.exo.report;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mailtrace.contract.SourceState;
import org.mailtrace.exo.quota.Errand;
import org.mailtrace.exo.rows.MessageTraces;
import org.mailtrace.exo.rows.RowPage;
import org.mailtrace.exo.rows.TraceFilter;
import org.mailtrace.exo.trace.Window;
import org.mailtrace.exo.words.ReportWords;
import org.mailtrace.exo.words.Words;
import org.mailtrace.http.guard.SourceFailure;
import org.mailtrace.jobs.Finding;

/** Reads rows, one page a step. */
@ApplicationScoped
class RowReading {
    /** How often a stretch is begun again before it is halved. */
    private static final int RESTARTS = 2;
    /** How many stretches of one report are halved; beyond that the vendor is beyond help. */
    private static final int SPLITS = 64;

    private final MessageTraces traces;
    private final ReportJson json;
    private final ReportSettings settings;
    private final Clock clock;

    RowReading(MessageTraces traces, ReportJson json, ReportSettings settings, Clock clock) {
        this.traces = traces;
        this.json = json;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Reads the next page of a phase that has one.
     *
     * @throws SourceFailure if there is no answer
     */
    Turn read(Assignment assignment, TraceFilter request, Checkpoint at, Errand errand) {
        Spot spot = at.spot();
        Window stretch = spot.stretch(whole(request));
        Instant searchable = Window.searchableFrom(clock.instant());
        if (!stretch.to().isAfter(searchable)) {
            return Turn.to(at.cutAt(stretch.to()).moved(spot.nextStretch()));
        }
        boolean aged = stretch.from().isBefore(searchable);
        Checkpoint known = aged ? at.cutAt(searchable) : at;
        TraceFilter asked = within(request, aged ? new Window(searchable, stretch.to()) : stretch);
        RowPage page = traces.page(asked, spot.place(), errand);
        List<Finding> findings = page.rows().stream()
                .filter(assignment::wants)
                .map(row -> StoredRow.of(row).finding(json))
                .toList();
        Tally tally = at.tally().page(findings.size(), page.unreadable());
        return new Turn(after(page, known.at(spot, tally), request), findings);
    }

    /** Goes on after a page or place that the vendor refuses for good, or gives up the stretch. */
    Checkpoint refused(TraceFilter request, Checkpoint at, SourceFailure failure) {
        Spot spot = at.spot();
        if (spot.place().isPresent()) {
            return spot.restarts() < RESTARTS ? at.moved(spot.again()) : lost(request, at);
        }
        if (failure.state() == SourceState.TRUNCATED) {
            return lost(request, at);
        }
        return at.missing(new Gap(failure.state(), failure.getMessage())).moved(spot.nextStretch());
    }

    private Checkpoint after(RowPage page, Checkpoint at, TraceFilter request) {
        Spot spot = at.spot();
        if (at.tally().rows() >= settings.maxRows()) {
            return at.missing(new Gap(SourceState.TRUNCATED, ReportWords.TOO_MANY_ROWS));
        }
        Optional<String> next = page.next();
        if (next.isEmpty()) {
            return at.moved(spot.nextStretch());
        }
        boolean astray = spot.hasVisited(next.orElseThrow()) || spot.visited().size() >= settings.maxPagesPerStretch();
        return astray ? lost(request, at) : at.moved(spot.nextPage(next.orElseThrow()));
    }

    /** The pages of a stretch cannot be followed to their end: halves of it have pages of their own. */
    private static Checkpoint lost(TraceFilter request, Checkpoint at) {
        return at.splits() >= SPLITS
                ? unreachable(at)
                : at.spot().halved(whole(request)).map(at::halved).orElseGet(() -> unreachable(at));
    }

    private static Checkpoint unreachable(Checkpoint at) {
        return at.missing(new Gap(SourceState.TRUNCATED, ReportWords.UNREACHABLE))
                .moved(at.spot().nextStretch());
    }

    private static Window whole(TraceFilter request) {
        return new Window(request.from(), request.to());
    }

    private static TraceFilter within(TraceFilter request, Window stretch) {
        return new TraceFilter(
                stretch.from(),
                stretch.to(),
                request.traceId(),
                request.messageId(),
                request.sender(),
                request.recipients(),
                request.subject());
    }

    /** Whether the sentence says that rows could not be read. */
    static Optional<Gap> unreadable(Tally tally) {
        return tally.unreadable() > 0
                ? Optional.of(new Gap(SourceState.PARTIAL, Words.UNREADABLE_ROWS))
                : Optional.empty();
    }
}
