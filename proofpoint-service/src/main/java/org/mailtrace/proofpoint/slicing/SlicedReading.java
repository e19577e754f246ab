package org.mailtrace.proofpoint.slicing;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.IntPredicate;
import org.mailtrace.contract.SourceState;
import org.mailtrace.http.guard.SourceFailure;
import org.mailtrace.proofpoint.words.Sentences;

/**
 * Reads a window slice by slice, newest first. A slice whose answer is cut is halved until it is not; it never takes a
 * cut answer for a whole one. It ends early once there is enough for a page.
 *
 * @param isCut whether an answer of so many rows may be cut
 * @param maxRequests requests that the reading may cost
 */
public record SlicedReading<T>(IntPredicate isCut, int maxRequests) {
    /** One request to the vendor. */
    @FunctionalInterface
    public interface Request<T> {
        /**
         * The rows of a slice.
         *
         * @throws SourceFailure if the vendor gives none
         */
        List<T> rowsOf(Window slice);
    }

    /** An empty harvest for a window, to be filled by {@link #run}. */
    public Harvest<T> harvestOf(Window window) {
        return new Harvest<>(window);
    }

    /**
     * Fills a harvest.
     *
     * @param enough whether these rows, complete down to this moment, suffice
     */
    public void run(
            Window window,
            Request<T> request,
            BiPredicate<List<T>, Instant> enough,
            Deadline deadline,
            Harvest<T> harvest) {
        Deque<Window> open = new ArrayDeque<>(List.of(window));
        boolean unreachable = false;
        for (int requests = 0; !open.isEmpty(); requests++) {
            if (requests > 0 && enough.test(harvest.rows(), harvest.completeDownTo()) && !unreachable) {
                harvest.enough();
                return;
            }
            if (requests == maxRequests) {
                harvest.stopped(SourceState.TRUNCATED, Sentences.tooManySlices());
                return;
            }
            if (deadline.isOver()) {
                harvest.stopped(SourceState.TIMED_OUT, Sentences.outOfTime());
                return;
            }
            Window slice = open.pop();
            List<T> rows;
            try {
                rows = request.rowsOf(slice);
            } catch (SourceFailure e) {
                harvest.failed(e);
                return;
            }
            harvest.add(rows);
            boolean cut = isCut.test(rows.size());
            if (cut && slice.canHalve()) {
                open.push(slice.olderHalf());
                open.push(slice.newerHalf());
            } else {
                unreachable |= cut;
                harvest.completeDownTo(slice.from());
            }
        }
        if (unreachable) {
            harvest.stopped(SourceState.TRUNCATED, Sentences.tooManyInOneSecond());
        } else {
            harvest.read();
        }
    }
}
