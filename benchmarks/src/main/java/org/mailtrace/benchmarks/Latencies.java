package org.mailtrace.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How long things took, told by their quantiles. Any thread may add. */
final class Latencies {
    private final List<Long> nanos = Collections.synchronizedList(new ArrayList<>());

    void add(long each) {
        nanos.add(each);
    }

    void clear() {
        nanos.clear();
    }

    int count() {
        return nanos.size();
    }

    /** So many milliseconds or less took this share of all, from 0 to 1; NaN if there is nothing. */
    double millis(double share) {
        long[] sorted =
                List.copyOf(nanos).stream().mapToLong(Long::longValue).sorted().toArray();
        return sorted.length == 0
                ? Double.NaN
                : sorted[Math.min(sorted.length - 1, (int) (sorted.length * share))] / 1e6;
    }
}
