package org.mailtrace.onprem.follow;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.mailtrace.index.Coverage;

/**
 * How far the evidence of one server goes, per file-name prefix: Exchange purges each prefix on its own, so the evidence
 * of the server goes back only as far as that of the shortest. One thread changes it, any may read.
 */
final class Lanes {
    /** Moderated transport writes only when something is moderated; its first file proves nothing about the others. */
    private static final String OCCASIONAL = "MSGTRKMA";

    /** The transport service, which every message passes: when it is silent, the others growing proves nothing. */
    private static final String TRANSPORT = "MSGTRK";

    private final String server;
    private final Map<String, Coverage> lanes = new ConcurrentSkipListMap<>();
    private final Retention retention;

    Lanes(String server, List<Coverage> known, Retention retention) {
        this.server = server;
        this.retention = retention;
        known.forEach(coverage -> lanes.put(coverage.lane(), coverage));
    }

    /**
     * The lane's coverage once a stretch belongs to it.
     *
     * @param joins whether nothing can be missing between the stretch and what is known; if something can, the lane is
     *     not taken back to it
     */
    Coverage with(String lane, Instant first, Instant last, boolean joins) {
        Coverage known = lanes.get(lane);
        if (known == null) {
            return new Coverage(server, lane, retention.kept(first), last);
        }
        return new Coverage(
                server,
                lane,
                retention.kept(joins && first.isBefore(known.since()) ? first : known.since()),
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

    /** What is known, by lane; nothing before what was purged. */
    List<Coverage> all() {
        return lanes.values().stream()
                .map(lane -> new Coverage(server, lane.lane(), retention.kept(lane.since()), lane.until()))
                .toList();
    }

    Optional<Instant> since(String lane) {
        return Optional.ofNullable(lanes.get(lane)).map(Coverage::since);
    }

    /** Since when all lanes together are evidence. */
    Optional<Instant> since() {
        return all().stream()
                .filter(lane -> lanes.size() == 1 || !lane.lane().equals(OCCASIONAL))
                .map(Coverage::since)
                .max(Comparator.naturalOrder());
    }

    /** When the server last wrote. */
    Optional<Instant> newest() {
        return Optional.ofNullable(lanes.get(TRANSPORT))
                .map(Coverage::until)
                .or(() -> lanes.values().stream().map(Coverage::until).max(Comparator.naturalOrder()));
    }
}
