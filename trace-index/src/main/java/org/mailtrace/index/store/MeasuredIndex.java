package org.mailtrace.index.store;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.mailtrace.index.Batch;
import org.mailtrace.index.Checkpoint;
import org.mailtrace.index.ClaimLostException;
import org.mailtrace.index.Coverage;
import org.mailtrace.index.DeadLetter;
import org.mailtrace.index.Found;
import org.mailtrace.index.IndexQuery;
import org.mailtrace.index.IndexSize;
import org.mailtrace.index.IndexedMessage;
import org.mailtrace.index.TraceIndex;

/** A store as it is, and metrics of it: how large it is, and which parts are read by this process. */
final class MeasuredIndex implements TraceIndex {
    private final TraceIndex index;
    private final ClaimMetrics claims;
    private final boolean searchesOnly;

    /** @param searchesOnly whether this process never reads anything, so that nothing of that is to be shown */
    MeasuredIndex(TraceIndex index, boolean searchesOnly, MeterRegistry registry, Clock clock) {
        this.index = index;
        this.searchesOnly = searchesOnly;
        this.claims = new ClaimMetrics(index.isShared(), registry, clock);
        new SizeMetrics(index, clock).register(registry);
    }

    @Override
    public void append(Batch batch) {
        List<String> parts = Stream.concat(
                        batch.checkpoints().stream().map(Checkpoint::part),
                        batch.coverage().stream().map(Coverage::part))
                .distinct()
                .toList();
        try {
            index.append(batch);
            parts.forEach(part -> claims.are(part, true));
        } catch (ClaimLostException e) {
            parts.forEach(part -> claims.are(part, false));
            throw e;
        }
    }

    @Override
    public boolean claim(String part) {
        boolean held = index.claim(part);
        if (!searchesOnly) {
            claims.are(part, held);
        }
        return held;
    }

    @Override
    public Found search(IndexQuery query) {
        return index.search(query);
    }

    @Override
    public Optional<IndexedMessage> find(String group) {
        return index.find(group);
    }

    @Override
    public int purge(Instant before, int limit) {
        return index.purge(before, limit);
    }

    @Override
    public boolean isShared() {
        return index.isShared();
    }

    @Override
    public Optional<Instant> purgedBefore() {
        return index.purgedBefore();
    }

    @Override
    public Optional<String> refusal() {
        return index.refusal();
    }

    @Override
    public Optional<String> trouble() {
        return index.trouble();
    }

    @Override
    public Map<String, String> checkpoints(String part) {
        return index.checkpoints(part);
    }

    @Override
    public void forget(String part, Collection<String> streams) {
        index.forget(part, streams);
    }

    @Override
    public List<Coverage> coverage(String part) {
        return index.coverage(part);
    }

    @Override
    public List<DeadLetter> deadLetters(String part, int limit) {
        return index.deadLetters(part, limit);
    }

    @Override
    public long deadLetterCount(String part) {
        return index.deadLetterCount(part);
    }

    @Override
    public IndexSize size() {
        return index.size();
    }

    @Override
    public void close() {
        index.close();
    }
}
