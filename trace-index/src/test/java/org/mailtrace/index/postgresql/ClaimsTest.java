package org.mailtrace.index.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mailtrace.index.Questions.NOON;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.mailtrace.index.Batch;
import org.mailtrace.index.Checkpoint;
import org.mailtrace.index.ClaimLostException;
import org.mailtrace.index.Coverage;
import org.mailtrace.index.Engine;
import org.mailtrace.index.IndexException;
import org.mailtrace.index.TraceIndex;
import org.mailtrace.postgresql.GivenPostgresql;

/** Which process reads which part. */
class ClaimsTest extends OnPostgresql {
    @Test
    void letsOneProcessReadAPartAndOthersOtherParts() {
        // given
        try (TraceIndex other = open()) {
            assertThat(index.claim("EXCH01")).isTrue();
            assertThat(index.claim("EXCH01")).isTrue();

            // when, then
            assertThat(other.claim("EXCH01")).isFalse();
            assertThat(other.claim("EXCH02")).isTrue();
            assertThatThrownBy(() -> other.append(standing("EXCH01", "2")))
                    .isInstanceOf(ClaimLostException.class)
                    .hasMessage("Another process reads EXCH01 now.");
            index.append(standing("EXCH01", "1"));
            other.append(standing("EXCH02", "1"));
            assertThat(other.checkpoints("EXCH01")).containsEntry("a", "1");

            // when: it ends in order
            index.close();

            // then
            assertThat(other.claim("EXCH01")).isTrue();
            other.append(standing("EXCH01", "2"));
        }
        index = open();
    }

    @Test
    void takesAPartOverOnceItsReaderIsDead() {
        // given: a claim of a process that nobody renews any more
        run("INSERT INTO claim VALUES('EXCH01', gen_random_uuid(), 4, 9, clock_timestamp() + interval '1 hour')");
        assertThat(index.claim("EXCH01")).isFalse();

        // when
        run("UPDATE claim SET until = clock_timestamp() - interval '1 ms'");

        // then
        assertThat(index.claim("EXCH01")).isTrue();
        assertThat(ask("SELECT term FROM claim")).isEqualTo("5");
    }

    /** By the database's own clock, which is the only one that claims know. */
    @Test
    void aClaimLastsAfterEverySignOfLifeExactlyAsLongAsIsPromised() {
        for (Runnable sign : List.<Runnable>of(
                () -> assertThat(index.claim("EXCH01")).isTrue(),
                () -> assertThat(index.claim("EXCH01")).isTrue(),
                () -> index.append(standing("EXCH01", "1")))) {
            // when
            Instant before = instant("SELECT clock_timestamp()");
            sign.run();
            Instant after = instant("SELECT clock_timestamp()");

            // then
            assertThat(instant("SELECT until FROM claim"))
                    .isBetween(before.plus(PostgresqlIndex.CLAIM), after.plus(PostgresqlIndex.CLAIM));
        }
    }

    @Test
    void renewsItsClaimsWhileItLives() throws InterruptedException {
        // given
        try (TraceIndex quick = PostgresqlIndex.open(Engine.schema(folder), "sample", CLOCK, Duration.ofMillis(200))) {
            assertThat(quick.claim("EXCH01")).isTrue();
            String before = ask("SELECT until FROM claim");

            // when
            long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (ask("SELECT until FROM claim").equals(before) && System.nanoTime() < end) {
                Thread.onSpinWait();
            }

            // then
            assertThat(ask("SELECT until FROM claim")).isNotEqualTo(before);
        }
    }

    @Test
    void storesAndClaimsHoweverManySearchesWait() throws Exception {
        // given
        GivenPostgresql any = (GivenPostgresql) Engine.schema(folder);
        int searches = any.poolSize();
        try (TraceIndex busy = IndexOnADay.open(any.within(Duration.ofSeconds(60), Duration.ofSeconds(20)), NOON);
                ExecutorService threads = Executors.newFixedThreadPool(searches)) {
            assertThat(busy.claim("EXCH01")).isTrue();
            busy.append(standing("EXCH01", "1"));
            try (Connection other = tables().connection();
                    Statement statement = other.createStatement()) {
                other.setAutoCommit(false);
                statement.execute("LOCK TABLE message, home");
                for (int i = 0; i < searches; i++) {
                    threads.execute(() -> findNothing(busy));
                }
                tables().awaitWaiting(searches - 2);

                // when, then
                assertThat(busy.claim("EXCH01")).isTrue();
                busy.append(standing("EXCH01", "2"));
                other.rollback();
            }
        }
    }

    private static void findNothing(TraceIndex index) {
        try {
            assertThat(index.find("g1")).isEmpty();
        } catch (IndexException waitedTooLong) {
            assertThat(waitedTooLong).hasMessageStartingWith("The ");
        }
    }

    @Test
    void storesNothingMoreOnceAnotherProcessHasTakenOver() {
        // given
        assertThat(index.claim("EXCH01")).isTrue();
        index.append(standing("EXCH01", "1"));

        // when: it was thought dead for a while, and the other one died after it
        run("UPDATE claim SET term = term + 1, holder = gen_random_uuid(), until = '-infinity'");

        // then
        assertThatThrownBy(() -> index.append(standing("EXCH01", "2"))).isInstanceOf(ClaimLostException.class);
        assertThatThrownBy(() -> index.append(standing("EXCH01", "2"))).isInstanceOf(ClaimLostException.class);
        assertThat(index.checkpoints("EXCH01")).containsEntry("a", "1");
        assertThat(index.claim("EXCH01")).isFalse();
        assertThat(index.claim("EXCH01")).isTrue();
        index.append(standing("EXCH01", "2"));
    }

    @Test
    void forgetsNothingOfAReaderThatLostItsRight() {
        // given
        assertThat(index.claim("EXCH01")).isTrue();
        index.append(standing("EXCH01", "1"));

        // when
        run("UPDATE claim SET term = term + 1, holder = gen_random_uuid(), until = '-infinity'");

        // then
        assertThatThrownBy(() -> index.forget("EXCH01", List.of("a"))).isInstanceOf(ClaimLostException.class);
        assertThat(index.checkpoints("EXCH01")).containsEntry("a", "1");
    }

    @Test
    void noticesAClaimThatWasLostAndComesBack() {
        // given
        assertThat(index.claim("EXCH01")).isTrue();

        // when
        run("UPDATE claim SET term = term + 1, holder = gen_random_uuid(), until = '-infinity'");

        // then
        assertThat(index.claim("EXCH01")).isFalse();
        assertThat(index.claim("EXCH01")).isTrue();
    }

    @Test
    void noticesAStoreThatForgotABatchAndTellsItsReaderSo() {
        // given
        assertThat(index.claim("EXCH01")).isTrue();
        index.append(standing("EXCH01", "1"));

        // when: the primary died, and its standby had not got the last batch yet
        run("UPDATE claim SET steps = steps - 1");

        // then: nothing that is remembered from before is stored
        assertThatThrownBy(() -> index.append(standing("EXCH01", "2"))).isInstanceOf(ClaimLostException.class);
        assertThat(index.claim("EXCH01")).isFalse();
        assertThatThrownBy(() -> index.append(standing("EXCH01", "2"))).isInstanceOf(ClaimLostException.class);
        assertThat(index.checkpoints("EXCH01")).containsEntry("a", "1");
        assertThat(index.claim("EXCH01")).isTrue();
        index.append(standing("EXCH01", "2"));
    }

    @Test
    void storesNothingOfAReaderThatEndsAfterAClaimHasNoticedTheLoss() {
        // given
        assertThat(index.claim("EXCH01")).isTrue();
        index.append(standing("EXCH01", "1"));
        run("UPDATE claim SET steps = steps - 1");

        // when
        assertThat(index.claim("EXCH01")).isFalse();

        // then: also where nobody else has taken it
        run("UPDATE claim SET until = '-infinity'");
        assertThatThrownBy(() -> index.append(standing("EXCH01", "2"))).isInstanceOf(ClaimLostException.class);
        assertThat(index.claim("EXCH01")).isTrue();
        index.append(standing("EXCH01", "2"));
    }

    private static Batch standing(String part, String position) {
        return new Batch(
                List.of(),
                List.of(),
                List.of(new Checkpoint(part, "a", position)),
                List.of(new Coverage(part, "L", NOON, NOON)));
    }

    private Instant instant(String sql) {
        return Instant.ofEpochSecond(
                0, Long.parseLong(ask("SELECT (extract(epoch FROM (" + sql + ")) * 1000000)::bigint")) * 1_000);
    }
}
