package org.mailtrace.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailtrace.gateway.Settings;
import org.mailtrace.http.problem.ProblemException;

class AuditTrailTest {
    private static final ObjectMapper JSON = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .registerModule(new Jdk8Module())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    /** A whole check each time is for small files. */
    private static final Map<String, String> LARGE = Map.of("checked-each-time", "0");

    @TempDir
    private Path folder;

    private final Turning clock = new Turning();
    private AuditFile east;
    private AuditFile west;
    private AuditTrail trail;

    @BeforeEach
    void twoGatewaysShareAVolume() {
        east = file("east");
        west = file("west");
        trail = trail(Map.of());
    }

    @Test
    void mergesTheRecordsOfAllGatewaysByTheirTimes() throws IOException {
        // given
        east.append(record("T-1", 1), enough());
        west.append(record("T-2", 2), enough());
        west.append(record("T-3", 3), enough());
        east.append(record("T-4", 4), enough());

        // when
        AuditTrail.Read read = trail.read(all(10));

        // then
        assertThat(read.newest())
                .extracting(entry -> entry.file() + " " + entry.number() + " " + ticket(entry))
                .containsExactly("east.jsonl 2 T-4", "west.jsonl 2 T-3", "west.jsonl 1 T-2", "east.jsonl 1 T-1");
        assertThat(read.intact()).isTrue();
        assertThat(read.next()).isEmpty();
    }

    @Test
    void readsWhatGatewaysLeftThatAreGone() throws IOException {
        // given: the gateway that answers began anew and wrote nothing
        file("old-pod").append(record("T-1", 1), enough());

        // then
        assertThat(tickets(trail.read(all(10)))).containsExactly("T-1");
    }

    @Test
    void readsTheFilesOfManyYearsPageByPage() throws IOException {
        // given: of more gateways than files are open at a time or find room in an address, some of them at the same
        // time
        int pods = 450;
        for (int pod = 0; pod < pods; pod++) {
            write("pod-" + pod, record("T-" + pod * 2, pod * 2), record("T-" + (pod * 2 + 1), pod * 2 + 1));
        }

        // then
        assertThat(pages(100)).containsExactlyElementsOf(ticketsDownFrom(2 * pods - 1));
    }

    @Test
    void readsMoreFilesThatWereWrittenAtTheSameTimeThanAreOpenOrRemembered() throws IOException {
        // given: each page has records of many files
        int pods = AuditCursor.MOST_LEFT + 50;
        for (int pod = 0; pod < pods; pod++) {
            write(
                    "pod-" + pod,
                    record("T-" + pod, pod),
                    record("T-" + (pods + pod), pods + pod),
                    record("T-" + (2 * pods + pod), 2 * pods + pod));
        }

        // then
        assertThat(pages(2 * pods + 20)).containsExactlyElementsOf(ticketsDownFrom(3 * pods - 1));
        assertThat(pages(70)).containsExactlyElementsOf(ticketsDownFrom(3 * pods - 1));
    }

    @Test
    void recordsOfTheSameMomentAreShownOnceWhereverAPageEnds() throws IOException {
        // given
        for (int pod = 0; pod < 7; pod++) {
            write("pod-" + pod, record("T-" + pod, 1), record("T-" + (7 + pod), 1), record("T-" + (14 + pod), 1));
        }

        // then
        assertThat(pages(4)).containsExactlyInAnyOrderElementsOf(ticketsDownFrom(20));
    }

    @Test
    void aClockThatWasPutBackChangesNoOrderWithinAFileAndHidesNothing() throws IOException {
        // given
        write("pod", record("T-0", 10), record("T-1", 12), record("T-2", 3), record("T-3", 8));
        west.append(record("between", 5), enough());

        // then
        assertThat(pages(1)).containsExactly("T-3", "between", "T-2", "T-1", "T-0");
    }

    /** What all pages show. */
    private List<String> pages(int limit) throws IOException {
        List<String> shown = new ArrayList<>();
        Optional<AuditCursor> cursor = Optional.empty();
        do {
            AuditTrail.Read read =
                    trail.read(new AuditQuestion(what -> true, Optional.empty(), overTheWire(cursor), limit));
            shown.addAll(tickets(read));
            cursor = read.next();
            assertThat(cursor.map(AuditCursor::text).orElse("")).hasSizeLessThan(4_000);
        } while (cursor.isPresent());
        return shown;
    }

    private static List<String> ticketsDownFrom(int last) {
        return IntStream.rangeClosed(0, last)
                .mapToObj(number -> "T-" + (last - number))
                .toList();
    }

    /** A file that a gateway left which is gone; what is in it fits. */
    private void write(String pod, AuditRecord... records) throws IOException {
        byte[] line = {};
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (AuditRecord each : records) {
            line = JSON.writeValueAsBytes(each.after(Chain.digest(line)));
            lines.write(line);
            lines.write('\n');
        }
        Files.write(folder.resolve(pod + ".jsonl"), lines.toByteArray());
    }

    @Test
    void onlySoManyFilesAreOpenAndOneThatIsGoneWhenItsTurnComesIsNoticed() throws IOException {
        // given
        try (OpenFiles open = new OpenFiles()) {
            List<Reading> files = new ArrayList<>();
            for (int pod = 0; pod < 100; pod++) {
                write("pod-" + pod, record("T-1", 1));
                files.add(east.reading(folder.resolve("pod-" + pod + ".jsonl"), east.patience(), open));
            }

            // then
            assertThat(open.count()).isEqualTo(64);
            assertThat(files.get(1).channel().isOpen()).isTrue();
            assertThat(open.count()).isEqualTo(64);

            // when: one is moved away, and another takes its name
            Files.move(folder.resolve("pod-0.jsonl"), folder.resolve("moved"));
            assertThatThrownBy(() -> files.getFirst().channel()).isInstanceOf(EOFException.class);
            write("pod-0", record("T-9", 9));

            // then
            assertThatThrownBy(() -> files.getFirst().channel()).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void pagesShowEveryRecordOnceWhileOthersAreWritten() throws IOException {
        // given
        for (int i = 1; i <= 20; i++) {
            (i % 3 == 0 ? east : west).append(record("T-" + i, i), enough());
        }

        // when
        List<String> shown = new ArrayList<>();
        Optional<AuditCursor> cursor = Optional.empty();
        int pages = 0;
        do {
            AuditTrail.Read read =
                    trail.read(new AuditQuestion(what -> true, Optional.empty(), overTheWire(cursor), 3));
            shown.addAll(tickets(read));
            cursor = read.next();
            pages++;
            // then: neither records nor files that come meanwhile move the pages
            east.append(record("later", 100 + pages), enough());
            file("new-" + pages).append(record("later", 200), enough());
        } while (cursor.isPresent());

        // then
        assertThat(pages).isEqualTo(7);
        assertThat(shown)
                .containsExactly(
                        "T-20", "T-19", "T-18", "T-17", "T-16", "T-15", "T-14", "T-13", "T-12", "T-11", "T-10", "T-9",
                        "T-8", "T-7", "T-6", "T-5", "T-4", "T-3", "T-2", "T-1");
    }

    @Test
    void looksThroughNoMoreThanItMayForOnePageAndComesToAnEnd() throws IOException {
        // given
        for (int i = 1; i <= 30; i++) {
            (i % 2 == 0 ? east : west).append(record(i == 1 ? "rare" : "T-" + i, i), enough());
        }
        Files.writeString(east.path(), "no record\n".repeat(30), StandardOpenOption.APPEND);
        trail = trail(Map.of("looked-through", "900"));

        // when
        List<String> shown = new ArrayList<>();
        int pages = 0;
        Optional<AuditCursor> cursor = Optional.empty();
        do {
            AuditTrail.Read read = trail.read(new AuditQuestion(
                    what -> what.ticket().filter("rare"::equals).isPresent(),
                    Optional.empty(),
                    overTheWire(cursor),
                    10));
            shown.addAll(tickets(read));
            cursor = read.next();
            pages++;
        } while (cursor.isPresent());

        // then
        assertThat(shown).containsExactly("rare");
        assertThat(pages).isBetween(5, 40);
    }

    @Test
    void readsNoFurtherBackThanADayBeforeTheWindow() throws IOException {
        // given
        east.append(record("long ago", 0), enough());
        Files.writeString(east.path(), "x".repeat(2_000) + "\n", StandardOpenOption.APPEND);
        east.append(record("two days ago", 60 * 24), enough());
        east.append(record("today", 60 * 72), enough());
        trail = trail(Map.of("looked-through", "2000"));
        Instant from = NOW.plus(Duration.ofHours(71));

        // when
        AuditTrail.Read read = trail.read(
                new AuditQuestion(what -> !what.at().isBefore(from), Optional.of(from), Optional.empty(), 10));

        // then
        assertThat(tickets(read)).containsExactly("today");
        assertThat(read.next()).isEmpty();
    }

    @Test
    void saysWhichFileIsBroken() throws IOException {
        // given
        east.append(record("T-1", 1), enough());
        west.append(record("T-2", 2), enough());
        west.append(record("T-3", 3), enough());
        Files.writeString(west.path(), Files.readString(west.path()).replace("T-2", "T-9"));

        // when
        AuditTrail.Read read = trail.read(all(10));

        // then
        assertThat(read.intact()).isFalse();
        assertThat(read.sentence()).startsWith("Record 2 does not fit").contains("The file is west.jsonl. ");
    }

    @Test
    void checksOfLargeFilesOnlyWhatCameSinceAndSaysWhenTheyWereReadAsAWhole() throws IOException {
        // given
        trail = trail(LARGE);
        east.append(record("T-1", 1), enough());
        east.append(record("T-2", 2), enough());
        Instant whole = clock.instant();
        assertThat(trail.read(all(10)).sentence()).startsWith("Every record fits the one before it. ");

        // when
        clock.turn(Duration.ofMinutes(10));
        east.append(record("T-3", 3), enough());
        AuditTrail.Read read = trail.read(all(10));

        // then
        assertThat(tickets(read)).containsExactly("T-3", "T-2", "T-1");
        assertThat(read.checkedAt()).isEqualTo(whole);
        assertThat(read.sentence()).contains("when they were last read as a whole");

        // when: a line that was checked is changed, its length is not
        replace(east.path(), "T-1", "T-9");

        // then
        assertThat(trail.read(all(10)).intact()).isTrue();
        clock.turn(Duration.ofMinutes(51));
        AuditTrail.Read anew = trail.read(all(10));
        assertThat(anew.intact()).isFalse();
        assertThat(anew.checkedAt()).isEqualTo(clock.instant());
    }

    @Test
    void seesAtOnceWhatIsWrongWithWhatCameSince() throws IOException {
        // given
        trail = trail(LARGE);
        east.append(record("T-1", 1), enough());
        east.append(record("T-2", 2), enough());
        trail.read(all(10));
        List<String> lines = Files.readAllLines(east.path());

        // when
        Files.writeString(east.path(), lines.getFirst() + "\n", StandardOpenOption.APPEND);

        // then
        assertThat(trail.read(all(10)).sentence()).startsWith("Record 3 does not fit");
    }

    @Test
    void halfALineThatIsFollowedLaterIsCountedOnce() throws IOException {
        // given
        trail = trail(LARGE);
        east.append(record("T-1", 1), enough());
        Files.writeString(east.path(), "{\"previous\":\"12", StandardOpenOption.APPEND);
        assertThat(trail.read(all(10)).sentence()).startsWith("Record 2 does not fit");

        // when
        east.append(record("T-3", 3), enough());

        // then
        AuditTrail.Read read = trail.read(all(10));
        assertThat(read.sentence()).startsWith("Record 2 does not fit");
        assertThat(read.newest()).extracting(AuditPage.Entry::number).containsExactly(3L, 1L);
    }

    @Test
    void aLargeFileThatWasMovedAwayForALargerOneIsReadAnew() throws IOException {
        // given
        trail = trail(LARGE);
        east.append(record("T-1", 1), enough());
        trail.read(all(10));
        Files.delete(east.path());

        // when
        for (int i = 2; i < 6; i++) {
            east.append(record("T-longer-than-before-" + i, i), enough());
        }

        // then
        assertThat(trail.read(all(10)).intact()).isTrue();
    }

    @Test
    void saysThatAFileWasMovedAwayBetweenTwoPages() throws IOException {
        // given
        east.append(record("T-1", 1), enough());
        west.append(record("T-2", 2), enough());
        Optional<AuditCursor> cursor = trail.read(all(1)).next();

        // when
        Files.delete(east.path());

        // then
        assertThatThrownBy(() -> trail.read(new AuditQuestion(what -> true, Optional.empty(), cursor, 1)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("moved away since the first page");
    }

    @Test
    void saysSoWhereAFileWithOlderRecordsHasComeBetweenTwoPages() throws IOException {
        // given
        east.append(record("T-1", 1), enough());
        west.append(record("T-3", 3), enough());
        Optional<AuditCursor> cursor = overTheWire(trail.read(all(1)).next());

        // when: a file that was archived is put back
        write("pod", record("T-2", 2));

        // then
        assertThatThrownBy(() -> trail.read(new AuditQuestion(what -> true, Optional.empty(), cursor, 1)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("come since with older records");
    }

    @Test
    void aGatewayThatHasWrittenNothingIsNoReasonNotToReadTheOthers() throws IOException {
        // given
        west.append(record("T-1", 1), enough());
        Files.delete(east.path());

        // then
        assertThat(tickets(trail.read(all(10)))).containsExactly("T-1");
    }

    @Test
    void withoutAFolderOnlyTheGatewaysOwnFileIsRead() throws IOException {
        // given
        east.append(record("T-1", 1), enough());
        west.append(record("T-2", 2), enough());
        AuditTrail own = new AuditTrail(east, settings("east", Map.of(), false), JSON, clock);

        // then
        assertThat(tickets(own.read(all(10)))).containsExactly("T-1");
        Files.delete(east.path());
        assertThatThrownBy(() -> own.read(all(10))).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aFileThatAnotherMachineDoesNotLetGoOfIsNamedAndKeepsNobodyFromWriting() throws Exception {
        // given: a machine that vanished while it was writing
        east.append(record("T-1", 1), enough());
        west.append(record("T-2", 2), enough());
        Process machine = HoldingProcess.on(west.path());
        try {
            AtomicReference<Throwable> told = new AtomicReference<>();

            // when
            Thread auditor = Thread.startVirtualThread(() -> told.set(catchThrowable(() -> trail.read(all(10)))));

            // then
            while (auditor.isAlive()) {
                east.append(record("meanwhile", 3), enough());
            }
            assertThat(told.get())
                    .isInstanceOfSatisfying(
                            AuditHeldException.class,
                            held -> assertThat(held.file()).isEqualTo("west.jsonl"));
        } finally {
            // when
            machine.destroyForcibly().waitFor();
        }

        // then
        AuditQuestion earlier = new AuditQuestion(
                what -> what.ticket().filter(ticket -> ticket.startsWith("T-")).isPresent(),
                Optional.empty(),
                Optional.empty(),
                10);
        assertThat(tickets(trail.read(earlier))).containsExactly("T-2", "T-1");
    }

    @Test
    void everyFileIsWaitedForAnewSoThatTheLastOfManyIsToo() throws IOException {
        // given
        AtomicInteger waits = new AtomicInteger();
        AuditFile own = new AuditFile(settings("east", Map.of(), true), JSON, new SimpleMeterRegistry()) {
            @Override
            Until patience() {
                waits.incrementAndGet();
                return super.patience();
            }
        };
        write("pod-1", record("T-1", 1));
        write("pod-2", record("T-2", 2));

        // when
        new AuditTrail(own, settings("east", Map.of(), true), JSON, clock).read(all(10));

        // then: those of east and west as well
        assertThat(waits).hasValue(4);
    }

    @Test
    void theGatewaysOwnFileIsReadOnceAlsoWhereTheFolderHasAnotherName(@TempDir Path elsewhere) throws IOException {
        // given
        Path another = Files.createSymbolicLink(elsewhere.resolve("volume"), folder);
        east.append(record("T-1", 1), enough());
        trail = trail(Map.of("folder", another.toString()));

        // then
        assertThat(tickets(trail.read(all(10)))).containsExactly("T-1");
    }

    @Test
    void aCursorThatNoPageGaveIsNone() {
        assertThat(AuditCursor.of("x")).isEmpty();
        assertThat(AuditCursor.of("")).isEmpty();
        assertThat(AuditCursor.of("AAAA")).isEmpty();
        assertThat(AuditCursor.of("A".repeat(32))).isEmpty();
        assertThat(AuditCursor.of("A".repeat(59))).isEmpty();
        assertThat(AuditCursor.of("_".repeat(59))).isEmpty();
        assertThat(AuditCursor.of("A".repeat(60))).isEmpty();
    }

    private static Until enough() {
        return Until.after(Duration.ofMinutes(1));
    }

    private static Optional<AuditCursor> overTheWire(Optional<AuditCursor> cursor) {
        return cursor.map(one -> AuditCursor.of(one.text()).orElseThrow());
    }

    private static AuditQuestion all(int limit) {
        return new AuditQuestion(what -> true, Optional.empty(), Optional.empty(), limit);
    }

    private static List<String> tickets(AuditTrail.Read read) {
        return read.newest().stream().map(AuditTrailTest::ticket).toList();
    }

    private static String ticket(AuditPage.Entry entry) {
        return entry.what().ticket().orElseThrow();
    }

    private static void replace(Path file, String old, String other) throws IOException {
        Files.writeString(
                file,
                Files.readString(file, StandardCharsets.UTF_8).replace(old, other),
                StandardOpenOption.TRUNCATE_EXISTING);
    }

    private AuditFile file(String pod) {
        AuditFile file = new AuditFile(settings(pod, Map.of(), true), JSON, new SimpleMeterRegistry());
        file.check(null);
        return file;
    }

    private AuditTrail trail(Map<String, String> further) {
        return new AuditTrail(east, settings("east", further, true), JSON, clock);
    }

    private AuditSettings settings(String pod, Map<String, String> further, boolean shared) {
        Map<String, String> values = new HashMap<>();
        values.put("mailtrace.audit.file", folder.resolve(pod + ".jsonl").toString());
        values.put("mailtrace.audit.patience", "1s");
        if (shared) {
            values.put("mailtrace.audit.folder", folder.toString());
        }
        further.forEach((key, value) -> values.put("mailtrace.audit." + key, value));
        return Settings.of(AuditSettings.class, values);
    }

    private static AuditRecord record(String ticket, int minute) {
        return new AuditRecord(
                "",
                NOW.plus(Duration.ofMinutes(minute)),
                "7b1f",
                "helpdesk",
                "searchTraces",
                List.of(),
                "ANSWERED",
                200,
                Optional.of(1),
                Optional.of(true),
                List.of(),
                Optional.of(ticket),
                Optional.empty(),
                "r-1");
    }

    /** A clock that a test turns. */
    private static final class Turning extends Clock {
        private Instant now = NOW;

        void turn(Duration on) {
            now = now.plus(on);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
