package org.mailtrace.proofpoint.smartsearch;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.mailtrace.contract.SourceState;
import org.mailtrace.http.guard.Guarded;
import org.mailtrace.http.guard.SourceFailure;
import org.mailtrace.proofpoint.row.MessageRow;
import org.mailtrace.proofpoint.settings.ProofpointSettings;
import org.mailtrace.proofpoint.slicing.AtOnce;
import org.mailtrace.proofpoint.slicing.Deadline;
import org.mailtrace.proofpoint.slicing.Harvest;
import org.mailtrace.proofpoint.slicing.SlicedReading;
import org.mailtrace.proofpoint.slicing.Window;
import org.mailtrace.proofpoint.vendor.Cluster;
import org.mailtrace.proofpoint.vendor.ManagedModule;
import org.mailtrace.proofpoint.vendor.VendorDates;
import org.mailtrace.proofpoint.words.Sentences;

/** Asks Smart Search, behind its guard. */
@ApplicationScoped
public class SmartSearch {
    private final SmartSearchApi api;
    private final Cluster cluster;
    private final Guarded guard;
    private final AtOnce atOnce;
    private final ProofpointSettings.Search settings;

    SmartSearch(Cluster cluster, ProofpointSettings settings, AtOnce atOnce, Clock clock) {
        this.cluster = cluster;
        this.settings = settings.search();
        this.atOnce = atOnce;
        this.api = cluster.client(
                SmartSearchApi.class,
                ManagedModule.SMART_SEARCH,
                this.settings.guard().timeout());
        this.guard = new Guarded("Proofpoint Smart Search", this.settings.guard(), clock);
    }

    /**
     * Runs every query over the window, each in slices. Never throws for a vendor that fails: each harvest says how far
     * it came.
     *
     * @param enough whether these rows of one query, complete down to this moment, fill a page
     */
    public List<Harvest<MessageRow>> search(
            List<VendorQuery> queries,
            Window window,
            BiPredicate<List<MessageRow>, Instant> enough,
            Deadline deadline) {
        SlicedReading<MessageRow> reading = new SlicedReading<>(this::isCut, settings.maxRequests());
        List<Harvest<MessageRow>> harvests =
                queries.stream().map(query -> reading.harvestOf(window)).toList();
        List<Runnable> work = java.util.stream.IntStream.range(0, queries.size())
                .<Runnable>mapToObj(i -> () ->
                        reading.run(window, slice -> ask(queries.get(i), slice), enough, deadline, harvests.get(i)))
                .toList();
        atOnce.run(work, settings.atOnce(), deadline);
        return harvests;
    }

    /** The guard in front of Smart Search, for those who want to know how it is doing. */
    public Guarded guard() {
        return guard;
    }

    private boolean isCut(int rows) {
        return rows >= settings.count() || settings.suspiciousCounts().contains(rows);
    }

    private List<MessageRow> ask(VendorQuery query, Window slice) {
        Map<String, String> parameters = new HashMap<>(query.parameters());
        // Whether the vendor takes its bounds in or out is not documented: one second more on both sides, filtered
        // here.
        parameters.put("from", VendorDates.forSearch(slice.from().minusSeconds(1)));
        parameters.put("to", VendorDates.forSearch(slice.to().plusSeconds(1)));
        parameters.put("count", Integer.toString(settings.count()));
        return guard.call(() -> read(parameters), SearchResult.class).rows();
    }

    private SearchResult read(Map<String, String> parameters) throws IOException {
        SearchResult result = SearchResult.of(cluster.ask(ManagedModule.SMART_SEARCH, () -> api.filter(parameters)))
                .orElseThrow(SmartSearch::unreadable);
        if (result.hasRowWithoutKey()) {
            throw unreadable();
        }
        return result;
    }

    private static SourceFailure unreadable() {
        return new SourceFailure(SourceState.FAILED, Sentences.unreadable(ManagedModule.SMART_SEARCH.called()));
    }
}
