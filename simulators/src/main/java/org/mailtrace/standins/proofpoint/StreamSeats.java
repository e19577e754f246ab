package org.mailtrace.standins.proofpoint;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who is connected with which token, and where a live session goes on that comes after another. */
@ApplicationScoped
class StreamSeats {
    private static final Duration REMEMBERED = Duration.ofHours(1);

    /** One token allows one session per type. */
    record Seat(String token, StreamType type) {
        /** Never the token. */
        @Override
        public String toString() {
            return "Seat[type=" + type + "]";
        }
    }

    private final Set<Seat> taken = new HashSet<>();
    /** When the live session of a seat ended; what came before was sent. */
    private final Map<Seat, Instant> ended = new HashMap<>();
    /** When a record that was not there at the first look came, by type. */
    private final Map<StreamType, Map<String, Instant>> arrivals = new HashMap<>();

    synchronized boolean take(Seat seat) {
        return taken.add(seat);
    }

    synchronized void leave(Seat seat) {
        taken.remove(seat);
    }

    /** Where a live session begins: where the last one ended, but never more than an hour back; the first one now. */
    synchronized Instant begin(Seat seat, Instant now) {
        Instant end = ended.getOrDefault(seat, now);
        Instant oldest = now.minus(REMEMBERED);
        return end.isBefore(oldest) ? oldest : end;
    }

    synchronized void sentUntil(Seat seat, Instant position) {
        ended.put(seat, position);
    }

    /** The records that came after one moment and not after another. What was there at the first look came at its time. */
    synchronized List<StreamRecord> arrived(StreamType type, List<StreamRecord> records, Instant after, Instant until) {
        Map<String, Instant> known = arrivals.get(type);
        boolean first = known == null;
        Map<String, Instant> all = first ? new HashMap<>() : known;
        arrivals.put(type, all);
        records.forEach(record -> all.putIfAbsent(record.key(), first ? record.at() : until));
        return records.stream()
                .filter(record -> all.get(record.key()).isAfter(after)
                        && !all.get(record.key()).isAfter(until))
                .toList();
    }
}
