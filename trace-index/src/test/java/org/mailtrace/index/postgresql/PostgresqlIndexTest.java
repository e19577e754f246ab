package org.mailtrace.index.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
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
import org.mailtrace.index.Checkpoint;
import org.mailtrace.index.ClaimLostException;
import org.mailtrace.index.Coverage;
import org.mailtrace.index.Engine;
import org.mailtrace.index.IndexContract;
import org.mailtrace.index.IndexException;
import org.mailtrace.index.IndexRow;
import org.mailtrace.index.TraceIndex;
import org.mailtrace.postgresql.Database;
import org.mailtrace.postgresql.GivenPostgresql;
import org.mailtrace.postgresql.Migrations;
import org.mailtrace.postgresql.testkit.PostgresqlServer;

class PostgresqlIndexTest extends IndexContract {
    private static final String INDEX_FILES =
            "SELECT string_agg(relname || ' ' || relfilenode, ',' ORDER BY relname) FROM pg_class JOIN pg_namespace n ON"
                    + " n.oid = relnamespace WHERE n.nspname = current_schema() AND relkind = 'i' AND relname ~"
                    + " '^(term|message|block)_(d|rest)'";

    private static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);

    @Override
    protected TraceIndex open() {
        return PostgresqlIndex.open(Engine.schema(folder), "sample", CLOCK, PostgresqlIndex.CLAIM);
    }

    @Override
    protected Instant now() {
        return NOON;
    }

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
        index = PostgresqlIndex.open(Engine.schema(folder), "sample", later, PostgresqlIndex.CLAIM);
        index.append(Batch.of(List.of(row("k3", nextWeek, "g3", "sam@contoso.example", "Hello"))));

        // then
        assertThat(ask("SELECT count(*) FROM message_d20261127")).isEqualTo("2");
        assertThat(ask("SELECT count(*) FROM term_rest")).isEqualTo("6");
        assertThat(groups(window(sender("sam@contoso.example"), Instant.EPOCH, nextWeek.plusSeconds(1))))
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
        assertThat(groups(window(sender("sam@contoso.example"), Instant.EPOCH, NOON)))
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
        assertThat(groups(window(sender("sam@contoso.example"), Instant.EPOCH, NOON)))
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

    private static List<IndexRow> numbered(int count, Instant at, String key) {
        return IntStream.range(0, count)
                .mapToObj(i -> row(key + i, at, "m" + i, "sam@contoso.example", "Hello"))
                .toList();
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
        try (Connection other = connection();
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
    void storesNothingOfABatchThatFails() {
        // given
        index.append(Batch.of(List.of()));
        run("""
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION 'no space' USING ERRCODE = '53100'; END $$""");
        run("CREATE TRIGGER refuse BEFORE INSERT ON checkpoint FOR EACH ROW EXECUTE FUNCTION refuse()");
        Batch batch = new Batch(
                List.of(row("k1", NOON, "g1", "sam@contoso.example", "Hello")),
                List.of(),
                List.of(new Checkpoint("P", "a", "1")),
                List.of());

        // when
        assertThatThrownBy(() -> index.append(batch))
                .isInstanceOf(IndexException.class)
                .hasMessage("The disk that the index is on is full.");

        // then
        assertThat(index.trouble()).contains("The disk that the index is on is full.");
        assertThat(index.find("g1")).isEmpty();
        run("DROP TRIGGER refuse ON checkpoint");
        index.append(batch);
        assertThat(index.find("g1")).isPresent();
        assertThat(index.trouble()).isEmpty();
    }

    @Test
    void givesEachDayOfTheFirstVersionAKeyOfItsOwn() {
        // given
        index.close();
        run("DROP SCHEMA " + Engine.schema(folder).schema() + " CASCADE");
        Migrations first = new Migrations("index", Schema.MIGRATIONS.scripts().subList(0, 1));
        Database.open("index", Engine.schema(folder), first).close();
        long day = Days.of(NOON.toEpochMilli());
        for (String table : Schema.PARTITIONED) {
            run("CREATE TABLE " + Days.name(table, day) + "(LIKE " + table + " INCLUDING ALL)");
            run("ALTER TABLE " + table + " ATTACH PARTITION " + Days.name(table, day) + " FOR VALUES FROM ("
                    + day * Days.LENGTH + ") TO (" + (day + 1) * Days.LENGTH + ")");
        }
        String files = ask(INDEX_FILES);

        // when
        index = open();
        String filesAfterwards = ask(INDEX_FILES);
        index.append(Batch.of(List.of(row("k1", NOON, "g1", "sam@contoso.example", "Hello"))));

        // then
        assertThat(ask("SELECT string_agg(DISTINCT relkind::text, '') FROM pg_constraint JOIN pg_class ON"
                        + " pg_class.oid = conrelid WHERE contype = 'p' AND relname ~ '^(term|message|block)_'"))
                .isEqualTo("r");
        assertThat(
                        ask(
                                "SELECT count(*) FROM pg_constraint JOIN pg_inherits ON conrelid = inhrelid WHERE contype = 'p'"))
                .isEqualTo(ask("SELECT count(*) FROM pg_inherits JOIN pg_class ON oid = inhrelid WHERE relkind = 'r'"));
        assertThat(filesAfterwards).as("no index is built anew").isEqualTo(files);
        assertThat(index.find("g1")).isPresent();
    }

    @Test
    void refusesTablesOfANewerVersion() {
        // given
        run("UPDATE mailtrace_version SET version = 99");

        // when, then
        assertThatThrownBy(this::open)
                .isInstanceOf(IndexException.class)
                .hasMessageContaining("newer Mailtrace (version 99, this program knows 2)");
    }

    @Test
    void refusesTablesOfANewerMailtraceThatCameWhileTheServerWasAway() throws SQLException {
        try (PostgresqlServer server = PostgresqlServer.start()) {
            // given
            GivenPostgresql given = GivenPostgresql.at(server.newDatabase(), PostgresqlServer.USER, "mine");
            PostgresqlIndex.open(given, "sample").close();
            run(given.url().orElseThrow(), "UPDATE mine.mailtrace_version SET version = 99");
            server.stop();

            // when
            try (TraceIndex waiting =
                    PostgresqlIndex.open(given.within(Duration.ofSeconds(5), Duration.ofSeconds(3)), "sample")) {
                assertThat(waiting.refusal()).isEmpty();
                server.startAgain();

                // then
                assertThatThrownBy(() -> waiting.find("g1")).hasMessageContaining("newer Mailtrace");
                assertThat(waiting.refusal())
                        .hasValueSatisfying(sentence -> assertThat(sentence).contains("newer Mailtrace"));
            }
        }
    }

    @Test
    void saysWhatToDoWhereTheExtensionForTrigramsIsMissing() {
        // given
        PostgresqlServer server = PostgresqlServer.shared();
        String url = server.newDatabase();
        server.execute("DROP ROLE IF EXISTS plain");
        server.execute("CREATE ROLE plain LOGIN");
        run(url, "CREATE SCHEMA theirs AUTHORIZATION plain");
        run(url, "REVOKE CREATE ON SCHEMA public FROM PUBLIC");

        // when, then
        assertThatThrownBy(() -> PostgresqlIndex.open(GivenPostgresql.at(url, "plain", "theirs"), "sample"))
                .isInstanceOf(IndexException.class)
                .hasMessageContaining("lacks the extension pg_trgm")
                .hasMessageContaining("CREATE EXTENSION pg_trgm");
        run(url, "CREATE EXTENSION pg_trgm");
        PostgresqlIndex.open(GivenPostgresql.at(url, "plain", "theirs"), "sample")
                .close();
    }

    @Test
    void startsWhereAnotherServiceMakesTheExtensionAtTheSameMoment() throws Exception {
        // given
        String url = PostgresqlServer.shared().newDatabase();
        try (ExecutorService thread = Executors.newSingleThreadExecutor();
                Connection other = DriverManager.getConnection(url, PostgresqlServer.USER, "");
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("CREATE EXTENSION pg_trgm SCHEMA public");

            // when
            Future<PostgresqlIndex> opened = thread.submit(
                    () -> PostgresqlIndex.open(GivenPostgresql.at(url, PostgresqlServer.USER, "mine"), "sample"));
            waitUntilWaiting(url, 1);
            other.commit();

            // then
            opened.get().close();
        }
    }

    private static void waitUntilWaiting(String url, int connections) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, PostgresqlServer.USER, "");
                Statement statement = connection.createStatement()) {
            boolean waits = false;
            long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (!waits && System.nanoTime() < end) {
                try (ResultSet rows = statement.executeQuery("SELECT count(*) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND wait_event_type = 'Lock'")) {
                    rows.next();
                    waits = rows.getInt(1) >= connections;
                }
            }
            assertThat(waits).isTrue();
        }
    }

    @Test
    void triesOnceAMinuteToMakeADayThatASearchHoldsUp() throws SQLException {
        // given
        AtomicReference<Clock> now = new AtomicReference<>(CLOCK);
        InstantSource moving = () -> now.get().instant();
        Instant old = NOON.minus(Duration.ofDays(40));
        try (TraceIndex held = PostgresqlIndex.open(
                Engine.schema(folder), "sample", moving.withZone(ZoneOffset.UTC), PostgresqlIndex.CLAIM)) {
            held.append(Batch.of(List.of()));
            try (Connection searching = connection();
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

    @Test
    void storesAndClaimsHoweverManySearchesWait() throws Exception {
        // given
        GivenPostgresql any = (GivenPostgresql) Engine.schema(folder);
        int searches = any.poolSize();
        try (TraceIndex busy = IndexOnADay.open(any.within(Duration.ofSeconds(30), Duration.ofSeconds(1)), NOON);
                ExecutorService threads = Executors.newFixedThreadPool(searches)) {
            assertThat(busy.claim("EXCH01")).isTrue();
            busy.append(standing("EXCH01", "1"));
            try (Connection other = connection();
                    Statement statement = other.createStatement()) {
                other.setAutoCommit(false);
                statement.execute("LOCK TABLE message, home");
                for (int i = 0; i < searches; i++) {
                    threads.execute(() -> findNothing(busy));
                }
                waitUntilWaiting(any.url().orElseThrow(), searches - 2);

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
    void keepsWhateverIsOrderedOrFoundByItsBeginningByItsBytes() {
        // when: a text of another collation is ordered by the words of the server's language
        String others = ask("SELECT string_agg(c.relname || '.' || a.attname, ' ' ORDER BY c.relname, a.attname)"
                + " FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_collation l ON l.oid = a.attcollation"
                + " WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND a.attnum > 0"
                + " AND l.collname <> 'C'");

        // then
        assertThat(others).isEqualTo("dead_letter.reason mailtrace_version.component setting.name setting.value");
    }

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

    @Test
    void replicasThatStoreRowsOfTheSameMessagesAtOnceLoseNone() throws Exception {
        // given
        int replicas = 3;
        List<TraceIndex> all = new ArrayList<>();
        for (int i = 0; i < replicas; i++) {
            all.add(open());
        }

        // when: also their first rows, which need a day
        try (ExecutorService threads = Executors.newFixedThreadPool(replicas)) {
            List<Future<?>> done = new ArrayList<>();
            for (int replica = 0; replica < replicas; replica++) {
                int number = replica;
                done.add(threads.submit(() -> storeAll(all.get(number), number)));
            }
            for (Future<?> each : done) {
                each.get();
            }
        } finally {
            all.forEach(TraceIndex::close);
        }

        // then
        for (int message = 0; message < 20; message++) {
            assertThat(index.find("g" + message).orElseThrow().rows()).hasSize(replicas * 5);
            assertThat(index.find("g" + message).orElseThrow().firstSeen()).isEqualTo(NOON.minusSeconds(14));
        }
        assertThat(ask("SELECT count(*) FROM message")).isEqualTo("20");
    }

    private static void storeAll(TraceIndex index, int replica) {
        for (int i = 0; i < 5; i++) {
            List<IndexRow> rows = new ArrayList<>();
            for (int message = 0; message < 20; message++) {
                rows.add(row(
                        replica + "/" + i,
                        NOON.minusSeconds(replica * 5L + i),
                        "g" + message,
                        "sam@contoso.example",
                        "Hello"));
            }
            index.append(Batch.of(rows));
        }
    }

    private static Batch standing(String part, String position) {
        return new Batch(
                List.of(),
                List.of(),
                List.of(new Checkpoint(part, "a", position)),
                List.of(new Coverage(part, "L", NOON, NOON)));
    }

    private List<String> days() {
        return List.of(ask("SELECT string_agg(regexp_replace(relname, 'message_d?', ''), ',' ORDER BY relname)"
                        + " FROM pg_inherits JOIN pg_class ON oid = inhrelid WHERE inhparent = 'message'::regclass")
                .split(","));
    }

    private Instant instant(String sql) {
        return Instant.ofEpochSecond(
                0, Long.parseLong(ask("SELECT (extract(epoch FROM (" + sql + ")) * 1000000)::bigint")) * 1_000);
    }

    private String ask(String sql) {
        try (Connection connection = connection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private void run(String sql) {
        try (Connection connection = connection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static void run(String url, String sql) {
        try (Connection connection = DriverManager.getConnection(url, PostgresqlServer.USER, "");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private Connection connection() throws SQLException {
        return DriverManager.getConnection(
                Engine.schema(folder).url().orElseThrow() + "?currentSchema="
                        + Engine.schema(folder).schema(),
                PostgresqlServer.USER,
                "");
    }
}
