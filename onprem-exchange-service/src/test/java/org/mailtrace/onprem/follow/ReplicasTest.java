package org.mailtrace.onprem.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailtrace.onprem.LogFixture.header;
import static org.mailtrace.onprem.follow.FollowedServer.NAME;
import static org.mailtrace.onprem.follow.FollowedServer.T0;
import static org.mailtrace.onprem.follow.FollowedServer.id;
import static org.mailtrace.onprem.follow.FollowedServer.row;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailtrace.index.postgresql.PostgresqlIndex;
import org.mailtrace.onprem.record.RowBody;
import org.mailtrace.postgresql.GivenPostgresql;
import org.mailtrace.postgresql.testkit.PostgresqlServer;

/** Two replicas with one database follow the same synthetic logs: one reads, both answer. */
class ReplicasTest {
    private static final String FILE = "MSGTRK2026112010-1.LOG";

    @TempDir
    private Path folder;

    private String url;
    private FollowedServer one;
    private FollowedServer other;

    @BeforeEach
    void start() throws IOException {
        url = PostgresqlServer.shared().newDatabase();
        one = replica();
        other = replica();
        one.write(FILE, header(T0), row(1), row(2));
    }

    private FollowedServer replica() throws IOException {
        return new FollowedServer(
                folder,
                () -> PostgresqlIndex.open(GivenPostgresql.at(url, PostgresqlServer.USER, "onprem"), RowBody.SAMPLE));
    }

    @AfterEach
    void stop() throws Exception {
        one.close();
        other.close();
    }

    @Test
    void oneReadsAndTheOtherSaysWhatThatOneKnows() throws IOException {
        // when
        one.look();
        other.look();

        // then
        assertThat(one.found()).containsExactly(id(2), id(1));
        assertThat(other.found()).containsExactly(id(2), id(1));
        assertThat(other.state()).isEqualTo(one.state());
        assertThat(other.state().caughtUp()).isTrue();

        // when: what the reader cannot see, the other one does not claim either
        one.append(FILE, row(3));
        other.look();
        assertThat(other.found()).containsExactly(id(2), id(1));
        one.clock.set(T0.plusSeconds(90));
        one.look();
        other.look();

        // then
        assertThat(other.found()).containsExactly(id(3), id(2), id(1));
        assertThat(other.state().readThrough()).contains(T0.plusSeconds(90));
        assertThat(other.rows()).isEqualTo(3);
    }

    /** A claim lasts for its time after the last sign of life, and whoever waits may just have asked. */
    @Test
    void whoWaitsForItsTurnAsksSoOftenThatItReadsWithinHalfAMinuteOfADeath() {
        // given: a share that is looked through seldom
        Duration poll = Duration.ofMinutes(1);

        // when
        one.look();
        other.look();

        // then
        assertThat(one.pause(poll)).isEqualTo(poll);
        assertThat(PostgresqlIndex.CLAIM.plus(other.pause(poll))).isLessThanOrEqualTo(Duration.ofSeconds(30));
        assertThat(other.pause(Duration.ofSeconds(2))).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void theOtherTakesOverAtTheReadersDeathWhereThatOneStood() throws IOException {
        // given
        one.look();
        other.look();
        one.append(FILE, row(3));

        // when: its claim runs out, because nobody renews it
        expireAll();
        other.clock.set(T0.plusSeconds(120));
        other.look();

        // then
        assertThat(other.found()).containsExactly(id(3), id(2), id(1));
        assertThat(other.rows()).isEqualTo(3);
        assertThat(other.state().readThrough()).contains(T0.plusSeconds(120));

        // when: it was not dead at all
        one.append(FILE, row(4));
        one.look();

        // then
        assertThat(one.found()).containsExactly(id(3), id(2), id(1));
        assertThat(one.state()).isEqualTo(other.state());
        other.look();
        assertThat(one.found()).containsExactly(id(4), id(3), id(2), id(1));
    }

    @Test
    void readsAgainWhatTheStoreForgot() throws IOException {
        // given: a standby that has not got what comes from now on
        one.look();
        remember();
        one.append(FILE, row(3));
        one.clock.set(T0.plusSeconds(90));
        one.look();
        assertThat(one.state().readThrough()).contains(T0.plusSeconds(90));

        // when: it becomes the primary, and nothing new is in the logs
        forget();
        one.clock.set(T0.plusSeconds(120));
        one.look();

        // then: it claims no more than is there
        assertThat(one.found()).containsExactly(id(2), id(1));
        assertThat(one.state().readThrough()).contains(T0.plusSeconds(60));

        // when
        one.look();
        other.look();

        // then
        assertThat(one.found()).containsExactly(id(3), id(2), id(1));
        assertThat(one.state().readThrough()).contains(T0.plusSeconds(120));
        assertThat(other.state()).isEqualTo(one.state());
    }

    @Test
    void readsAgainWhatTheStoreForgotBetweenTheRowsAndTheWordThatTheyWereRead() throws IOException {
        // given: the standby takes over after the claim was looked at, when all that is left to store is the word of it
        one.look();
        remember();
        one.append(FILE, row(3));
        one.look();
        one.clock.set(T0.plusSeconds(120));
        one.faulty().atNextListing(this::forget);

        // when
        one.look();

        // then
        assertThat(one.state().readThrough()).contains(T0.plusSeconds(60));

        // when: it is told so, and reads anew
        one.look();
        one.look();

        // then
        assertThat(one.found()).containsExactly(id(3), id(2), id(1));
        assertThat(one.state().readThrough()).contains(T0.plusSeconds(120));
    }

    @Test
    void claimsNothingThatTheStoreForgotNotEvenUntilTheNextLook() throws IOException {
        // given
        one.look();
        remember();
        one.append(FILE, row(3));
        one.clock.set(T0.plusSeconds(90));
        one.look();
        one.append(FILE, row(4));

        // when: the standby takes over while there is something to store
        one.faulty().atNextListing(this::forget);
        one.clock.set(T0.plusSeconds(120));
        one.look();

        // then
        assertThat(one.found()).containsExactly(id(2), id(1));
        assertThat(one.state().readThrough()).contains(T0.plusSeconds(60));
    }

    @Test
    void theOtherTakesOverAtOnceWhenTheReaderEndsInOrder() throws IOException {
        // given
        one.look();
        one.append(FILE, row(3));

        // when
        one.index().close();
        other.look();

        // then
        assertThat(other.found()).containsExactly(id(3), id(2), id(1));
    }

    @Test
    void claimsNothingThatAnotherReplicaHasPurged() throws IOException {
        // given
        one.look();
        other.look();

        // when
        other.index().purge(T0.plus(Duration.ofDays(1)), 500);
        one.look();

        // then
        assertThat(one.state().since())
                .hasValueSatisfying(since -> assertThat(since).isAfter(T0.plusSeconds(1)));
    }

    @Test
    void saysWhyWhenTheDatabaseIsAway() {
        // given
        one.look();

        // when
        PostgresqlServer.shared().execute("ALTER DATABASE " + name() + " ALLOW_CONNECTIONS false");
        PostgresqlServer.shared().cutConnections(url);
        one.look();

        // then
        assertThat(one.state().failure())
                .hasValueSatisfying(why -> assertThat(why)
                        .contains("cannot be stored in the index")
                        .contains(NAME));
        PostgresqlServer.shared().execute("ALTER DATABASE " + name() + " ALLOW_CONNECTIONS true");
        one.look();
        assertThat(one.state().failure()).isEmpty();
    }

    private String name() {
        return url.substring(url.lastIndexOf('/') + 1);
    }

    /** Keeps a copy of all tables. */
    private void remember() {
        sql("""
            DO $$ DECLARE each name; BEGIN
              CREATE SCHEMA kept;
              FOR each IN SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition
                  AND relnamespace = 'onprem'::regnamespace AND relname <> 'mailtrace_version' LOOP
                EXECUTE format('CREATE TABLE kept.%I AS SELECT * FROM onprem.%I', each, each);
              END LOOP;
            END $$""");
    }

    /** Sets all tables back to it. */
    private void forget() {
        sql("""
            DO $$ DECLARE each name; BEGIN
              FOR each IN SELECT relname FROM pg_class WHERE relnamespace = 'kept'::regnamespace
                  AND relkind = 'r' AND relname <> 'dead_letter' LOOP
                EXECUTE format('DELETE FROM onprem.%I', each);
                EXECUTE format('INSERT INTO onprem.%I SELECT * FROM kept.%I', each, each);
              END LOOP;
            END $$""");
    }

    private void expireAll() {
        sql("UPDATE onprem.claim SET until = '-infinity'");
    }

    private void sql(String sql) {
        try (Connection connection = DriverManager.getConnection(url, PostgresqlServer.USER, "");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
