package org.mailtrace.onprem.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailtrace.onprem.follow.FollowedServer.T0;
import static org.mailtrace.onprem.follow.FollowedServer.id;
import static org.mailtrace.onprem.follow.FollowedServer.row;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailtrace.index.DeadLetter;
import org.mailtrace.onprem.LogFixture;

/** F11: clocks that go back, are off, or were never set; rows dated in the future or in 1970. */
class F11TimeTest {
    private static final String FILE = "MSGTRK2026112010-1.LOG";

    @TempDir
    private Path folder;

    private FollowedServer server;

    @BeforeEach
    void open() throws IOException {
        server = new FollowedServer(folder);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1970-01-01T00:00:00Z", "2099-12-31T23:59:59Z", "2000-02-29T12:00:00Z"})
    void setsARowAsideThatIsDatedFarFromItsFileSoThatItsMessageIsStillFound(String date) throws IOException {
        // given
        server.write(FILE, LogFixture.header(T0), row(1), row(1, Instant.parse(date)), row(2));

        // when
        server.look();

        // then
        assertThat(server.found()).containsExactlyInAnyOrder(id(1), id(2));
        assertThat(server.state().since()).contains(T0);
        assertThat(server.state().newest()).contains(T0.plusSeconds(2));
        assertThat(server.deadLetters())
                .singleElement()
                .extracting(DeadLetter::reason)
                .asString()
                .contains("more than a year");
    }

    @ParameterizedTest
    @ValueSource(ints = {-300, -30, -1, 1, 30, 300})
    void takesNoEvidenceFromTheDateOfARowThatItsFileCannotHold(int days) throws IOException {
        // given
        Instant wrong = T0.plus(Duration.ofDays(days));
        server.write(FILE, LogFixture.header(T0), row(1), row(2, wrong), row(3));

        // when
        server.look();

        // then
        assertThat(server.state().since()).contains(T0);
        assertThat(server.state().newest())
                .hasValueSatisfying(newest -> assertThat(newest).isBeforeOrEqualTo(server.clock.instant()));
        assertThat(server.found(wrong.minusSeconds(1), wrong.plusSeconds(1))).containsExactly(id(2));
    }

    @Test
    void countsAServerOfWhichEveryDateIsWrongAsWritingWhenItsFilesGrow() throws IOException {
        // given
        Instant wrong = Instant.parse("2099-01-01T00:00:00Z");
        String file = LogFixture.file("MSGTRK", wrong);

        // when
        server.write(file, LogFixture.header(wrong), row(1, wrong.plusSeconds(1)));
        server.look();

        // then
        assertThat(server.state().newest()).contains(server.clock.instant());
        assertThat(server.state().ahead()).isGreaterThan(Duration.ofDays(365));
        assertThat(server.found(wrong, wrong.plusSeconds(60))).containsExactly(id(1));
    }

    @Test
    void measuresHowFarAServersClockIsAheadAndForgetsItWhenItIsSet() throws IOException {
        // given
        server.write(FILE, LogFixture.header(T0), row(1));
        server.look();
        assertThat(server.state().ahead()).isZero();

        // when
        server.append(FILE, row(2, server.clock.instant().plus(Duration.ofHours(1))));
        server.look();

        // then
        assertThat(server.state().ahead()).isEqualTo(Duration.ofHours(1));
        assertThat(server.state().newest()).contains(server.clock.instant());
        server.clock.pass(FollowedServer.QUIET_AFTER.multipliedBy(2));
        server.look();
        assertThat(server.state().ahead()).isZero();
    }

    @Test
    void measuresHowLateRowsArriveFromAServerWhoseClockIsBehind() throws IOException {
        // given
        server.write(FILE, LogFixture.header(T0), row(1));
        server.look();
        Instant looked = server.clock.instant();

        // when
        server.clock.pass(Duration.ofSeconds(2));
        server.append(FILE, row(2, looked.minus(Duration.ofHours(1))));
        server.look();

        // then
        assertThat(server.state().late()).isEqualTo(Duration.ofHours(1));
        assertThat(server.found()).containsExactlyInAnyOrder(id(1), id(2));
    }

    @Test
    void doesNotTakeFilesFromAnArchiveOrAFirstReadingForLateRows() throws IOException {
        // given
        Instant longAgo = T0.minus(Duration.ofDays(9));
        server.write(FILE, LogFixture.header(T0), row(1));
        server.clock.pass(Duration.ofHours(5));
        server.look();
        assertThat(server.state().late()).isZero();

        // when
        server.write(LogFixture.file("MSGTRK", longAgo), LogFixture.header(longAgo), row(2, longAgo.plusSeconds(1)));
        server.look();

        // then
        assertThat(server.state().late()).isZero();
    }

    @Test
    void losesNothingAndClaimsNoFutureWhenOurOwnClockGoesBack() throws IOException {
        // given
        server.write(FILE, LogFixture.header(T0), row(1));
        server.clock.set(T0.plus(Duration.ofHours(5)));
        server.look();

        // when
        server.clock.set(T0.plusSeconds(90));
        server.append(FILE, row(2));
        server.write("MSGTRK2026112010-2.LOG", LogFixture.header(T0.plusSeconds(70)), row(3));
        server.look();

        // then
        assertThat(server.found()).containsExactlyInAnyOrder(id(1), id(2), id(3));
        assertThat(server.state().readThrough()).contains(T0.plusSeconds(90));
    }

    @Test
    void readsEveryHourOfANightInWhichTheClocksAreSetBack() throws IOException {
        // given
        Instant change = Instant.parse("2026-10-25T00:00:00Z");

        // when
        for (int hour = 0; hour < 4; hour++) {
            Instant at = change.plus(Duration.ofHours(hour));
            server.clock.set(at.plusSeconds(60));
            server.write(LogFixture.file("MSGTRK", at), LogFixture.header(at), row(hour, at.plusSeconds(1)));
            server.look();
        }

        // then
        assertThat(server.found(change, change.plus(Duration.ofHours(4)))).hasSize(4);
        assertThat(server.state().gaps()).isEmpty();
        assertThat(server.state().since()).contains(change);
    }

    @Test
    void staysAtTheBeginningOfTheFileWhenItsHeaderIsDatedBeforeIt() throws IOException {
        // given
        server.write(FILE, LogFixture.header(Instant.EPOCH), row(1));

        // when
        server.look();

        // then
        assertThat(server.state().since()).contains(T0);
    }
}
