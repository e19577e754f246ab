package org.mailtrace.exo.report;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.mailtrace.contract.SourceState;
import org.mailtrace.exo.detail.Details;
import org.mailtrace.exo.quota.Errand;
import org.mailtrace.exo.rows.MessageTraces;
import org.mailtrace.exo.rows.Rows;
import org.mailtrace.exo.rows.TraceFilter;
import org.mailtrace.exo.trace.Observations;
import org.mailtrace.exo.trace.ReportLimits;
import org.mailtrace.exo.trace.TraceSettings;
import org.mailtrace.exo.trace.Window;
import org.mailtrace.exo.words.ReportWords;
import org.mailtrace.exo.words.Words;
import org.mailtrace.http.guard.SourceFailure;
import org.mailtrace.jobs.Finding;
import org.mailtrace.jobs.FindingGroup;
import org.mailtrace.jobs.Jobs;
import org.mailtrace.jobs.Place;

/**
 * Reads the events of what a thorough report found, newest first: those of the recipients asked for, then the other rows
 * of messages that went on under other addresses, then the events of those. One recipient or message a step.
 */
@ApplicationScoped
class DetailReading {
    private static final int AT_A_TIME = 20;
    /** Asking again changes nothing about these. */
    private static final Set<SourceState> FOR_GOOD =
            EnumSet.of(SourceState.CANNOT_ANSWER, SourceState.OUT_OF_RETENTION, SourceState.TRUNCATED);
    /** A message that has just arrived has no events worth a request. */
    private static final Set<String> TOO_EARLY = Set.of("gettingstatus");

    private final MessageTraces traces;
    private final Details details;
    private final Jobs jobs;
    private final Observations observations;
    private final ReportJson json;
    private final ReportLimits limits;
    private final TraceSettings settings;
    private final Clock clock;

    DetailReading(
            MessageTraces traces,
            Details details,
            Jobs jobs,
            Observations observations,
            ReportJson json,
            ReportLimits limits,
            TraceSettings settings,
            Clock clock) {
        this.traces = traces;
        this.details = details;
        this.jobs = jobs;
        this.observations = observations;
        this.json = json;
        this.limits = limits;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Reads one recipient's events or one message's other rows.
     *
     * @return empty once there is nothing left to read, or nothing more may be spent
     * @throws SourceFailure if there is no answer
     */
    Optional<Turn> read(String report, Assignment assignment, Checkpoint at, Errand errand) {
        Optional<Place> after = at.detailsAfter();
        boolean rowsAreComplete =
                assignment.question().recipients().isEmpty() && at.gaps().isEmpty();
        while (true) {
            List<FindingGroup> groups = jobs.findings(report, after, AT_A_TIME);
            for (FindingGroup group : groups) {
                StoredMessage message =
                        new StoredMessage(group, assignment.question(), rowsAreComplete, json, observations);
                Optional<StoredRow> row = message.withoutEvents(TOO_EARLY);
                if (row.isPresent() || message.lacksMembers()) {
                    Checkpoint here = at.readingDetails(after);
                    return at.tally().further() >= limits.maxDetails()
                            ? spent(at)
                            : Optional.of(
                                    row.isPresent()
                                            ? events(row.orElseThrow(), here, errand)
                                            : members(message, here, errand));
                }
                after = Optional.of(new Place(group.firstAt(), group.key()));
            }
            if (groups.size() < AT_A_TIME) {
                return Optional.empty();
            }
        }
    }

    private static Optional<Turn> spent(Checkpoint at) {
        return at.warnings().contains(ReportWords.NOT_ALL_EVENTS)
                ? Optional.empty()
                : Optional.of(Turn.to(at.warned(List.of(ReportWords.NOT_ALL_EVENTS))));
    }

    private Turn events(StoredRow row, Checkpoint at, Errand errand) {
        try {
            StoredRow read = row.with(details.of(row.row(), errand));
            return new Turn(at.at(at.spot(), at.tally().events()), List.of(read.finding(json)));
        } catch (SourceFailure e) {
            if (e.state() != SourceState.CANNOT_ANSWER) {
                throw e;
            }
            return new Turn(
                    at.at(at.spot(), at.tally().refusedEvents()).warned(List.of(ReportWords.EVENTS_REFUSED)),
                    List.of(row.withoutEvents().finding(json)));
        }
    }

    /** All rows of the message are stored, so that it is known which of them belong to which. */
    private Turn members(StoredMessage message, Checkpoint at, Errand errand) {
        Instant now = clock.instant();
        Window around = Window.ofMessage(message.message().firstSeen(), now, now.minus(settings.clockMargin()));
        String id = message.message().traceId();
        Rows rows = traces.rows(TraceFilter.ofMessage(id, around.from(), around.to()), errand);
        rows.ending().filter(failure -> !FOR_GOOD.contains(failure.state())).ifPresent(failure -> {
            throw failure;
        });
        StoredRow.Members read = rows.ending().isEmpty() ? StoredRow.Members.ALL : StoredRow.Members.SOME;
        Stream<StoredRow> others = rows.rows().stream()
                .filter(row -> row.traceId().equals(id))
                .filter(row -> message.stored(row).isEmpty())
                .map(row -> new StoredRow(row, false, read, false, Optional.empty()));
        List<Finding> findings = Stream.concat(message.rows().map(row -> row.among(read)), others)
                .map(row -> row.finding(json))
                .toList();
        List<String> warnings = rows.ending().isEmpty() ? List.of() : List.of(Words.MEMBERS_NOT_READ);
        return new Turn(at.at(at.spot(), at.tally().members(findings.size())).warned(warnings), findings);
    }
}
