package org.mailtrace.onprem.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailtrace.onprem.follow.FollowedServer.T0;
import static org.mailtrace.onprem.follow.FollowedServer.id;
import static org.mailtrace.onprem.follow.FollowedServer.row;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailtrace.index.DeadLetter;
import org.mailtrace.onprem.LogFixture;
import org.mailtrace.onprem.follow.ServerState.Gap;

/** F6: rotation by hour and size, rename, copy and truncate, deletion, reused inodes, late files, gaps. */
class F6RotationTest {
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
    void followsRotationBySizeAndHourAndFilesThatAppearLate() throws IOException {
        // given
        server.write(FILE, LogFixture.header(T0), row(1));
        server.look();

        // when
        server.clock.pass(Duration.ofHours(1));
        server.write("MSGTRK2026112010-2.LOG", LogFixture.header(T0.plusSeconds(60)), row(2));
        server.write("MSGTRKMD2026112011-1.LOG", LogFixture.header(T0.plusSeconds(3600)), row(3));
        server.write("MSGTRK2026112009-1.LOG", LogFixture.header(T0.minusSeconds(3600)), row(4));
        server.write("notes.txt", "nothing to read");
        server.look();

        // then
        assertThat(server.found()).hasSize(4);
        assertThat(server.rows()).isEqualTo(4);
        assertThat(server.state().failure()).isEmpty();
        assertThat(server.state().gaps()).isEmpty();
        assertThat(server.state().since()).contains(T0.plusSeconds(3600));
        assertThat(server.state().lanes())
                .filteredOn(lane -> lane.lane().equals("MSGTRK"))
                .singleElement()
                .satisfies(lane -> assertThat(lane.since()).isEqualTo(T0.minusSeconds(3600)));
    }

    @Test
    void readsARenamedFileAgainWithoutDoublingItsRows() throws IOException {
        // given
        server.write(FILE, LogFixture.header(T0), row(1), row(2));
        server.look();

        // when
        Files.move(server.logs().resolve(FILE), server.logs().resolve("MSGTRK2026112010-7.LOG"));
        server.look();

        // then
        assertThat(server.rows()).isEqualTo(2);
    }

    @Test
    void readsACopyAndWhatIsWrittenIntoTheTruncatedFile() throws IOException {
        // given
        server.write(FILE, LogFixture.header(T0), row(1), row(2));
        server.look();

        // when
        Files.copy(server.logs().resolve(FILE), server.logs().resolve("MSGTRK2026112010-2.LOG"));
        server.write(FILE, new byte[0]);
        server.look();
        server.append(FILE, LogFixture.header(T0));
        server.look();
        server.append(FILE, row(3), row(4), row(5));
        server.look();

        // then
        assertThat(server.found()).containsExactlyInAnyOrder(id(1), id(2), id(3), id(4), id(5));
        assertThat(server.rows()).isEqualTo(5);
    }

    @Test
    void tellsFilesOfTheSameInodeAndHeaderApart() throws IOException {
        // given
        Path first = server.logs().resolve(FILE);
        Path kept = folder.resolve("kept");
        server.write(FILE, LogFixture.header(T0), row(1));
        server.look();

        // when
        Files.move(first, kept);
        Files.writeString(kept, LogFixture.header(T0) + row(2));
        Files.move(kept, server.logs().resolve("MSGTRK2026112010-2.LOG"));
        server.look();

        // then
        assertThat(server.found()).containsExactlyInAnyOrder(id(1), id(2));
    }

    @Test
    void saysThatAFileIsGoneBeforeItWasReadToItsEnd() throws IOException {
        // given
        server.write(FILE, LogFixture.header(T0), row(1), row(2).strip());
        server.write("MSGTRK2026112010-2.LOG", LogFixture.header(T0.plusSeconds(30)));
        server.look();

        // when
        Files.delete(server.logs().resolve(FILE));
        server.look();
        server.look();

        // then
        assertThat(server.deadLetters())
                .singleElement()
                .extracting(DeadLetter::stream, DeadLetter::reason)
                .containsExactly(FILE, FollowSentences.GONE_UNREAD);
        assertThat(server.state().setAside()).hasValue(1);
        assertThat(server.index().deadLetterCount(FollowedServer.NAME)).isOne();
    }

    @Test
    void keepsTheRowsOfADeletedFileThatWasReadToItsEndWithoutAWord() throws IOException {
        // given
        server.write(FILE, LogFixture.header(T0), row(1));
        server.write("MSGTRK2026112010-2.LOG", LogFixture.header(T0.plusSeconds(30)), row(2));
        server.look();

        // when
        Files.delete(server.logs().resolve(FILE));
        server.look();

        // then
        assertThat(server.found()).hasSize(2);
        assertThat(server.deadLetters()).isEmpty();
        assertThat(server.state().gaps()).isEmpty();
        assertThat(server.state().since()).contains(T0);
    }

    @Test
    void namesTheFileThatIsMissingInASeriesUntilItAppears() throws IOException {
        // given
        server.write(FILE, LogFixture.header(T0), row(1));
        server.write("MSGTRK2026112010-3.LOG", LogFixture.header(T0.plusSeconds(30)), row(3));

        // when
        server.look();

        // then
        assertThat(server.state().gaps()).containsExactly(new Gap("MSGTRK2026112010-2.LOG", T0, T0.plusSeconds(3600)));
        server.write("MSGTRK2026112010-2.LOG", LogFixture.header(T0.plusSeconds(10)), row(2));
        server.look();
        assertThat(server.state().gaps()).isEmpty();
        assertThat(server.found()).hasSize(3);
    }

    @Test
    void namesTheFirstFileOfAnHourThatIsMissing() throws IOException {
        // given
        server.write(FILE, LogFixture.header(T0), row(1));
        server.clock.pass(Duration.ofHours(1));
        server.write("MSGTRK2026112011-2.LOG", LogFixture.header(T0.plusSeconds(3700)));

        // when
        server.look();

        // then
        assertThat(server.state().gaps()).extracting(Gap::file).containsExactly("MSGTRK2026112011-1.LOG");
    }

    @Test
    void takesAFileFromAnArchiveInWithoutClaimingTheTimeBetween() throws IOException {
        // given
        server.write(FILE, LogFixture.header(T0), row(1));
        server.look();
        Instant longAgo = T0.minus(Duration.ofDays(3));

        // when
        server.write(LogFixture.file("MSGTRK", longAgo), LogFixture.header(longAgo), row(2, longAgo.plusSeconds(1)));
        server.look();
        server.restart();
        server.look();

        // then
        assertThat(server.found(longAgo, T0)).containsExactly(id(2));
        assertThat(server.state().since()).contains(T0);
    }

    @Test
    void forgetsHowFarTheEvidenceGoesWhenFilesMayHaveBeenPurgedUnread() throws IOException {
        // given
        server.write(FILE, LogFixture.header(T0), row(1));
        server.look();
        assertThat(server.state().since()).contains(T0);

        // when
        Instant later = T0.plus(Duration.ofDays(2));
        server.clock.set(later.plusSeconds(60));
        Files.delete(server.logs().resolve(FILE));
        server.write(LogFixture.file("MSGTRK", later), LogFixture.header(later));
        server.look();

        // then
        assertThat(server.state().since()).contains(later);
        assertThat(server.found()).containsExactly(id(1));
        server.restart();
        server.look();
        assertThat(server.state().since()).contains(later);
    }

    @Test
    void readsBothOfTwoFilesThatSwapTheirNames() throws IOException {
        // given
        Path first = server.logs().resolve(FILE);
        Path second = server.logs().resolve("MSGTRK2026112010-2.LOG");
        server.write(FILE, LogFixture.header(T0), row(1));
        server.write("MSGTRK2026112010-2.LOG", LogFixture.header(T0), row(2));
        server.look();

        // when
        Files.move(first, folder.resolve("swap"));
        Files.move(second, first);
        Files.move(folder.resolve("swap"), second, StandardCopyOption.REPLACE_EXISTING);
        server.append(FILE, row(3));
        server.append("MSGTRK2026112010-2.LOG", row(4));
        server.look();

        // then
        assertThat(server.found()).containsExactlyInAnyOrder(id(1), id(2), id(3), id(4));
        assertThat(server.rows()).isEqualTo(4);
    }
}
