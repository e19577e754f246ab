package org.mailtrace.onprem.follow;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which files are forgotten: Exchange makes hundreds a day and names none of them twice, so that where reading stood in
 * each would otherwise be kept and looked through for ever.
 *
 * <p>Those that are gone go, once they are older than what is kept both by the newest evidence and by our clock: nothing is
 * claimed of their time any more, and one that came back would not be read. The newest of them stays, because what comes
 * after it is counted from it.
 */
final class Oblivion {
    /** The floor moves with every row; the files are looked through once for many of them. */
    private static final Duration EVERY = Duration.ofHours(1);

    private Instant doneBefore = Instant.MIN;

    /** The names to forget now, of those that are known. */
    Set<String> due(Collection<String> known, Set<String> present, Retention retention, Instant now) {
        Instant floor = retention.floor();
        if (floor.isBefore(doneBefore)) {
            return Set.of();
        }
        Map<String, LogName> newest = new HashMap<>();
        Set<String> old = new HashSet<>();
        for (String name : known) {
            Optional<LogName> parsed =
                    LogName.of(name).filter(file -> file.end().isBefore(floor) && retention.isTooOld(file, now));
            if (parsed.isPresent()) {
                newest.merge(parsed.get().lane(), parsed.get(), Oblivion::later);
                old.add(name);
            }
        }
        List<String> kept = old.stream()
                .filter(name -> present.contains(name)
                        || LogName.of(name).filter(newest::containsValue).isPresent())
                .toList();
        kept.forEach(old::remove);
        doneBefore = floor.plus(EVERY);
        return old;
    }

    private static LogName later(LogName one, LogName other) {
        return LogName.OLDEST_FIRST.compare(one, other) >= 0 ? one : other;
    }
}
