package org.mailtrace.gateway.report;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Where the work on a report goes on.
 *
 * @param legs one for each source that is asked
 * @param concluded whether the traces are stored; only the rows that they were concluded from are still to be removed
 */
@RegisterForReflection
record Checkpoint(List<Leg> legs, boolean concluded) {
    Checkpoint {
        legs = List.copyOf(legs);
    }

    static Checkpoint beginning(Collection<String> sources) {
        return new Checkpoint(sources.stream().sorted().map(Leg::to).toList(), false);
    }

    boolean isGathered() {
        return legs.stream().allMatch(Leg::over);
    }

    /**
     * After a step. When a source turns out to need a report, those that answer at once begin anew after it: what they
     * prove about absence would grow old meanwhile.
     */
    Checkpoint with(List<Leg> changed) {
        List<Leg> now = legs.stream()
                .map(leg -> changed.stream()
                        .filter(other -> other.source().equals(leg.source()))
                        .findFirst()
                        .orElse(leg))
                .toList();
        boolean turned = IntStream.range(0, legs.size())
                .anyMatch(i -> legs.get(i).way() == Leg.Way.PAGES && now.get(i).way() == Leg.Way.REPORT);
        return new Checkpoint(
                now.stream()
                        .map(leg -> turned && leg.way() == Leg.Way.PAGES ? leg.anew(Leg.Way.PAGES) : leg)
                        .toList(),
                concluded);
    }

    Checkpoint isConcluded() {
        return new Checkpoint(legs, true);
    }

    /** Those to be asked now; whoever answers at once is asked when all reports of others are read. */
    List<Leg> due(Instant now) {
        return open().filter(leg -> leg.isDue(now)).toList();
    }

    /** When the first of them may be asked again. */
    Optional<Instant> nextDue() {
        return open().map(leg -> leg.notBefore().orElse(Instant.EPOCH)).min(Comparator.naturalOrder());
    }

    private Stream<Leg> open() {
        boolean reportsRead = legs.stream().allMatch(leg -> leg.way() != Leg.Way.REPORT || leg.over());
        return legs.stream().filter(leg -> !leg.over()).filter(leg -> reportsRead || leg.way() == Leg.Way.REPORT);
    }
}
