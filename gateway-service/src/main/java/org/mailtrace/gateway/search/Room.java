package org.mailtrace.gateway.search;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.mailtrace.gateway.answer.Trace;
import org.mailtrace.gateway.words.PageWords;

/**
 * The room for traces in one body. The first one always gets in; what of it does not fit is left out, and that is said.
 */
public final class Room {
    private final int limit;
    private final Shape shape;
    private final Cut cut;
    private long taken;
    private boolean anyTaken;
    private boolean anyCut;

    /**
     * As much as a body may hold.
     *
     * @param limit in bytes
     * @param asked the recipients that were asked for, who come first where not all fit
     */
    public Room(int limit, Shape shape, Predicate<String> asked) {
        this.limit = limit;
        this.shape = shape;
        this.cut = new Cut(limit, shape, asked);
    }

    /** The trace as it is shown; empty if it has to wait for the next body. */
    public Optional<Trace> take(Trace trace) {
        long size = shape.sizeOf(trace);
        if (anyTaken && taken + size > limit) {
            return Optional.empty();
        }
        boolean tooLarge = size > limit;
        Trace fitting = tooLarge ? cut.of(trace) : trace;
        taken += tooLarge ? shape.sizeOf(fitting) : size;
        anyTaken = true;
        anyCut |= tooLarge;
        return Optional.of(fitting);
    }

    /** That a trace is not whole. */
    public List<String> warnings() {
        return anyCut ? List.of(PageWords.cut()) : List.of();
    }
}
