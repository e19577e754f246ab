package org.mailtrace.onprem.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailtrace.onprem.follow.FollowedServer.T0;
import static org.mailtrace.onprem.follow.FollowedServer.id;
import static org.mailtrace.onprem.follow.FollowedServer.row;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailtrace.onprem.LogFixture;

/** F5: half a record that is completed later, a file without a line end, line ends split over reads. */
class F5TornRecordTest {
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

    @Test
    void indexesATornRecordExactlyOnceAndOnlyWhenItIsComplete() throws IOException {
        // given
        server.write(FILE, LogFixture.header(T0), row(1));
        byte[] next = LogFixture.bytes(row(2));
        server.look();

        // when
        for (byte each : next) {
            assertThat(server.found()).containsExactly(id(1));
            server.append(FILE, new byte[] {each});
            server.look();
        }

        // then
        assertThat(server.found()).containsExactlyInAnyOrder(id(1), id(2));
        assertThat(server.rows()).isEqualTo(2);
        assertThat(server.deadLetters()).isEmpty();
    }

    @Test
    void indexesAHeaderThatIsWrittenByteByByteWithItsRow() throws IOException {
        // given
        byte[] all = LogFixture.bytes("\uFEFF", LogFixture.header(T0), row(1));
        server.write(FILE, new byte[0]);

        // when
        for (byte each : all) {
            assertThat(server.found()).isEmpty();
            server.append(FILE, new byte[] {each});
            server.look();
        }

        // then
        assertThat(server.found()).containsExactly(id(1));
        assertThat(server.deadLetters()).isEmpty();
        assertThat(server.state().leftOut()).isEmpty();
    }

    @Test
    void losesAndDoublesNothingWhenItIsStoppedAnywhereAndReadsAgain() throws IOException {
        // given
        Random random = new Random(11);
        server.write(FILE, LogFixture.header(T0));
        byte[] all = LogFixture.bytes(row(1), row(2), row(3), row(4), row(5), row(6), row(7), row(8));

        // when
        int written = 0;
        while (written < all.length) {
            int count = Math.min(all.length - written, random.nextInt(1, 400));
            server.append(FILE, Arrays.copyOfRange(all, written, written + count));
            written += count;
            server.look();
            server.restart();
        }
        server.look();

        // then
        assertThat(server.found()).hasSize(8);
        assertThat(server.rows()).isEqualTo(8);
    }

    @Test
    void takesTheLastLineOfAFinishedFileWithoutALineEnd() throws IOException {
        // given
        server.write(FILE, LogFixture.header(T0), row(1), row(2).strip());
        server.look();
        assertThat(server.found()).containsExactly(id(1));

        // when
        server.clock.pass(Duration.ofHours(1));
        server.write("MSGTRK2026112011-1.LOG", LogFixture.header(T0.plusSeconds(3600)));
        server.look();

        // then
        assertThat(server.found()).containsExactlyInAnyOrder(id(1), id(2));
    }

    @Test
    void claimsNothingOfTheTimeAfterARecordThatStandsUnfinished() throws IOException {
        // given
        server.write(FILE, LogFixture.header(T0), row(1));
        server.look();
        server.append(FILE, row(2).strip());
        server.clock.pass(Duration.ofSeconds(5));
        server.look();

        // when
        server.clock.pass(Duration.ofMinutes(5));
        server.look();

        // then
        assertThat(server.state().readThrough()).contains(T0.plusSeconds(65));
        server.append(FILE, "\r\n");
        server.look();
        assertThat(server.state().readThrough()).contains(server.clock.instant());
        assertThat(server.found()).containsExactlyInAnyOrder(id(1), id(2));
    }

    @Test
    void doesNotTakeAFileAsFinishedBecauseAnotherOneIsDatedInTheFuture() throws IOException {
        // given
        server.write(FILE, LogFixture.header(T0), row(1), row(2).substring(0, 40));
        server.write("MSGTRK2099010100-1.LOG", LogFixture.header(T0));
        server.look();

        // when
        server.clock.pass(Duration.ofMinutes(11));
        server.look();
        server.append(FILE, row(2).substring(40));
        server.look();

        // then
        assertThat(server.found()).containsExactlyInAnyOrder(id(1), id(2));
        assertThat(server.deadLetters()).isEmpty();
    }
}
