package org.mailtrace.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailtrace.contract.NameValue;
import org.mailtrace.gateway.Settings;

class AuditFileTest {
    private static final ObjectMapper JSON = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .registerModule(new Jdk8Module())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);

    @TempDir
    private Path directory;

    private Path path;
    private AuditFile file;
    private AuditTrail trail;

    @BeforeEach
    void begin() {
        path = directory.resolve("kept/audit.jsonl");
        file = open();
        file.check(null);
        trail = new AuditTrail(file, settings(), JSON, Clock.systemUTC());
    }

    @Test
    void everyRecordFitsTheOneBefore() throws IOException {
        // given
        for (int i = 1; i <= 5; i++) {
            file.append(record("T-" + i, "ana@rivercounty.example"), enough());
        }

        // when
        AuditTrail.Read read = read(2);

        // then
        assertThat(read.intact()).isTrue();
        assertThat(read.newest())
                .extracting(AuditPage.Entry::number, one -> one.what().ticket().orElseThrow())
                .containsExactly(tuple(5L, "T-5"), tuple(4L, "T-4"));
        assertThat(trail.read(question(2, read.next())).newest())
                .extracting(AuditPage.Entry::number)
                .containsExactly(3L, 2L);
    }

    @Test
    void whoeverChangesTakesOutOrPutsInALineIsSeen() throws IOException {
        // given
        for (int i = 1; i <= 4; i++) {
            file.append(record("T-" + i, "ana@rivercounty.example"), enough());
        }
        List<String> lines = Files.readAllLines(path);

        // then
        assertThat(brokenBy(List.of(lines.get(0), lines.get(1).replace("ana@", "ben@"), lines.get(2), lines.get(3))))
                .isEqualTo(3);
        assertThat(brokenBy(List.of(lines.get(0), lines.get(2), lines.get(3)))).isEqualTo(2);
        assertThat(brokenBy(List.of(lines.get(0), lines.get(0), lines.get(1), lines.get(2))))
                .isEqualTo(2);
        assertThat(brokenBy(lines)).isZero();
    }

    @Test
    void whoeverTakesOutTheFirstLinesIsSeen() throws IOException {
        // given
        for (int i = 1; i <= 4; i++) {
            file.append(record("T-" + i, "ana@rivercounty.example"), enough());
        }
        List<String> lines = Files.readAllLines(path);

        // then
        assertThat(brokenBy(lines.subList(1, 4))).isEqualTo(1);
        assertThat(brokenBy(List.of(lines.get(3)))).isEqualTo(1);
    }

    @Test
    void anEmptiedFileIsNotSaidToHoldAnything() throws IOException {
        assertThat(read(10).sentence()).startsWith("There is no record here.");
        file.append(record("T-1", "ana@rivercounty.example"), enough());
        assertThat(read(10).sentence()).startsWith("Every record fits the one before it. ");
    }

    @Test
    void bytesThatAreNoTextBreakTheChainAndHideNoRecord() throws IOException {
        // given
        for (int i = 1; i <= 3; i++) {
            file.append(record("T-" + i, "ana@rivercounty.example"), enough());
        }
        byte[] bytes = Files.readAllBytes(path);
        int second = new String(bytes, StandardCharsets.UTF_8).indexOf("T-2");
        bytes[second] = (byte) 0xff;
        Files.write(path, bytes);

        // when
        AuditTrail.Read read = read(10);

        // then
        assertThat(brokenAt(read)).isEqualTo(2);
        assertThat(read.newest()).extracting(AuditPage.Entry::number).containsExactly(3L, 2L, 1L);
    }

    @Test
    void bytesThatAreNoTextAreSeenInTheNewestRecordAsWell() throws IOException {
        // given
        file.append(record("T-1", "ana@rivercounty.example"), enough());
        byte[] bytes = Files.readAllBytes(path);
        bytes[new String(bytes, StandardCharsets.UTF_8).indexOf("T-1")] = (byte) 0xff;
        Files.write(path, bytes);

        // then
        assertThat(brokenAt(read(10))).isEqualTo(1);
    }

    @Test
    void linesThatAreNoRecordsAreSeenAndHideNoRecord() throws IOException {
        // given
        file.append(record("T-1", "ana@rivercounty.example"), enough());
        Files.writeString(path, "null\n{\"filter\":[],\"sources\":[]}\n\0\0\n\n", StandardOpenOption.APPEND);

        // when
        AuditTrail.Read read = read(10);

        // then
        assertThat(brokenAt(read)).isEqualTo(2);
        assertThat(read.newest()).extracting(AuditPage.Entry::number).containsExactly(1L);
    }

    @Test
    void aReaderWaitsForWhoeverIsWritingAndNamesTheFileOfWhoeverDoesNotStop() throws IOException {
        // given
        AuditFile impatient = new AuditFile(patient(Duration.ofMillis(300)), JSON, new SimpleMeterRegistry());
        file.append(record("T-1", "ana@rivercounty.example"), enough());
        try (FileChannel writer = FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            writer.lock();

            // then
            assertThatThrownBy(() -> impatient.reading(path, impatient.patience(), new OpenFiles()))
                    .isInstanceOfSatisfying(
                            AuditHeldException.class,
                            held -> assertThat(held.file()).isEqualTo("audit.jsonl"));
        }
        assertThat(read(10).newest()).hasSize(1);
    }

    @Test
    void whoIsReadingWhenTheWriterBeginsToHangIsDoneWithoutIt() throws Exception {
        // given
        CountDownLatch goesOn = new CountDownLatch(1);
        CountDownLatch inside = new CountDownLatch(1);
        AuditFile hanging = new AuditFile(patient(Duration.ofMillis(300)), JSON, new SimpleMeterRegistry()) {
            @Override
            FileChannel channel() throws IOException {
                inside.countDown();
                waitFor(goesOn);
                return super.channel();
            }
        };
        file.append(record("T-1", "ana@rivercounty.example"), enough());
        OpenFiles open = new OpenFiles();
        FileChannel channel = hanging.reading(path, hanging.patience(), open).channel();
        Thread writing = Thread.startVirtualThread(() -> assertThatThrownBy(
                        () -> hanging.append(record("T-2", "ana@rivercounty.example"), enough()))
                .isInstanceOf(AuditHangsException.class));
        inside.await();

        // when
        Thread closing =
                Thread.startVirtualThread(() -> assertThatCode(open::close).doesNotThrowAnyException());

        // then
        await().until(() -> !closing.isAlive());
        writing.join();
        goesOn.countDown();
        await().until(() -> !channel.isOpen());
    }

    @Test
    void aQueueIsNoReasonToRefuseAsLongAsRecordsAreWritten() throws Exception {
        // given: nine records take longer together than any may take by itself
        Slow slow = new Slow(Duration.ofMillis(1_500), Duration.ofMillis(200));

        // when
        List<Optional<String>> told =
                atOnce(9, ticket -> slow.append(record(ticket, "ana@rivercounty.example"), enough()));

        // then
        assertThat(told).doesNotContain(Optional.empty());
        assertThat(read(10).newest()).hasSize(9);
    }

    @Test
    void noAnswerIsPutOffForAQueueBeyondItsTimeAndWhatWasRefusedIsNotWritten() throws Exception {
        // given
        Slow slow = new Slow(Duration.ofMillis(500), Duration.ofMillis(200));

        // when
        List<Optional<String>> told =
                atOnce(9, ticket -> slow.append(record(ticket, "ana@rivercounty.example"), Until.after(Duration.ZERO)));
        slow.append(record("last", "ana@rivercounty.example"), enough());

        // then
        assertThat(told).contains(Optional.empty());
        assertThat(read(20).newest())
                .extracting(one -> one.what().ticket().orElseThrow())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(told.stream().flatMap(Optional::stream), Stream.of("last"))
                                .toList());
    }

    @Test
    void aReaderReadsNoFurtherThanWhatWasWholeWhenItBegan() throws IOException {
        // given
        Files.writeString(path, "whole\nnot yet wh");
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            Lines lines = new Lines(channel, 0, "whole\n".length());

            // then
            assertThat(lines.next()).contains("whole".getBytes(StandardCharsets.UTF_8));
            assertThat(lines.next()).isEmpty();
        }
    }

    @Test
    void aFileThatBeginsAfterTheOldOneWasMovedAwayIsForTheServiceAloneAsWell() throws IOException {
        // given
        file.append(record("T-1", "ana@rivercounty.example"), enough());
        Files.move(path, directory.resolve("old.jsonl"));

        // when
        file.append(record("T-2", "ana@rivercounty.example"), enough());

        // then
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
        AuditTrail.Read read = read(10);
        assertThat(read.newest()).hasSize(1);
        assertThat(read.intact()).isTrue();
    }

    @Test
    void writesForACallerWhoIsGone() throws IOException {
        // given
        Thread.currentThread().interrupt();

        // when
        file.append(record("T-1", "ana@rivercounty.example"), enough());

        // then
        assertThat(Thread.interrupted()).isTrue();
        assertThat(read(10).newest()).hasSize(1);
    }

    @Test
    void halfARecordIsSeenAndTakesNoOtherWithIt() throws IOException {
        // given
        file.append(record("T-1", "ana@rivercounty.example"), enough());
        Files.writeString(path, "{\"previous\":\"12", StandardOpenOption.APPEND);

        // when
        file.append(record("T-3", "ana@rivercounty.example"), enough());

        // then
        AuditTrail.Read read = read(10);
        assertThat(brokenAt(read)).isEqualTo(2);
        assertThat(read.newest()).extracting(AuditPage.Entry::number).containsExactly(3L, 1L);
    }

    @Test
    void longRecordsAreChainedAsWell() throws IOException {
        // given
        String many = "someone@rivercounty.example,".repeat(1_000);

        // when
        for (int i = 0; i < 3; i++) {
            file.append(record("T-" + i, many), enough());
        }

        // then
        assertThat(brokenAt(read(10))).isZero();
    }

    @Test
    void processesThatShareTheFileShareTheChain() throws IOException {
        // given
        AuditFile other = open();

        // when
        for (int i = 0; i < 6; i++) {
            (i % 2 == 0 ? file : other).append(record("T-" + i, "ana@rivercounty.example"), enough());
        }

        // then
        AuditTrail.Read read = read(10);
        assertThat(read.newest()).hasSize(6);
        assertThat(read.intact()).isTrue();
    }

    @Test
    void whoMeetsAFileThatHangsIsToldSoAndWhoComesLaterAtOnce() throws Exception {
        // given
        SimpleMeterRegistry metrics = new SimpleMeterRegistry();
        CountDownLatch goesOn = new CountDownLatch(1);
        AtomicInteger threads = new AtomicInteger();
        AuditFile hanging = new AuditFile(patient(Duration.ofMillis(300)), JSON, metrics) {
            @Override
            FileChannel channel() throws IOException {
                if (threads.getAndIncrement() == 0) {
                    waitFor(goesOn);
                }
                return super.channel();
            }
        };
        file.append(record("T-1", "ana@rivercounty.example"), enough());

        // when
        assertThatThrownBy(() -> hanging.append(record("T-2", "ana@rivercounty.example"), enough()))
                .isInstanceOf(AuditHangsException.class);
        for (int i = 0; i < 2_000; i++) {
            assertThatThrownBy(() -> hanging.append(record("T-3", "ana@rivercounty.example"), enough()))
                    .isInstanceOf(AuditHangsException.class);
        }

        // then: two thousand waited for nothing, and no thread hangs but one
        assertThatThrownBy(() -> hanging.reading(path, hanging.patience(), new OpenFiles()))
                .isInstanceOf(AuditHangsException.class);
        assertThat(threads).hasValue(1);
        assertThat(metrics.counter("mailtrace.gateway.audit.failures").count()).isEqualTo(2_001);

        // when
        goesOn.countDown();
        await().untilAsserted(() -> hanging.append(record("T-4", "ana@rivercounty.example"), enough()));

        // then: nothing stands there of which nothing was shown
        AuditTrail.Read read = read(10);
        assertThat(read.intact()).isTrue();
        assertThat(read.newest())
                .extracting(one -> one.what().ticket().orElseThrow())
                .containsExactly("T-4", "T-1");
    }

    @Test
    void takesBackWhatWasWrittenWhenNobodyWaitedAnyMore() throws Exception {
        // given: the first record is written, and then the share hangs
        CountDownLatch goesOn = new CountDownLatch(1);
        AtomicBoolean over = new AtomicBoolean();
        AuditFile hanging = new AuditFile(patient(Duration.ofMillis(300)), JSON, new SimpleMeterRegistry()) {
            @Override
            void put(byte[] line, Tail tail) throws IOException {
                super.put(line, tail);
                if (!over.getAndSet(true)) {
                    waitFor(goesOn);
                }
            }
        };

        // when
        assertThatThrownBy(() -> hanging.append(record("T-1", "ana@rivercounty.example"), enough()))
                .isInstanceOf(AuditHangsException.class);
        goesOn.countDown();
        await().untilAsserted(() -> hanging.append(record("T-2", "ana@rivercounty.example"), enough()));

        // then
        assertThat(read(10).newest())
                .extracting(one -> one.what().ticket().orElseThrow())
                .containsExactly("T-2");
        assertThat(read(10).intact()).isTrue();
    }

    @Test
    void aReaderDoesNotWaitForAWriterThatHangs() throws Exception {
        // given
        CountDownLatch goesOn = new CountDownLatch(1);
        CountDownLatch inside = new CountDownLatch(1);
        AuditFile hanging = new AuditFile(patient(Duration.ofMillis(300)), JSON, new SimpleMeterRegistry()) {
            @Override
            FileChannel channel() throws IOException {
                inside.countDown();
                waitFor(goesOn);
                return super.channel();
            }
        };
        file.append(record("T-1", "ana@rivercounty.example"), enough());
        Thread writing = Thread.startVirtualThread(() -> assertThatThrownBy(
                        () -> hanging.append(record("T-2", "ana@rivercounty.example"), enough()))
                .isInstanceOf(AuditHangsException.class));
        inside.await();

        // then
        assertThatThrownBy(() -> hanging.reading(path, hanging.patience(), new OpenFiles()))
                .isInstanceOf(AuditHangsException.class);
        writing.join();
        goesOn.countDown();
        await().untilAsserted(() ->
                hanging.reading(path, hanging.patience(), new OpenFiles()).letGo());
    }

    @Test
    void saysHowMuchRoomIsLeftForRecords() {
        // given
        SimpleMeterRegistry metrics = new SimpleMeterRegistry();

        // when
        new AuditFile(settings(), JSON, metrics).check(null);

        // then
        assertThat(metrics.get("mailtrace.disk.free").tag("of", "audit").gauge().value())
                .isPositive();
    }

    @Test
    void aPatienceOfNothingEndsTheStart() {
        AuditFile impatient = new AuditFile(patient(Duration.ZERO), JSON, new SimpleMeterRegistry());

        assertThatThrownBy(() -> impatient.check(null))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("mailtrace.audit.patience");
    }

    /** A share on which every record takes its time. */
    private final class Slow extends AuditFile {
        private final Duration each;

        Slow(Duration patience, Duration each) {
            super(patient(patience), JSON, new SimpleMeterRegistry());
            this.each = each;
        }

        @Override
        void put(byte[] line, Tail tail) throws IOException {
            LockSupport.parkNanos(each.toNanos());
            super.put(line, tail);
        }
    }

    private interface Append {
        void of(String ticket) throws IOException;
    }

    /** The tickets of the records that were written; none for one that was refused. */
    private static List<Optional<String>> atOnce(int records, Append append) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Optional<String>>> all = IntStream.range(0, records)
                    .mapToObj(i -> (Callable<Optional<String>>) () -> written("T-" + i, append))
                    .toList();
            List<Optional<String>> told = new ArrayList<>();
            for (Future<Optional<String>> one : threads.invokeAll(all)) {
                told.add(one.get());
            }
            return told;
        }
    }

    private static Optional<String> written(String ticket, Append append) throws IOException {
        try {
            append.of(ticket);
            return Optional.of(ticket);
        } catch (AuditHangsException e) {
            return Optional.empty();
        }
    }

    private static Until enough() {
        return Until.after(Duration.ofMinutes(1));
    }

    private AuditSettings patient(Duration patience) {
        return Settings.of(
                AuditSettings.class,
                Map.of("mailtrace.audit.file", path.toString(), "mailtrace.audit.patience", patience.toString()));
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private long brokenBy(List<String> lines) throws IOException {
        Files.write(path, lines);
        return brokenAt(read(10));
    }

    private AuditTrail.Read read(int limit) throws IOException {
        return trail.read(question(limit, Optional.empty()));
    }

    private static AuditQuestion question(int limit, Optional<AuditCursor> cursor) {
        return new AuditQuestion(what -> true, Optional.empty(), cursor, limit);
    }

    /** As the sentence has it; 0 if nothing is broken. */
    private static long brokenAt(AuditTrail.Read read) {
        return read.intact() ? 0 : Long.parseLong(read.sentence().replaceFirst("Record (\\d+) .*", "$1"));
    }

    private AuditFile open() {
        return new AuditFile(settings(), JSON, new SimpleMeterRegistry());
    }

    private AuditSettings settings() {
        return Settings.of(AuditSettings.class, Map.of("mailtrace.audit.file", path.toString()));
    }

    private static AuditRecord record(String ticket, String recipient) {
        return new AuditRecord(
                "",
                Instant.parse("2026-11-23T08:12:04Z"),
                "7b1f",
                "helpdesk",
                "searchTraces",
                List.of(new NameValue("recipient", recipient)),
                "ANSWERED",
                200,
                Optional.of(1),
                Optional.of(true),
                List.of(new NameValue("edge", "ANSWERED")),
                Optional.of(ticket),
                Optional.empty(),
                "r-1");
    }
}
