package org.mailtrace.index.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mailtrace.index.Questions.NOON;
import static org.mailtrace.index.postgresql.NumberedLog.PART;
import static org.mailtrace.index.postgresql.NumberedLog.ROWS;
import static org.mailtrace.index.postgresql.NumberedLog.append;
import static org.mailtrace.index.postgresql.NumberedLog.batch;
import static org.mailtrace.index.postgresql.NumberedLog.rows;
import static org.mailtrace.index.postgresql.NumberedLog.standing;

import java.io.IOException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.mailtrace.index.ClaimLostException;
import org.mailtrace.index.Coverage;
import org.mailtrace.index.TraceIndex;
import org.mailtrace.postgresql.GivenPostgresql;
import org.mailtrace.postgresql.testkit.PostgresqlServer;

/** The primary dies and a standby takes over; the services' address names both. */
class F23FailoverTest {

    private static PostgresqlServer primary;

    private PostgresqlServer standby;
    private String database;

    @BeforeAll
    static void startPrimary() {
        primary = PostgresqlServer.start();
    }

    @AfterAll
    static void stopPrimary() {
        primary.close();
    }

    @BeforeEach
    void startStandby() {
        String url = primary.newDatabase();
        database = url.substring(url.lastIndexOf('/') + 1);
        standby = primary.standby("second");
    }

    /** Each test kills the primary; it comes back as it was, and knows nothing of what its standby did. */
    @AfterEach
    void startPrimaryAgain() {
        standby.close();
        primary.startAgain();
        primary.execute("ALTER SYSTEM RESET synchronous_standby_names");
        primary.execute("SELECT pg_reload_conf()");
    }

    @Test
    @DisplayName(
            "F23: the primary dies inside a commit, its synchronous standby takes over: nothing is lost or doubled")
    void losesAndDoublesNothingWithASynchronousStandby() throws IOException {
        primary.execute("ALTER SYSTEM SET synchronous_standby_names = 'second'");
        primary.execute("SELECT pg_reload_conf()");
        Awaitility.await()
                .until(() -> primary.ask("SELECT max(sync_state) FROM pg_stat_replication")
                        .equals("sync"));
        try (CommitDoor door = new CommitDoor(primary.port());
                TraceIndex index = open(door.port(), standby.port())) {
            // given
            assertThat(index.claim(PART)).isTrue();
            append(index, 0, 5);

            // when
            door.cutNextCommits(1);
            Thread.ofPlatform().start(() -> {
                Awaitility.await().until(() -> door.cut() == 1);
                primary.kill();
                standby.promote();
            });
            index.append(batch(5));
            append(index, 6, 9);

            // then
            assertThat(door.cut()).isEqualTo(1);
            assertThat(index.claim(PART)).isTrue();
            assertThat(standing(index)).isEqualTo(9);
            assertThat(rows(index, 9)).isEqualTo(9 * ROWS);
            assertThat(new Tables(standby.url(database), "index").ask("SELECT count(*) FROM message"))
                    .isEqualTo("9");
        }
    }

    @Test
    @DisplayName("F23: a standby that is behind claims less; when it takes over, what it lacks is read again")
    void readsAgainWhatAnAsynchronousStandbyLacks() {
        try (TraceIndex index = open(primary.port(), standby.port());
                TraceIndex onStandby = onStandby()) {
            // given
            assertThat(index.claim(PART)).isTrue();
            append(index, 0, 5);
            Awaitility.await()
                    .untilAsserted(() -> assertThat(standing(onStandby)).isEqualTo(5));
            standby.stop();
            append(index, 5, 8);
            primary.kill();

            // when
            standby.startAgain();

            // then
            assertThat(rows(onStandby, 8)).isEqualTo(5 * ROWS);
            assertThat(onStandby.coverage(PART)).extracting(Coverage::until).containsExactly(NOON.plusSeconds(4));
            assertThat(onStandby.claim(PART)).isFalse();
            assertThat(onStandby.purge(NOON.plus(Duration.ofDays(9)), 500)).isZero();
            assertThatThrownBy(() -> onStandby.append(batch(8))).hasMessageContaining("is a standby");

            // when
            standby.promote();

            // then
            assertThat(standing(index)).isEqualTo(5);
            assertThatThrownBy(() -> index.append(batch(8))).isInstanceOf(ClaimLostException.class);
            assertThat(index.claim(PART))
                    .as("it has to forget what it remembers")
                    .isFalse();

            // when
            assertThat(index.claim(PART)).isTrue();
            append(index, standing(index), 9);

            // then
            assertThat(standing(index)).isEqualTo(9);
            assertThat(rows(index, 9)).isEqualTo(9 * ROWS);
            assertThat(new Tables(standby.url(database), "index").ask("SELECT count(*) FROM message"))
                    .isEqualTo("9");
        }
    }

    /** With the address that the guide tells; it waits for a standby that takes over. */
    private TraceIndex open(int first, int second) {
        return IndexOnADay.open(
                at("127.0.0.1:" + first + ",127.0.0.1:" + second, "primary")
                        .within(Duration.ofSeconds(10), Duration.ofMinutes(1)),
                NOON);
    }

    private TraceIndex onStandby() {
        return PostgresqlIndex.openToSearch(
                at("127.0.0.1:" + primary.port() + ",127.0.0.1:" + standby.port(), "preferSecondary")
                        .within(Duration.ofSeconds(10), Duration.ofMillis(300)),
                "sample");
    }

    private GivenPostgresql at(String hosts, String wanted) {
        String url = "jdbc:postgresql://" + hosts + "/" + database + "?targetServerType=" + wanted;
        return GivenPostgresql.at(url, PostgresqlServer.USER, "index");
    }
}
