package org.mailtrace.standins.story;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What a system shows at a moment, made once for all moments between which nothing becomes visible. Thousands of stories,
 * rendered anew for every question, would be the slowest part of everything that asks.
 *
 * @param <T> what is shown
 */
public final class Shown<T> {
    /** Pages of one question are cut out of what was shown when it began. */
    private static final int KEPT = 8;

    private final TreeSet<Instant> changes;
    private final Function<Instant, T> rendering;
    private final Map<Optional<Instant>, T> kept = new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Optional<Instant>, T> eldest) {
            return size() > KEPT;
        }
    };

    /**
     * Prepares.
     *
     * @param changes the moments from which on something further is shown
     * @param rendering what is shown at a moment; the same for all moments between two changes
     */
    public Shown(Collection<Instant> changes, Function<Instant, T> rendering) {
        this.changes = new TreeSet<>(changes);
        this.rendering = rendering;
    }

    /** What is shown at a moment. */
    public synchronized T at(Instant now) {
        Optional<Instant> since = Optional.ofNullable(changes.floor(now));
        T known = kept.get(since);
        if (known == null) {
            known = rendering.apply(now);
            kept.put(since, known);
        }
        return known;
    }
}
