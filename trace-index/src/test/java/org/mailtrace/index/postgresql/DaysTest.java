package org.mailtrace.index.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mailtrace.index.Questions.NOON;
import static org.mailtrace.index.Questions.found;
import static org.mailtrace.index.Questions.sender;
import static org.mailtrace.index.Questions.window;
import static org.mailtrace.index.Rows.row;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.mailtrace.index.Batch;
import org.mailtrace.index.IndexException;
import org.mailtrace.index.IndexRow;
import org.mailtrace.index.TraceIndex;

/** Which days there are, what comes into them, and when they go. */
class DaysTest extends OnPostgresql {
    @Test
    void makesDaysAheadAndForRowsThatCome() {
        // given
        Instant old = NOON.minus(Duration.ofDays(40));

        // when
        index.append(Batch.of(List.of(row("k1", NOON, "g1", "sam@contoso.example", "Hello"))));
        index.append(Batch.of(List.of(row("k2", old, "g2", "sam@contoso.example", "Hello"))));

        // then
        assertThat(days()).containsExactly("20261011", "20261120", "20261121", "20261122", "20261123", "rest");
        assertThat(ask("SELECT count(*) FROM message_rest")).isEqualTo("0");
    }

    @Test
    void keepsWhatIsDatedByAWrongClockInTheRestUntilItsDayComes() {
        // given
        Instant nextWeek = NOON.plus(Duration.ofDays(7));
        index.append(Batch.of(List.of(
                row("k1", Instant.parse("1970-01-01T00:00:00Z"), "g1", "sam@contoso.example", "Hello"),
                row("k2", nextWeek, "g2", "sam@contoso.example", "Hello"))));
        assertThat(ask("SELECT count(*) FROM message_rest")).isEqualTo("2");
        index.close();

        // when
        Clock later = Clock.offset(CLOCK, Duration.ofDays(6));
        index = open(later);
        index.append(Batch.of(List.of(row("k3", nextWeek, "g3", "sam@contoso.example", "Hello"))));

        // then
        assertThat(ask("SELECT count(*) FROM message_d20261127")).isEqualTo("2");
        assertThat(ask("SELECT count(*) FROM term_rest")).isEqualTo("6");
        assertThat(found(index, window(sender("sam@contoso.example"), Instant.EPOCH, nextWeek.plusSeconds(1))))
                .containsExactly("g2", "g3", "g1");
    }

    @Test
    void dropsWholeDaysAndKeepsMessagesThatWentOn() {
        // given
        Instant old = NOON.minus(Duration.ofDays(10));
        index.append(Batch.of(List.of(
                row("k1", old, "g1", "sam@contoso.example", "Hello"),
                row("k2", old, "g2", "sam@contoso.example", "Hello"),
                row("k3", NOON, "g2", "sam@contoso.example", "Hello"),
                row("k4", NOON.minus(Duration.ofDays(5)), "g3", "sam@contoso.example", "Hello"))));

        // when
        int removed = index.purge(NOON.minus(Duration.ofDays(5)), 500);

        // then: up to a day more is kept than was asked for
        assertThat(removed).isEqualTo(1);
        assertThat(days()).doesNotContain("20261110").contains("20261115");
        assertThat(index.purgedBefore()).contains(Instant.parse("2026-11-15T00:00:00Z"));
        assertThat(found(index, window(sender("sam@contoso.example"), Instant.EPOCH, NOON)))
                .containsExactly("g3", "g2");
        assertThat(index.find("g2").orElseThrow().rows()).hasSize(2);
        assertThat(ask("SELECT count(*) FROM home")).isEqualTo("2");

        // when: a row of what was removed is read again, and one of what was kept
        index.append(Batch.of(List.of(
                row("k1", old, "g1", "sam@contoso.example", "Hello"),
                row("k5", NOON, "g2", "sam@contoso.example", "Hello"))));

        // then
        assertThat(days()).doesNotContain("20261110");
        assertThat(index.find("g1").orElseThrow().rows()).hasSize(1);
        assertThat(index.find("g2").orElseThrow().rows()).hasSize(3);

        // when
        assertThat(index.purge(NOON.plus(Duration.ofDays(1)), 2)).isEqualTo(2);
        assertThat(index.purge(NOON.plus(Duration.ofDays(1)), 2)).isEqualTo(1);
        assertThat(index.purge(NOON.plus(Duration.ofDays(1)), 2)).isZero();
        assertThat(
                        ask(
                                "SELECT (SELECT count(*) FROM home) + (SELECT count(*) FROM term) + (SELECT count(*) FROM message)"))
                .isEqualTo("0");
    }

    @Test
    void keepsADayOfWhichManyMessagesWentOnUntilTheyAreOldToo() {
        // given: more than are put into the rest
        Instant old = NOON.minus(Duration.ofDays(10));
        int many = OldDay.FEW + 100;
        index.append(Batch.of(numbered(2 * many, old, "before")));
        index.append(Batch.of(numbered(many, old.plus(Duration.ofDays(1)), "after")));
        List<IndexRow> further = IntStream.range(0, 300)
                .mapToObj(i -> row("long " + i, old.plusSeconds(i), "m1", "sam@contoso.example", "Hello"))
                .toList();
        index.append(Batch.of(further));
        assertThat(ask("SELECT count(*) FROM block")).isNotEqualTo("0");

        // when
        int removed = index.purge(NOON.minus(Duration.ofDays(9)), 5 * many);

        // then
        assertThat(removed).isEqualTo(many);
        assertThat(days()).contains("20261110");
        assertThat(ask("SELECT count(*) FROM message_d20261110")).isEqualTo(Integer.toString(many));
        assertThat(ask("SELECT count(*) FROM message_rest")).isEqualTo("0");
        assertThat(ask("SELECT count(*) FROM home")).isEqualTo(Integer.toString(many));
        assertThat(index.find("m1").orElseThrow().rows()).hasSize(302);
        assertThat(index.find("m" + (2 * many - 1))).isEmpty();
        assertThat(found(index, window(sender("sam@contoso.example"), Instant.EPOCH, NOON)))
                .contains("m1")
                .doesNotContain("m" + many);
        assertThat(index.purge(NOON.minus(Duration.ofDays(9)), 5 * many)).isZero();

        // when: a row comes for what was kept, and what was kept is old as well
        index.append(Batch.of(List.of(row("k9", NOON, "m2", "sam@contoso.example", "Hello"))));
        removed = index.purge(NOON.minus(Duration.ofDays(8)), 5 * many);

        // then
        assertThat(removed).isEqualTo(many - 1);
        assertThat(days()).doesNotContain("20261110");
        assertThat(index.find("m2").orElseThrow().rows()).hasSize(3);
        assertThat(ask("SELECT count(*) FROM message_rest")).isEqualTo("1");
    }

    @Test
    void forgetsInStepsWhereTheMessagesOfADayStood() {
        // given
        Instant old = NOON.minus(Duration.ofDays(10));
        index.append(Batch.of(numbered(25, old, "k")));

        // when
        List<Integer> steps =
                Stream.generate(() -> index.purge(NOON, 10)).limit(4).toList();

        // then
        assertThat(steps).containsExactly(10, 10, 5, 0);
        assertThat(ask("SELECT count(*) FROM home")).isEqualTo("0");
    }

    @Test
    void copiesWhatWentOnWithoutStoppingSearches() throws Exception {
        // given: the copying is held up where no search comes by
        Instant old = NOON.minus(Duration.ofDays(10));
        index.append(Batch.of(List.of(
                row("k1", old, "g1", "sam@contoso.example", "Hello"),
                row("k2", NOON, "g1", "sam@contoso.example", "Hello"))));
        AtomicBoolean seen = new AtomicBoolean();
        try (Connection other = tables().connection();
                Statement statement = other.createStatement();
                ExecutorService thread = Executors.newSingleThreadExecutor()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE block_d20261110");

            // when
            Future<?> purging = thread.submit(() -> {
                while (!seen.get()) {
                    assertThatThrownBy(() -> index.purge(NOON, 10)).isInstanceOf(IndexException.class);
                }
            });
            String stopped = whileSomebodyWaitsFor("block_d20261110", seen);

            // then
            assertThat(stopped).isEqualTo("0");
            purging.get();
        }
    }

    /** How many of the tables that every search needs are locked against it, at a moment when that one is waited for. */
    private String whileSomebodyWaitsFor(String table, AtomicBoolean seen) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        String stopped = null;
        while (stopped == null && System.nanoTime() < end) {
            stopped = ask("SELECT CASE WHEN EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted AND relation = '" + table
                    + "'::regclass) THEN (SELECT count(*) FROM pg_locks WHERE granted AND mode = 'AccessExclusiveLock'"
                    + " AND relation IN ('message'::regclass, 'term'::regclass, 'block'::regclass)) END");
        }
        seen.set(true);
        return stopped;
    }

    @Test
    void triesOnceAMinuteToMakeADayThatASearchHoldsUp() throws SQLException {
        // given
        AtomicReference<Clock> now = new AtomicReference<>(CLOCK);
        InstantSource moving = () -> now.get().instant();
        Instant old = NOON.minus(Duration.ofDays(40));
        try (TraceIndex held = open(moving.withZone(ZoneOffset.UTC))) {
            held.append(Batch.of(List.of()));
            try (Connection searching = tables().connection();
                    Statement statement = searching.createStatement()) {
                searching.setAutoCommit(false);
                statement.execute("SELECT count(*) FROM message");
                held.append(Batch.of(List.of(row("k1", old, "g1", "sam@contoso.example", "Hello"))));
                searching.rollback();
            }

            // when, then: nobody is in the way any more, but that is not looked at for a while
            held.append(Batch.of(List.of(row("k2", old, "g2", "sam@contoso.example", "Hello"))));
            assertThat(ask("SELECT count(*) FROM message_rest")).isEqualTo("2");

            // when
            now.set(Clock.offset(CLOCK, Duration.ofMinutes(1)));
            held.append(Batch.of(List.of(row("k3", old, "g3", "sam@contoso.example", "Hello"))));

            // then
            assertThat(ask("SELECT count(*) FROM message_rest")).isEqualTo("0");
            assertThat(ask("SELECT count(*) FROM message_d20261011")).isEqualTo("3");
        }
    }

    private static List<IndexRow> numbered(int count, Instant at, String key) {
        return IntStream.range(0, count)
                .mapToObj(i -> row(key + i, at, "m" + i, "sam@contoso.example", "Hello"))
                .toList();
    }

    private List<String> days() {
        return List.of(ask("SELECT string_agg(regexp_replace(relname, 'message_d?', ''), ',' ORDER BY relname)"
                        + " FROM pg_inherits JOIN pg_class ON oid = inhrelid WHERE inhparent = 'message'::regclass")
                .split(","));
    }
}
