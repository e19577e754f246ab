package org.mailtrace.onprem.follow;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailtrace.index.Coverage;

/**
 * How far the evidence of one server goes, per file-name prefix: Exchange purges each prefix on its own, so the evidence
 * of the server goes back only as far as that of the shortest.
 */
final class Lanes {
    /** Moderated transport writes only when something is moderated; its first file proves nothing about the others. */
    private static final String OCCASIONAL = "MSGTRKMA";

    private final String server;
    private final Map<String, Coverage> lanes = new HashMap<>();

    Lanes(String server, List<Coverage> known) {
        this.server = server;
        known.forEach(coverage -> lanes.put(coverage.lane(), coverage));
    }

    /** The lane's coverage once this moment belongs to it. */
    Coverage with(String lane, Instant first, Instant last) {
        Coverage known = lanes.get(lane);
        return known == null
                ? new Coverage(server, lane, first, last)
                : new Coverage(
                        server,
                        lane,
                        first.isBefore(known.since()) ? first : known.since(),
                        last.isAfter(known.until()) ? last : known.until());
    }

    void put(Coverage coverage) {
        lanes.put(coverage.lane(), coverage);
    }

    /** Starts the lane anew: what lies before was followed by a gap. The rows stay, the claim goes. */
    void forget(String lane) {
        lanes.remove(lane);
    }

    boolean knows(String lane) {
        return lanes.containsKey(lane);
    }

    Optional<Instant> since() {
        return lanes.values().stream()
                .filter(lane -> lanes.size() == 1 || !lane.lane().equals(OCCASIONAL))
                .map(Coverage::since)
                .max(Instant::compareTo);
    }

    Optional<Instant> newest() {
        return lanes.values().stream().map(Coverage::until).max(Instant::compareTo);
    }
}
