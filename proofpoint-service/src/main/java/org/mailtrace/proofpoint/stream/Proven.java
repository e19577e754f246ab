package org.mailtrace.proofpoint.stream;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mailtrace.proofpoint.stream.Missing.Cause;

/**
 * What is proven to be stored of one type: everything from {@code since} to {@code until}, less what is missing. A value:
 * it counts only once it is stored, in the transaction of the records that it speaks of.
 *
 * @param since UTC; empty before the first connection
 * @param until UTC; empty before the first connection
 * @param missing oldest first, apart from each other
 */
record Proven(Optional<Instant> since, Optional<Instant> until, List<Missing> missing) {
    static final Proven NOTHING = new Proven(Optional.empty(), Optional.empty(), List.of());

    /** More stretches of records that were set aside than these are joined more widely. */
    private static final int MANY = 1000;

    /** So much may be claimed ahead of the clock, which is set by a little every now and then. */
    private static final Duration AHEAD = Duration.ofMinutes(1);

    Proven {
        missing = List.copyOf(missing);
    }

    /** A first connection: the past is followed from a whole hour on, and none of it is here yet. */
    Proven begun(Instant now, Duration backfill) {
        Instant from = Hour.of(now.minus(backfill)).end();
        Instant first = from.isBefore(now) ? from : now;
        return new Proven(
                Optional.of(first), Optional.of(now), joined(List.of(new Missing(first, now, Cause.BACKFILL))));
    }

    /**
     * A connection after one that ended somehow. What the vendor had sent may not have arrived, also of records that
     * came late.
     */
    Proven resumed(Instant now, Duration overlap) {
        Instant last = until.orElse(now);
        // A clock that was set back does not make the interruption shorter.
        Instant from = last.isBefore(now) ? last : now;
        Missing outage = new Missing(from.minus(overlap), later(last, now), Cause.OUTAGE).since(since.orElse(from));
        List<Missing> all = new ArrayList<>(missing);
        // What is known to be lost or unread stays what it is.
        all.addAll(outage.isEmpty() ? List.of() : without(List.of(outage), missing));
        Instant reached = isAheadOf(now) ? later(now, since.orElse(now)) : later(last, now);
        return new Proven(since, Optional.of(reached), joined(all));
    }

    /** Whether more is claimed than can have come: our clock was fast and was set back. */
    boolean isAheadOf(Instant now) {
        return until.filter(known -> known.isAfter(now.plus(AHEAD))).isPresent();
    }

    /** Everything up to then has come. */
    Proven heard(Instant moment) {
        return until.filter(known -> !known.isBefore(moment)).isPresent()
                ? this
                : new Proven(since, Optional.of(moment), missing);
    }

    /** What is missing here and was not missing then. */
    List<Missing> missingSince(Proven before) {
        return without(missing, before.missing);
    }

    /** What was awaited has come after all. */
    Proven came(List<Missing> awaited) {
        return new Proven(since, until, joined(without(missing, awaited)));
    }

    /** An hour was read wholly. */
    Proven read(Hour hour) {
        List<Missing> left =
                new ArrayList<>(missing.stream().filter(Missing::isUnreadable).toList());
        left.addAll(without(
                missing.stream().filter(gap -> !gap.isUnreadable()).toList(),
                List.of(new Missing(hour.start(), hour.end(), Cause.OUTAGE))));
        return new Proven(since, until, joined(left));
    }

    /** Records of these stretches came and were set aside. What is missing anyway is not said twice. */
    Proven setAside(List<Missing> stretches) {
        if (since.isEmpty() || stretches.isEmpty()) {
            return this;
        }
        List<Missing> others =
                missing.stream().filter(gap -> !gap.isUnreadable()).toList();
        List<Missing> all = new ArrayList<>(missing);
        all.addAll(
                without(stretches.stream().map(each -> each.since(since.get())).toList(), others));
        return new Proven(since, until, joined(all));
    }

    /** An hour that the vendor will not give any more. */
    Proven lost(Hour hour) {
        return change(hour.start(), hour.end(), gap -> gap.as(Cause.LOST));
    }

    /** Whatever is missing from before then cannot be read any more. */
    Proven lostBefore(Instant moment) {
        return change(Instant.MIN, moment, gap -> gap.as(Cause.LOST));
    }

    /** Nothing is kept from before then. */
    Proven keptFrom(Instant floor) {
        if (since.isEmpty() || !since.get().isBefore(floor)) {
            return this;
        }
        List<Missing> kept = missing.stream()
                .map(gap -> gap.since(floor))
                .filter(gap -> !gap.isEmpty())
                .toList();
        return new Proven(Optional.of(floor), Optional.of(later(until.orElse(floor), floor)), kept);
    }

    /** Hours of which something is missing and that the archive can give, newest first, because those are asked for. */
    List<Hour> fillable(Instant now, Duration ready) {
        return missing.stream()
                .filter(gap -> !gap.isLost())
                .flatMap(gap -> Stream.iterate(
                        Hour.of(gap.from()), hour -> hour.start().isBefore(gap.to()), hour -> new Hour(hour.end())))
                .filter(hour -> !hour.end().plus(ready).isAfter(now))
                .distinct()
                .sorted(Comparator.comparing(Hour::start).reversed())
                .toList();
    }

    private Proven change(Instant from, Instant to, UnaryOperator<Missing> change) {
        List<Missing> all = new ArrayList<>();
        for (Missing gap : missing) {
            Stream.of(gap.until(from), gap.since(to))
                    .filter(part -> !part.isEmpty())
                    .forEach(all::add);
            Missing inside = gap.since(from).until(to);
            if (!inside.isEmpty()) {
                all.add(inside.isUnreadable() ? inside : change.apply(inside));
            }
        }
        return new Proven(since, until, joined(all));
    }

    private static List<Missing> without(List<Missing> gaps, List<Missing> cuts) {
        List<Missing> left = gaps;
        for (Missing cut : cuts) {
            left = left.stream()
                    .flatMap(gap -> Stream.of(gap.until(cut.from()), gap.since(cut.to())))
                    .filter(gap -> !gap.isEmpty())
                    .toList();
        }
        return left;
    }

    private static List<Missing> joined(List<Missing> gaps) {
        boolean many = gaps.stream().filter(Missing::isUnreadable).count() > MANY;
        Duration apart = many ? Duration.ofHours(1) : Duration.ofMinutes(1);
        List<Missing> joined = new ArrayList<>();
        for (Missing gap : gaps.stream()
                .filter(each -> !each.isEmpty())
                .sorted(Comparator.comparing(Missing::from))
                .toList()) {
            Missing last = joined.isEmpty() ? null : joined.getLast();
            // Records that are set aside come in swarms: they must not make the ledger grow without end.
            Duration near = gap.isUnreadable() ? apart : Duration.ZERO;
            if (last != null
                    && last.cause() == gap.cause()
                    && !gap.from().isAfter(last.to().plus(near))) {
                joined.set(joined.size() - 1, new Missing(last.from(), later(last.to(), gap.to()), last.cause()));
            } else {
                joined.add(gap);
            }
        }
        return joined;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** What is missing, as it stands in the store. */
    String written() {
        return missing.stream()
                .map(gap -> gap.from() + " " + gap.to() + " " + gap.cause())
                .collect(Collectors.joining("\n"));
    }

    /**
     * Reads what {@link #written} wrote.
     *
     * @throws IllegalArgumentException if it was not written by it
     */
    static List<Missing> missingIn(String written) {
        return written.lines()
                .map(line -> {
                    String[] words = line.split(" ", -1);
                    if (words.length != 3) {
                        throw new IllegalArgumentException("a stretch needs three words");
                    }
                    try {
                        return new Missing(Instant.parse(words[0]), Instant.parse(words[1]), Cause.valueOf(words[2]));
                    } catch (DateTimeParseException e) {
                        throw new IllegalArgumentException("a stretch needs two times", e);
                    }
                })
                .toList();
    }
}
