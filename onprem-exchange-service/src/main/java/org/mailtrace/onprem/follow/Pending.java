package org.mailtrace.onprem.follow;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailtrace.index.Batch;
import org.mailtrace.index.Checkpoint;
import org.mailtrace.index.Coverage;
import org.mailtrace.index.DeadLetter;
import org.mailtrace.index.IndexRow;
import org.mailtrace.index.TraceIndex;

/**
 * What was read and is not stored yet. Exchange writes many small files, and a transaction costs the same for few rows as
 * for many: so stretches of several files are stored together, the rows always with where reading stands.
 */
final class Pending {
    /** Memory stays bounded by this, not by how much there is to read. */
    private static final long LARGE = 2 * 1024 * 1024;

    private final TraceIndex index;
    private final List<IndexRow> rows = new ArrayList<>();
    private final List<DeadLetter> deadLetters = new ArrayList<>();
    private final Map<String, Checkpoint> checkpoints = new LinkedHashMap<>();
    private final Map<String, Coverage> coverage = new LinkedHashMap<>();
    private Optional<Instant> since = Optional.empty();
    private long bytes;

    Pending(TraceIndex index) {
        this.index = index;
    }

    /** Adds what a stretch of so many bytes held, of a file that begins then; stores everything once it is much. */
    void add(Batch stretch, long length, Instant begins) {
        if (since.isEmpty() || begins.isBefore(since.get())) {
            since = Optional.of(begins);
        }
        rows.addAll(stretch.rows());
        deadLetters.addAll(stretch.deadLetters());
        stretch.checkpoints().forEach(checkpoint -> checkpoints.put(checkpoint.stream(), checkpoint));
        stretch.coverage().forEach(lane -> coverage.put(lane.lane(), lane));
        bytes += length;
        if (bytes >= LARGE) {
            store();
        }
    }

    /** Stores everything; nothing is lost from here if the store fails, because reading then begins where it was. */
    void store() {
        if (checkpoints.isEmpty()) {
            return;
        }
        index.append(new Batch(rows, deadLetters, List.copyOf(checkpoints.values()), List.copyOf(coverage.values())));
        rows.clear();
        deadLetters.clear();
        checkpoints.clear();
        coverage.clear();
        since = Optional.empty();
        bytes = 0;
    }

    /** When the oldest file begins of which something is held here; empty if nothing is. */
    Optional<Instant> since() {
        return since;
    }
}
