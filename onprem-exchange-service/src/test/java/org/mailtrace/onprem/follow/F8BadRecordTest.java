package org.mailtrace.onprem.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.mailtrace.onprem.follow.FollowedServer.T0;
import static org.mailtrace.onprem.follow.FollowedServer.id;
import static org.mailtrace.onprem.follow.FollowedServer.row;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailtrace.index.DeadLetter;
import org.mailtrace.onprem.LogFixture;

/** F8: records and files that are not what they should be. */
class F8BadRecordTest {
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
    @ValueSource(
            strings = {
                "2026-11-20T10:00:05.000Z,too,few\r\n",
                "not,a,tracking \"row\r\n",
                "2026-11-20T10:00:05.000Z,\"never closed,b\r\n",
                "2026-11-20T10:00:05.000Z,\"closed\" too early,b\r\n",
                "2026-11-20T10:00:05.000Z,\u0000\u0000\u0000\r\n",
                "\u0000\u0000\u0000\u0000\r\n",
                "yesterday,,,,,,,,,,,,,,,,,,,,,,,,,,,,,\r\n",
                "2026-13-40T25:61:61.000Z,,,,,,,,,,,,,,,,,,,,,,,,,,,,,\r\n",
                "\uFEFF2026-11-20T10:00:05.000Z,byte order mark in the middle\r\n",
                "\"\r\n"
            })
    void setsABadRecordAsideWithItsPlaceAndIndexesTheNextGoodLine(String bad) throws IOException {
        // given
        byte[] start = LogFixture.bytes(LogFixture.header(T0), row(1));
        server.write(FILE, start);
        server.append(FILE, bad, row(2), row(3));

        // when
        server.look();
        server.clock.pass(FollowedServer.SETTLING.multipliedBy(2));
        server.look();

        // then
        assertThat(server.found()).containsExactlyInAnyOrder(id(1), id(2), id(3));
        assertThat(server.deadLetters())
                .extracting(DeadLetter::stream, DeadLetter::offset)
                .containsExactly(tuple(FILE, (long) start.length));
        assertThat(server.state().setAside()).hasValue(1);
    }

    @Test
    void tellsNoNumberBeforeItHasLooked() throws IOException {
        // given: one record was set aside before a restart
        server.write(FILE, LogFixture.header(T0), row(1), "2026-11-20T10:00:05.000Z,too,few\r\n");
        server.look();
        server.clock.pass(FollowedServer.SETTLING.multipliedBy(2));
        server.look();
        server.restart();

        // when
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        server.measure(registry);

        // then
        assertThat(gauge(registry, "dead.letters")).isNaN();
        assertThat(gauge(registry, "left.out")).isNaN();
        assertThat(gauge(registry, "missing")).isNaN();
        assertThat(gauge(registry, "unread")).isNaN();
        server.look();
        assertThat(gauge(registry, "dead.letters")).isOne();
        assertThat(gauge(registry, "left.out")).isZero();
        assertThat(gauge(registry, "missing")).isZero();
        assertThat(gauge(registry, "unread")).isZero();
    }

    private static double gauge(SimpleMeterRegistry registry, String name) {
        return registry.get("mailtrace.onprem." + name).gauge().value();
    }

    @Test
    void keepsARecordReadableThatIsNoUtf8() throws IOException {
        // given
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(LogFixture.bytes(LogFixture.header(T0)));
        byte[] row = row(1).replace("Subject", "M\u00FCller").getBytes(StandardCharsets.ISO_8859_1);
        bytes.write(row);
        server.write(FILE, bytes.toByteArray());

        // when
        server.look();

        // then
        assertThat(server.found()).containsExactly(id(1));
        assertThat(server.deadLetters()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE"})
    void leavesAFileInUtf16OutAndSaysWhy(String charset) throws IOException {
        // given
        server.write(FILE, LogFixture.header(T0).concat(row(1)).getBytes(Charset.forName(charset)));

        // when
        server.look();

        // then
        assertThat(server.state().leftOut()).singleElement().asString().contains("UTF-16");
        assertThat(server.found()).isEmpty();
    }

    @Test
    void readsAFileOfAVersionThatNobodyKnowsByItsColumns() throws IOException {
        // given
        server.write(
                FILE,
                "\uFEFF#Software: Microsoft Exchange Server\n#Version: 99.01.0001.001\n#Fields: new-column,date-time,"
                        + "event-id,source,message-id,recipient-address,schema-version\n",
                "x,2026-11-20T10:00:01.000Z,DELIVER,STOREDRIVER," + id(1) + ",ana@rivercounty.example,99.01\n");

        // when
        server.look();

        // then
        assertThat(server.found()).containsExactly(id(1));
    }

    @Test
    void goesOnAtTheNextLineWhereRecordsDoNotBeginWithTheirTime() throws IOException {
        // given
        server.write(
                FILE,
                "#Fields: event-id,date-time,message-id,recipient-address\r\n#Date: 2026-11-20T10:00:00.000Z\r\n",
                "DELIVER,\"2026-11-20T10:00:01.000Z,open,ana@rivercounty.example\r\n",
                "DELIVER,2026-11-20T10:00:02.000Z," + id(2) + ",\"ana@rivercounty.example\"\r\n");

        // when
        server.look();

        // then
        assertThat(server.found()).containsExactly(id(2));
        assertThat(server.deadLetters()).hasSize(1);
    }

    @Test
    void followsColumnsThatChangeWithinAFile() throws IOException {
        // given
        server.write(FILE, LogFixture.header(T0), row(1));
        server.append(FILE, "#Fields: event-id,date-time,message-id,recipient-address\r\n");
        server.look();
        server.restart();
        server.append(FILE, "DELIVER,2026-11-20T10:09:00.000Z," + id(2) + ",ana@rivercounty.example\r\n");

        // when
        server.look();

        // then
        assertThat(server.found()).containsExactlyInAnyOrder(id(1), id(2));
    }

    @Test
    void readsNothingByOldColumnsAfterAHeaderThatItCannotUse() throws IOException {
        // given
        server.write(FILE, LogFixture.header(T0), row(1), "#Fields: nothing,that,helps\r\n", row(2));
        server.look();
        server.restart();
        server.append(FILE, row(3), "#Fields: " + LogFixture.FIELDS.list() + "\r\n", row(4));

        // when
        server.look();

        // then
        assertThat(server.found()).containsExactlyInAnyOrder(id(1), id(4));
        assertThat(server.deadLetters())
                .extracting(DeadLetter::reason)
                .hasSize(2)
                .allMatch(reason -> reason.contains("#Fields"));
    }

    @Test
    void leavesAFileWithoutHeaderOutAndSaysWhy() throws IOException {
        // given
        server.write(FILE, row(1));

        // when
        server.look();

        // then
        assertThat(server.state().leftOut()).singleElement().asString().contains("fields-when-missing");
        assertThat(server.found()).isEmpty();
    }

    @Test
    void readsAFileWithoutHeaderByTheColumnsOfTheSetting() throws IOException {
        // given
        server.withFieldsWhenMissing("2016");
        server.write(FILE, "\uFEFF", row(1));

        // when
        server.look();

        // then
        assertThat(server.found()).containsExactly(id(1));
        assertThat(server.state().leftOut()).isEmpty();
    }

    @Test
    void saysThatAFinishedFileEndsWithinItsHeader() throws IOException {
        // given
        server.write(FILE, "#Software: Microsoft Exchange Server\r\n#Vers");
        server.write("MSGTRK2026112010-2.LOG", LogFixture.header(T0), row(1));
        server.clock.pass(Duration.ofMinutes(11));

        // when
        server.look();

        // then
        assertThat(server.state().leftOut()).singleElement().asString().contains("within its header");
    }

    @Test
    void indexesEveryLineThatARandomMutationDidNotTouch() throws IOException {
        long seed = Long.getLong("mailtrace.mutations.seed", 20261120L);
        int rounds = Integer.getInteger("mailtrace.mutations.rounds", 30);
        System.out.println("mutations seed=" + seed + " rounds=" + rounds);
        Random random = new Random(seed);
        for (int round = 0; round < rounds; round++) {
            // given
            String name = "MSGTRK20261120" + (10 + round % 10) + "-" + (1 + round / 10) + ".LOG";
            int first = round * 10;
            int mutated = first + random.nextInt(1, 9);
            server.write(name, LogFixture.header(T0.plusSeconds(round)));
            for (int number = first; number < first + 10; number++) {
                byte[] line = LogFixture.bytes(row(number));
                server.append(name, number == mutated ? mutated(line, random) : line);
            }

            // when
            server.look();
            server.clock.pass(FollowedServer.SETTLING.multipliedBy(2));
            server.look();

            // then
            List<String> untouched = IntStream.range(first, first + 10)
                    .filter(number -> number != mutated)
                    .mapToObj(FollowedServer::id)
                    .toList();
            assertThat(server.found(T0.plusSeconds(first), T0.plusSeconds(first + 10)))
                    .as("seed %d, round %d", seed, round)
                    .containsAll(untouched);
        }
    }

    /** Bytes changed, taken out and put in; the line end stays, so that the damage is this line's. */
    private static byte[] mutated(byte[] line, Random random) {
        byte[] bytes = line.clone();
        byte[] alphabet = {'"', ',', '\n', '\r', 0, (byte) 0xFF, '#', 'x', '0', ';', 0x1F};
        int changes = random.nextInt(1, 6);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(bytes.length - 2);
            bytes = switch (random.nextInt(3)) {
                case 0 -> replaced(bytes, at, 1, new byte[] {alphabet[random.nextInt(alphabet.length)]});
                case 1 -> replaced(bytes, at, 1, new byte[0]);
                default -> replaced(bytes, at, 0, new byte[] {alphabet[random.nextInt(alphabet.length)]});
            };
        }
        return bytes;
    }

    private static byte[] replaced(byte[] bytes, int at, int count, byte[] with) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, at);
        out.write(with, 0, with.length);
        out.write(bytes, at + count, bytes.length - at - count);
        return out.toByteArray();
    }
}
