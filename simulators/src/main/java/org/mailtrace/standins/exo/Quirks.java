package org.mailtrace.standins.exo;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Stream;
import org.mailtrace.standins.StandInsConfig;

/** Chance that can be replayed: the same seed and the same question give the same accident. */
@ApplicationScoped
public class Quirks {
    private static final long FIRST = 0x9E3779B97F4A7C15L;
    private static final long SECOND = 0xBF58476D1CE4E5B9L;
    private static final int SHIFT = 29;

    private final long seed;

    Quirks(StandInsConfig config) {
        this.seed = config.exchangeOnline().seed();
    }

    /** True for one in so many of all cases. */
    public boolean happens(int oneIn, Object... about) {
        return Math.floorMod(place(about), (long) oneIn) == 0;
    }

    /**
     * A row's events by second; within one second anyhow, such as a failure before the rule that caused it (measured in
     * public).
     */
    public Stream<TraceRow.Detail> disordered(TraceRow row) {
        Comparator<TraceRow.Detail> second =
                Comparator.comparing(detail -> detail.at().truncatedTo(ChronoUnit.SECONDS));
        return row.details().stream()
                .sorted(second.thenComparingLong(
                        detail -> place(row.story().id(), row.recipient(), detail.sequence())));
    }

    /** A number that puts things into an order without sense. */
    private long place(Object... about) {
        long mixed = (seed + Arrays.hashCode(about)) * FIRST;
        mixed = (mixed ^ (mixed >>> SHIFT)) * SECOND;
        return mixed ^ (mixed >>> SHIFT);
    }
}
