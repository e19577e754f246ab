package org.mailtrace.onprem.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailtrace.onprem.follow.FollowedServer.MAX_RECORD;
import static org.mailtrace.onprem.follow.FollowedServer.T0;
import static org.mailtrace.onprem.follow.FollowedServer.id;
import static org.mailtrace.onprem.follow.FollowedServer.row;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailtrace.index.DeadLetter;
import org.mailtrace.onprem.LogFixture;

/** F9: records larger than any may be, and quotes that never close. A whole file never fits into the buffer. */
class F9HugeRecordTest {
    private static final String FILE = "MSGTRK2026112010-1.LOG";
    /** Far over what a record may have; {@code mailtrace.record.bytes} makes it as long as you like. */
    private static final int LENGTH = Integer.getInteger("mailtrace.record.bytes", 80 * MAX_RECORD);

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
    void setsARecordAsideThatIsLongerThanAnyMayBe() throws IOException {
        // given
        server.write(FILE, LogFixture.header(T0), row(1));
        server.append(FILE, "2026-11-20T10:00:09.000Z," + "x".repeat(LENGTH) + "\r\n", row(2));

        // when
        server.look();

        // then
        assertThat(server.found()).containsExactlyInAnyOrder(id(1), id(2));
        assertThat(server.deadLetters())
                .singleElement()
                .extracting(DeadLetter::reason)
                .asString()
                .contains(String.valueOf(MAX_RECORD));
    }

    @Test
    void setsAWellFormedRecordAsideThatIsALittleLonger() throws IOException {
        // given
        String wide = LogFixture.line(
                T0.plusSeconds(5), "SMTP", "RECEIVE", "message-id", id(5), "custom-data", "y".repeat(MAX_RECORD));
        server.write(FILE, LogFixture.header(T0), row(1), wide, row(2));

        // when
        server.look();

        // then
        assertThat(server.found()).containsExactlyInAnyOrder(id(1), id(2));
        assertThat(server.deadLetters()).hasSize(1);
    }

    @Test
    void setsARecordOfAHundredThousandRecipientsAside() throws IOException {
        // given
        String recipients = IntStream.range(0, 100_000)
                .mapToObj(number -> "member" + number + "@rivercounty.example")
                .collect(Collectors.joining(";"));
        String expansion = LogFixture.line(
                T0.plusSeconds(5), "ROUTING", "EXPAND", "message-id", id(5), "recipient-address", recipients);
        server.write(FILE, LogFixture.header(T0), row(1), expansion, row(2));

        // when
        server.look();

        // then
        assertThat(server.found()).containsExactlyInAnyOrder(id(1), id(2));
        assertThat(server.deadLetters()).hasSize(1);
    }

    @Test
    void goesOnBehindAQuoteThatNeverClosesUpToTheEndOfTheFile() throws IOException {
        // given
        server.write(FILE, LogFixture.header(T0), row(1), "2026-11-20T10:00:05.000Z,\"open\r\n");
        for (int number = 2; number < 40; number++) {
            server.append(
                    FILE,
                    LogFixture.line(
                            T0.plusSeconds(number),
                            "STOREDRIVER",
                            "DELIVER",
                            "message-id",
                            id(number),
                            "recipient-address",
                            "ana@rivercounty.example"));
        }
        server.look();
        assertThat(server.found()).containsExactly(id(1));

        // when
        server.clock.pass(FollowedServer.SETTLING.multipliedBy(2));
        server.look();

        // then
        assertThat(server.found()).hasSize(39);
        assertThat(server.deadLetters()).hasSize(1);
        assertThat(server.state().unreadBytes()).isZero();
    }

    @Test
    void goesOnBehindAQuoteThatStaysOpenForMoreThanARecordMayHold() throws IOException {
        // given
        server.write(FILE, LogFixture.header(T0), row(1), "2026-11-20T10:00:05.000Z,\"open\r\n");
        StringBuilder rows = new StringBuilder();
        for (int number = 2; number < 800; number++) {
            rows.append(LogFixture.line(
                    T0.plusSeconds(number),
                    "STOREDRIVER",
                    "DELIVER",
                    "message-id",
                    id(number),
                    "recipient-address",
                    "ana@rivercounty.example"));
        }

        // when
        server.append(FILE, rows.toString());
        server.look();

        // then
        assertThat(server.found()).hasSize(799);
        assertThat(server.deadLetters()).hasSize(1);
    }
}
