package org.mailtrace.onprem.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailtrace.contract.AddressPattern;
import org.mailtrace.index.DeadLetter;
import org.mailtrace.index.IndexQuery;
import org.mailtrace.index.IndexedMessage;
import org.mailtrace.index.TraceIndex;
import org.mailtrace.index.sqlite.SqliteIndex;
import org.mailtrace.index.sqlite.SqliteSettings;
import org.mailtrace.onprem.LogFixture;
import org.mailtrace.onprem.record.Fields;
import org.mailtrace.onprem.record.RowBody;

class ServerFollowerTest {
    private static final Instant T0 = Instant.parse("2026-11-20T10:00:00Z");
    private static final int MAX_RECORD = 64 * 1024;

    @TempDir
    private Path folder;

    private Path logs;
    private TraceIndex index;
    private ServerFollower follower;

    @BeforeEach
    void open() throws IOException {
        logs = Files.createDirectories(folder.resolve("EXCH01"));
        restart();
    }

    @AfterEach
    void close() {
        index.close();
    }

    @Test
    void indexesATornRecordExactlyOnceAndOnlyWhenItIsComplete() throws IOException {
        // given
        write("MSGTRK2026112010-1.LOG", LogFixture.bytes(LogFixture.header(T0), row(1)));
        byte[] next = LogFixture.bytes(row(2));
        follower.look();

        // when
        for (byte each : next) {
            assertThat(found()).containsExactly("<m1@contoso.example>");
            append("MSGTRK2026112010-1.LOG", new byte[] {each});
            follower.look();
        }

        // then
        assertThat(found()).containsExactlyInAnyOrder("<m1@contoso.example>", "<m2@contoso.example>");
        assertThat(rows()).isEqualTo(2);
    }

    @Test
    void losesAndDoublesNothingWhenItIsStoppedAnywhereAndReadsAgain() throws IOException {
        // given
        Random random = new Random(11);
        String name = "MSGTRK2026112010-1.LOG";
        write(name, LogFixture.bytes(LogFixture.header(T0)));
        byte[] all = LogFixture.bytes(row(1), row(2), row(3), row(4), row(5), row(6), row(7), row(8));

        // when
        int written = 0;
        while (written < all.length) {
            int count = Math.min(all.length - written, random.nextInt(1, 400));
            append(name, Arrays.copyOfRange(all, written, written + count));
            written += count;
            follower.look();
            index.close();
            restart();
        }
        follower.look();

        // then
        assertThat(found()).hasSize(8);
        assertThat(rows()).isEqualTo(8);
    }

    @Test
    void followsRotationBySizeAndHourAndFilesThatAppearLate() throws IOException {
        // given
        write("MSGTRK2026112010-1.LOG", LogFixture.bytes(LogFixture.header(T0), row(1)));
        follower.look();

        // when
        write("MSGTRK2026112010-2.LOG", LogFixture.bytes(LogFixture.header(T0.plusSeconds(60)), row(2)));
        write("MSGTRKMD2026112011-1.LOG", LogFixture.bytes(LogFixture.header(T0.plusSeconds(3600)), row(3)));
        write("MSGTRK2026112009-1.LOG", LogFixture.bytes(LogFixture.header(T0.minusSeconds(3600)), row(4)));
        write("notes.txt", LogFixture.bytes("nothing to read"));
        follower.look();

        // then
        assertThat(found()).hasSize(4);
        assertThat(rows()).isEqualTo(4);
        assertThat(follower.state().failure()).isEmpty();
        assertThat(follower.state().since()).contains(T0.plusSeconds(3600));
    }

    @Test
    void readsARenamedFileAgainWithoutDoublingItsRows() throws IOException {
        // given
        write("MSGTRK2026112010-1.LOG", LogFixture.bytes(LogFixture.header(T0), row(1), row(2)));
        follower.look();

        // when
        Files.move(logs.resolve("MSGTRK2026112010-1.LOG"), logs.resolve("MSGTRK2026112010-7.LOG"));
        follower.look();

        // then
        assertThat(rows()).isEqualTo(2);
    }

    @Test
    void readsAFileThatWasReplacedOrCutFromItsBeginning() throws IOException {
        // given
        String name = "MSGTRK2026112010-1.LOG";
        write(name, LogFixture.bytes(LogFixture.header(T0), row(1), row(2), row(3)));
        follower.look();

        // when
        write(name, LogFixture.bytes(LogFixture.header(T0.plusSeconds(5)), row(4)));
        follower.look();
        write(name, LogFixture.bytes(LogFixture.header(T0.plusSeconds(5)), row(5)));
        follower.look();
        write(name, LogFixture.bytes(LogFixture.header(T0.plusSeconds(5))));
        follower.look();
        append(name, LogFixture.bytes(row(6), row(7)));
        follower.look();

        // then
        assertThat(found())
                .contains(
                        "<m1@contoso.example>", "<m4@contoso.example>", "<m6@contoso.example>", "<m7@contoso.example>");
    }

    @Test
    void setsABadRecordAsideWithItsPlaceAndGoesOn() throws IOException {
        // given
        byte[] start = LogFixture.bytes(LogFixture.header(T0), row(1));
        String name = "MSGTRK2026112010-1.LOG";
        write(name, start);
        append(name, LogFixture.bytes("not,a,tracking \"row\r\n"));
        append(name, LogFixture.bytes("2026-11-20T10:00:09.000Z,\"never closed,b\r\n", row(2)));

        // when
        follower.look();

        // then
        assertThat(found()).containsExactlyInAnyOrder("<m1@contoso.example>", "<m2@contoso.example>");
        assertThat(index.deadLetters("EXCH01", 10))
                .extracting(DeadLetter::offset)
                .contains((long) start.length);
        assertThat(follower.state().setAside()).isEqualTo(2);
    }

    @Test
    void setsARecordAsideThatIsLongerThanAnyMayBe() throws IOException {
        // given
        String name = "MSGTRK2026112010-1.LOG";
        write(name, LogFixture.bytes(LogFixture.header(T0), row(1)));
        append(name, LogFixture.bytes("2026-11-20T10:00:09.000Z," + "x".repeat(20 * MAX_RECORD) + "\r\n", row(2)));

        // when
        follower.look();

        // then
        assertThat(found()).containsExactlyInAnyOrder("<m1@contoso.example>", "<m2@contoso.example>");
        assertThat(index.deadLetterCount("EXCH01")).isOne();
    }

    @Test
    void takesTheLastLineOfAFinishedFileWithoutALineEnd() throws IOException {
        // given
        String torn = row(2).strip();
        write("MSGTRK2026112010-1.LOG", LogFixture.bytes(LogFixture.header(T0), row(1), torn));
        Files.setLastModifiedTime(
                logs.resolve("MSGTRK2026112010-1.LOG"),
                FileTime.from(Instant.now().minus(Duration.ofHours(1))));
        follower.look();
        assertThat(found()).containsExactly("<m1@contoso.example>");

        // when
        write("MSGTRK2026112011-1.LOG", LogFixture.bytes(LogFixture.header(T0.plusSeconds(3600))));
        follower.look();

        // then
        assertThat(found()).containsExactlyInAnyOrder("<m1@contoso.example>", "<m2@contoso.example>");
    }

    @Test
    void followsColumnsThatChangeWithinAFile() throws IOException {
        // given
        String name = "MSGTRK2026112010-1.LOG";
        write(name, LogFixture.bytes(LogFixture.header(T0), row(1)));
        append(name, LogFixture.bytes("#Fields: event-id,date-time,message-id,recipient-address\r\n"));
        follower.look();
        index.close();
        restart();
        append(
                name,
                LogFixture.bytes("DELIVER,2026-11-20T10:09:00.000Z,<m2@contoso.example>,ana@rivercounty.example\r\n"));

        // when
        follower.look();

        // then
        assertThat(found()).containsExactlyInAnyOrder("<m1@contoso.example>", "<m2@contoso.example>");
    }

    @Test
    void leavesAFileWithoutHeaderOutAndSaysWhy() throws IOException {
        // given
        write("MSGTRK2026112010-1.LOG", LogFixture.bytes(row(1)));

        // when
        follower.look();

        // then
        assertThat(follower.state().leftOut()).singleElement().asString().contains("fields-when-missing");
        assertThat(found()).isEmpty();
    }

    @Test
    void readsAFileWithoutHeaderByTheColumnsOfTheSetting() throws IOException {
        // given
        follower = follower(Fields.ofSetting("2016"));
        write("MSGTRK2026112010-1.LOG", LogFixture.bytes("\uFEFF", row(1)));

        // when
        follower.look();

        // then
        assertThat(found()).containsExactly("<m1@contoso.example>");
        assertThat(follower.state().leftOut()).isEmpty();
    }

    @Test
    void saysThatADirectoryIsAwayAndHealsByItself() throws IOException {
        // given
        write("MSGTRK2026112010-1.LOG", LogFixture.bytes(LogFixture.header(T0), row(1)));
        follower.look();
        Files.move(logs, folder.resolve("away"));

        // when
        follower.look();

        // then
        assertThat(follower.state().failure())
                .hasValueSatisfying(text -> assertThat(text).contains("does not exist"));
        Files.move(folder.resolve("away"), logs);
        follower.look();
        assertThat(follower.state().failure()).isEmpty();
    }

    @Test
    void claimsNothingOfADirectoryWithoutTrackingLogs() {
        // when
        follower.look();

        // then
        assertThat(follower.state().failure())
                .hasValueSatisfying(text -> assertThat(text).contains("no tracking log"));
        assertThat(follower.state().readThrough()).isEmpty();
    }

    @Test
    void forgetsHowFarTheEvidenceGoesWhenFilesMayHaveBeenPurgedUnread() throws IOException {
        // given
        write("MSGTRK2026112010-1.LOG", LogFixture.bytes(LogFixture.header(T0), row(1)));
        follower.look();
        assertThat(follower.state().since()).contains(T0);

        // when
        Files.delete(logs.resolve("MSGTRK2026112010-1.LOG"));
        write("MSGTRK2026112210-1.LOG", LogFixture.bytes(LogFixture.header(T0.plus(Duration.ofDays(2)))));
        follower.look();

        // then
        assertThat(follower.state().since()).contains(T0.plus(Duration.ofDays(2)));
        assertThat(found()).containsExactly("<m1@contoso.example>");
    }

    private void restart() {
        index = SqliteIndex.open(new SqliteSettings(folder.resolve("index.db"), 1, RowBody.SAMPLE));
        follower = follower(Optional.empty());
    }

    private ServerFollower follower(Optional<Fields> fields) {
        return new ServerFollower(
                "EXCH01",
                new LocalDirectory(logs),
                index,
                new FollowRules(
                        fields, MAX_RECORD, Duration.ofSeconds(30), Duration.ofMinutes(10), Duration.ofHours(2)),
                new Retention(Duration.ZERO),
                Clock.systemUTC());
    }

    private void write(String name, byte[] bytes) throws IOException {
        Files.write(logs.resolve(name), bytes);
    }

    private void append(String name, byte[] bytes) throws IOException {
        Files.write(logs.resolve(name), bytes, StandardOpenOption.APPEND);
    }

    private static String row(int number) {
        return LogFixture.line(
                T0.plusSeconds(number),
                "STOREDRIVER",
                "DELIVER",
                "message-id",
                "<m" + number + "@contoso.example>",
                "recipient-address",
                "ana@rivercounty.example",
                "message-subject",
                "Subject, \"quoted\" " + number);
    }

    private List<IndexedMessage> messages() {
        return index.search(new IndexQuery(
                        Optional.empty(),
                        List.of(new AddressPattern("ana@rivercounty.example")),
                        Optional.empty(),
                        Optional.empty(),
                        T0.minus(Duration.ofDays(1)),
                        T0.plus(Duration.ofDays(1)),
                        true,
                        Optional.empty(),
                        100,
                        Duration.ofSeconds(10)))
                .messages();
    }

    private List<String> found() {
        List<String> ids = new ArrayList<>();
        messages()
                .forEach(message -> ids.add(RowBody.read(
                                message.firstSeen(), message.rows().getFirst().body())
                        .value("message-id")));
        return ids;
    }

    private int rows() {
        return messages().stream().mapToInt(message -> message.rows().size()).sum();
    }
}
