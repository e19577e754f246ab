package org.mailtrace.onprem.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.mailtrace.onprem.follow.FollowedServer.T0;
import static org.mailtrace.onprem.follow.FollowedServer.row;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailtrace.contract.SourcePart;
import org.mailtrace.contract.SourceState;
import org.mailtrace.onprem.LogFixture;
import org.mailtrace.onprem.OnPremSettings;
import org.mailtrace.onprem.follow.FollowedServer;

/** F4, F6, F11 as an answer shows them: from files to the state of a part and what it proves. */
class SilentAndHangingServerTest {
    private static final String FILE = "MSGTRK2026112010-1.LOG";

    @TempDir
    private Path folder;

    private final OnPremSettings settings = new SmallRyeConfigBuilder()
            .withMapping(OnPremSettings.class)
            .withConverter(Duration.class, 200, new DurationConverter())
            .withDefaultValue("mailtrace.onprem.servers.EXCH01.directory", "/srv/msgtrk/EXCH01")
            .build()
            .getConfigMapping(OnPremSettings.class);
    private FollowedServer server;

    @BeforeEach
    void open() throws IOException {
        server = new FollowedServer(folder);
        server.write(FILE, LogFixture.header(T0), row(1));
        server.look();
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void provesUpToTheLastLookLessTheSettlingTime() {
        assertThat(looked().part().state()).isEqualTo(SourceState.ANSWERED);
        assertThat(looked().provenUntil()).contains(server.clock.instant().minus(FollowedServer.SETTLING));
    }

    @Test
    void saysThatAServerIsSilentAndProvesNothingAfterItsLastRow() {
        // given
        server.clock.pass(Duration.ofHours(3));

        // when
        server.look();

        // then
        assertThat(looked().part().state()).isEqualTo(SourceState.PARTIAL);
        assertThat(looked().part().explanation())
                .hasValueSatisfying(text -> assertThat(text).contains("stopped growing at 2026-11-20T10:00:01Z"));
        assertThat(looked().provenUntil()).contains(T0.plusSeconds(1).minus(FollowedServer.SETTLING));
    }

    @Test
    void isNotKeptAwakeByARowDatedInTheFuture() throws IOException {
        // given
        server.append(FILE, row(2, T0.plus(Duration.ofDays(200))));
        server.look();
        Instant written = server.clock.instant();

        // when
        server.clock.pass(Duration.ofHours(3));
        server.look();

        // then
        assertThat(server.state().newest()).contains(written);
        assertThat(looked().part().state()).isEqualTo(SourceState.PARTIAL);
    }

    @Test
    void isNotKeptAwakeByDeliveriesWhenTransportIsSilent() throws IOException {
        // given
        server.clock.pass(Duration.ofHours(3));
        Instant now = server.clock.instant();

        // when
        server.write(LogFixture.file("MSGTRKMD", T0), LogFixture.header(T0), row(2, now.minusSeconds(1)));
        server.look();

        // then
        assertThat(looked().part().explanation())
                .hasValueSatisfying(text -> assertThat(text).contains("stopped growing"));
    }

    @Test
    void saysThatADirectoryHangsUntilItAnswersAgain() throws InterruptedException {
        // given
        server.hang();
        Thread looking = Thread.ofPlatform().daemon().start(server::look);
        Awaitility.await().until(() -> server.state().busy());

        // when
        server.clock.pass(Duration.ofMinutes(2));

        // then
        assertThat(looked().part().state()).isEqualTo(SourceState.FAILED);
        assertThat(looked().part().explanation())
                .hasValueSatisfying(text -> assertThat(text).contains("has not answered since"));
        assertThat(looked().provenUntil()).isEmpty();
        server.release();
        looking.join(Duration.ofSeconds(20));
        assertThat(looked().part().state()).isEqualTo(SourceState.ANSWERED);
    }

    @Test
    void provesNothingOfTheHourThatAClockIsAhead() throws IOException {
        // given
        server.append(FILE, row(2, server.clock.instant().plus(Duration.ofHours(1))));

        // when
        server.look();

        // then
        Instant now = server.clock.instant();
        assertThat(looked().part().state()).isEqualTo(SourceState.PARTIAL);
        assertThat(looked().part().explanation())
                .hasValueSatisfying(text -> assertThat(text).contains("60 minutes in the future"));
        assertThat(looked().provenUntil())
                .contains(now.minus(FollowedServer.SETTLING).minus(Duration.ofHours(1)));
        server.clock.pass(Duration.ofMinutes(100));
        server.append(FILE, row(3, server.clock.instant()));
        server.look();
        assertThat(at(T0, now).part().state()).isEqualTo(SourceState.ANSWERED);
    }

    @Test
    void provesNothingWhileAFileIsLeftOutHoweverSilentTheServerIs() throws IOException {
        // given
        server.write("MSGTRK2026112010-2.LOG", row(2));
        server.clock.pass(Duration.ofHours(3));

        // when
        server.look();

        // then
        assertThat(looked().part().state()).isEqualTo(SourceState.PARTIAL);
        assertThat(looked().provenUntil()).isEmpty();
    }

    @Test
    void provesNothingOfTheHourThatRowsArriveLate() throws IOException {
        // given
        Instant before = server.clock.instant();
        server.clock.pass(Duration.ofSeconds(2));
        server.append(FILE, row(2, before.minus(Duration.ofMinutes(50))));

        // when
        server.look();

        // then
        assertThat(looked().provenUntil()).contains(server.clock.instant().minus(Duration.ofMinutes(50)));
    }

    @Test
    void claimsNoFutureAfterOurOwnClockWentBack() {
        // given
        Instant back = server.clock.instant().minus(Duration.ofMinutes(5));

        // when
        server.clock.set(back);

        // then
        assertThat(looked().part().dataAsOf()).contains(back);
    }

    @Test
    void namesAMissingFileOnlyForWindowsThatItTouches() throws IOException {
        // given
        server.clock.pass(Duration.ofMinutes(90));
        server.write("MSGTRK2026112011-2.LOG", LogFixture.header(T0.plusSeconds(3700)), row(2, T0.plusSeconds(3701)));

        // when
        server.look();

        // then
        assertThat(looked().part().explanation())
                .hasValueSatisfying(text -> assertThat(text).contains("MSGTRK2026112011-1.LOG"));
        assertThat(at(T0, T0.plusSeconds(3600)).part().state()).isEqualTo(SourceState.ANSWERED);
    }

    @Test
    void showsHowFarBackEachPrefixGoes() throws IOException {
        // given
        server.write("MSGTRKMD2026112010-1.LOG", LogFixture.header(T0.plusSeconds(40)), row(2, T0.plusSeconds(41)));

        // when
        server.look();

        // then
        assertThat(Looked.withLanes(server.state(), settings, server.clock.instant()))
                .extracting(SourcePart::name, part -> part.searchableFrom().orElseThrow())
                .containsExactly(
                        tuple("EXCH01", T0.plusSeconds(40)),
                        tuple("EXCH01/MSGTRK", T0),
                        tuple("EXCH01/MSGTRKMD", T0.plusSeconds(40)));
    }

    private Looked looked() {
        return at(T0, server.clock.instant());
    }

    private Looked at(Instant from, Instant to) {
        return Looked.at(server.state(), from, to, settings, server.clock.instant());
    }
}
