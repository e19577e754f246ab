package org.mailtrace.proofpoint;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mailtrace.contract.SourcePart;
import org.mailtrace.contract.SourceState;
import org.mailtrace.proofpoint.row.MessageRow;
import org.mailtrace.proofpoint.settings.ProofpointSettings;
import org.mailtrace.proofpoint.slicing.Deadline;
import org.mailtrace.proofpoint.slicing.Harvest;
import org.mailtrace.proofpoint.slicing.Window;
import org.mailtrace.proofpoint.smartsearch.SmartSearch;
import org.mailtrace.proofpoint.smartsearch.VendorQuery;

/** Looks by asking Smart Search. */
@ApplicationScoped
class SmartSearchWay {
    static final String PART = "smart-search";

    private final SmartSearch search;
    private final ProofpointSettings settings;
    private final Clock clock;

    SmartSearchWay(SmartSearch search, ProofpointSettings settings, Clock clock) {
        this.search = search;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Runs the queries.
     *
     * @param newest where reading begins, UTC; earlier pages have shown what is newer
     * @param provesAbsence whether finding nothing proves that there is nothing
     * @param enough whether these rows of one query, complete down to this moment, fill a page
     * @param deadline that of the whole question; what is not read by then was not read in time
     */
    Looked look(
            List<VendorQuery> queries,
            Instant from,
            Instant to,
            Optional<Instant> newest,
            boolean provesAbsence,
            BiPredicate<List<MessageRow>, Instant> enough,
            Deadline deadline) {
        Reach reach = new Reach(from, to, clock.instant(), settings.retention(), settings.settlingTime());
        List<Harvest<MessageRow>> harvests = reach.window()
                .map(window -> read(queries, window.upTo(newest), enough, deadline))
                .orElse(List.of());
        return new Looked(
                harvests.stream()
                        .flatMap(harvest -> harvest.rows().stream())
                        .distinct()
                        .toList(),
                Findings.completeDownTo(harvests),
                List.of(part(reach, harvests)),
                reach.window().map(window -> new Looked.Stretch(reach.from(), reach.to())),
                Optional.of(reach.searchableFrom()),
                reach.absenceProvenUntil(provesAbsence),
                Optional.empty(),
                harvests.stream()
                        .flatMap(harvest -> harvest.retryAfter().stream())
                        .max(Duration::compareTo));
    }

    /** What was redirected is asked for only once the rest was answered: who refuses is not asked twice. */
    private List<Harvest<MessageRow>> read(
            List<VendorQuery> queries,
            Window window,
            BiPredicate<List<MessageRow>, Instant> enough,
            Deadline deadline) {
        Map<Boolean, List<VendorQuery>> parts =
                queries.stream().collect(Collectors.partitioningBy(VendorQuery::asksForRedirected));
        List<Harvest<MessageRow>> direct = search.search(parts.get(false), window, enough, deadline);
        boolean answered = direct.stream().allMatch(harvest -> harvest.state() == SourceState.ANSWERED);
        return answered && !parts.get(true).isEmpty()
                ? Stream.concat(direct.stream(), search.search(parts.get(true), window, enough, deadline).stream())
                        .toList()
                : direct;
    }

    /** How the search went; a window that reaches back too far counts as a part that could not be read. */
    private static SourcePart part(Reach reach, List<Harvest<MessageRow>> harvests) {
        SourceState state = SourceState.ofParts(Stream.concat(
                        harvests.stream().map(Harvest::state),
                        reach.isClipped() ? Stream.of(SourceState.OUT_OF_RETENTION) : Stream.empty())
                .toList());
        String why = Stream.concat(
                        reach.explanation().stream(),
                        harvests.stream().flatMap(harvest -> harvest.explanation().stream()))
                .distinct()
                .collect(Collectors.joining(" "));
        return new SourcePart(
                PART,
                state,
                Optional.of(reach.searchableFrom()),
                Optional.empty(),
                state.looked() ? Optional.empty() : Optional.of(why));
    }
}
