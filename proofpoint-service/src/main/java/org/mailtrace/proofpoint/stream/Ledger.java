package org.mailtrace.proofpoint.stream;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.mailtrace.index.Batch;
import org.mailtrace.index.Checkpoint;
import org.mailtrace.index.Coverage;
import org.mailtrace.index.DeadLetter;
import org.mailtrace.index.IndexRow;
import org.mailtrace.index.TraceIndex;
import org.mailtrace.proofpoint.record.RecordType;

/**
 * What is proven of one type, kept in the store in the transaction of the records themselves: so a crash leaves neither
 * a claim without records nor records that nobody knows of.
 */
final class Ledger {
    static final String PART = "log-stream";

    private final TraceIndex index;
    private final RecordType type;
    private volatile Proven proven;

    /** Goes on where the store says that reading stood. */
    Ledger(TraceIndex index, RecordType type) {
        this.index = index;
        this.type = type;
        this.proven = stored(index, type);
    }

    /** What the store says, whoever wrote it. */
    static Proven stored(TraceIndex index, RecordType type) {
        Optional<Coverage> lane = index.coverage(PART).stream()
                .filter(each -> each.lane().equals(type.word()))
                .findFirst();
        List<Missing> missing = Optional.ofNullable(index.checkpoints(PART).get(gaps(type)))
                .map(Proven::missingIn)
                .orElse(List.of());
        return new Proven(lane.map(Coverage::since), lane.map(Coverage::until), missing);
    }

    /** What is proven, of what is stored. */
    Proven proven() {
        return proven;
    }

    /**
     * Stores records together with what they prove.
     *
     * @throws org.mailtrace.index.IndexException if nothing was stored; what is proven then stays what it was
     */
    synchronized void commit(List<IndexRow> rows, List<DeadLetter> deadLetters, UnaryOperator<Proven> change) {
        Proven next = toTheMillisecond(change.apply(proven));
        if (rows.isEmpty() && deadLetters.isEmpty() && next.equals(proven)) {
            return;
        }
        List<Coverage> coverage = next.since().isEmpty()
                ? List.of()
                : List.of(new Coverage(
                        PART, type.word(), next.since().get(), next.until().orElseThrow()));
        index.append(new Batch(rows, deadLetters, List.of(new Checkpoint(PART, gaps(type), next.written())), coverage));
        proven = next;
    }

    /** The store keeps milliseconds; a claim must not be larger in memory than it is there. */
    private static Proven toTheMillisecond(Proven next) {
        return new Proven(
                next.since().map(moment -> moment.truncatedTo(ChronoUnit.MILLIS)),
                next.until().map(moment -> moment.truncatedTo(ChronoUnit.MILLIS)),
                next.missing());
    }

    private static String gaps(RecordType type) {
        return type.word() + "/gaps";
    }

    /** Before when the store claims nothing, because it was purged. */
    Instant floor() {
        return index.purgedBefore().orElse(Instant.EPOCH);
    }
}
