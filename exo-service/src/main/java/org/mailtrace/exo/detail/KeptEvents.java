package org.mailtrace.exo.detail;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.mailtrace.contract.EventType;
import org.mailtrace.exo.rows.TraceRow;

/**
 * Events that were read: for a moment while they can change, for hours once they are final. A row that has got another
 * status meanwhile has other events, so the status belongs to the key.
 *
 * <p>Caffeine looks up the classes of a cache and of its entries by names made of its traits: a cache that weighs its
 * entries, and entries that have a weight and a time of their own.
 */
@RegisterForReflection(
        classNames = {"com.github.benmanes.caffeine.cache.SSMWA", "com.github.benmanes.caffeine.cache.PSWMW"})
final class KeptEvents {
    /** After these nothing follows but a recall, which the row's own status tells. A quarantine may be left again. */
    private static final Set<EventType> ENDS = EnumSet.of(
            EventType.DELIVER,
            EventType.JUNK,
            EventType.SEND,
            EventType.FAIL,
            EventType.REJECT,
            EventType.DISCARD,
            EventType.EXPAND,
            EventType.RESOLVE,
            EventType.REDIRECT,
            EventType.RECALL);
    /** What an event takes beside its text, roughly. */
    private static final int OVERHEAD = 200;

    private final Cache<Key, List<DetailEvent>> kept;
    private final Clock clock;
    private final Duration changing;
    private final Duration lasting;
    private final Duration finalAfter;

    KeptEvents(DetailSettings settings, Clock clock, Ticker ticker) {
        this.clock = clock;
        this.changing = settings.keepFor();
        this.lasting = settings.keepFinalFor();
        this.finalAfter = settings.finalAfter();
        this.kept = Caffeine.newBuilder()
                .maximumWeight(settings.keepAtMost())
                .<Key, List<DetailEvent>>weigher((key, events) -> weight(events))
                .expireAfter(Expiry.<Key, List<DetailEvent>>writing((key, events) -> time(events)))
                .ticker(ticker)
                .build();
    }

    Optional<List<DetailEvent>> of(TraceRow row) {
        return Optional.ofNullable(kept.getIfPresent(Key.of(row)));
    }

    void put(Key key, List<DetailEvent> events) {
        kept.put(key, events);
    }

    /** Does at once what is otherwise done a little later: lets go what is too much. */
    void settle() {
        kept.cleanUp();
    }

    private Duration time(List<DetailEvent> events) {
        boolean ended = events.stream().anyMatch(event -> ENDS.contains(event.type()))
                && events.stream().noneMatch(event -> event.type() == EventType.QUARANTINE)
                && events.getLast().at().isBefore(clock.instant().minus(finalAfter));
        return ended && lasting.compareTo(changing) > 0 ? lasting : changing;
    }

    private static int weight(List<DetailEvent> events) {
        return OVERHEAD
                + events.stream()
                        .mapToInt(event -> OVERHEAD + event.text().length())
                        .sum();
    }

    /**
     * Whose events they are.
     *
     * @param status the row's, in lower case
     */
    record Key(TraceRow.Key row, String status) {
        static Key of(TraceRow row) {
            return new Key(row.key(), row.status().strip().toLowerCase(Locale.ROOT));
        }
    }
}
