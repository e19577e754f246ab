package org.mailtrace.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailtrace.contract.NameValue;
import org.mailtrace.gateway.Settings;

class AuditFileTest {
    @TempDir
    private Path directory;

    private Path path;
    private AuditFile file;

    @BeforeEach
    void begin() {
        path = directory.resolve("kept/audit.jsonl");
        file = open();
        file.check(null);
    }

    @Test
    void everyRecordFitsTheOneBefore() throws IOException {
        // given
        for (int i = 1; i <= 5; i++) {
            file.append(record("T-" + i, "ana@rivercounty.example"));
        }

        // when
        AuditFile.Read read = file.read(what -> true, Long.MAX_VALUE, 2);

        // then
        assertThat(read.brokenAt()).isZero();
        assertThat(read.more()).isTrue();
        assertThat(read.newest())
                .extracting(
                        AuditFile.Numbered::number, one -> one.what().ticket().orElseThrow())
                .containsExactly(tuple(5L, "T-5"), tuple(4L, "T-4"));
        assertThat(file.read(what -> true, 4, 2).newest())
                .extracting(AuditFile.Numbered::number)
                .containsExactly(3L, 2L);
    }

    @Test
    void whoeverChangesTakesOutOrPutsInALineIsSeen() throws IOException {
        // given
        for (int i = 1; i <= 4; i++) {
            file.append(record("T-" + i, "ana@rivercounty.example"));
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
            file.append(record("T-" + i, "ana@rivercounty.example"));
        }
        List<String> lines = Files.readAllLines(path);

        // then
        assertThat(brokenBy(lines.subList(1, 4))).isEqualTo(1);
        assertThat(brokenBy(List.of(lines.get(3)))).isEqualTo(1);
    }

    @Test
    void anEmptiedFileIsNotSaidToHoldAnything() throws IOException {
        assertThat(file.read(what -> true, Long.MAX_VALUE, 10).lines()).isZero();
        file.append(record("T-1", "ana@rivercounty.example"));
        assertThat(file.read(what -> false, Long.MAX_VALUE, 10).lines()).isEqualTo(1);
    }

    @Test
    void bytesThatAreNoTextBreakTheChainAndHideNoRecord() throws IOException {
        // given
        for (int i = 1; i <= 3; i++) {
            file.append(record("T-" + i, "ana@rivercounty.example"));
        }
        byte[] bytes = Files.readAllBytes(path);
        int second = new String(bytes, StandardCharsets.UTF_8).indexOf("T-2");
        bytes[second] = (byte) 0xff;
        Files.write(path, bytes);

        // when
        AuditFile.Read read = file.read(what -> true, Long.MAX_VALUE, 10);

        // then
        assertThat(read.brokenAt()).isEqualTo(2);
        assertThat(read.newest()).extracting(AuditFile.Numbered::number).containsExactly(3L, 2L, 1L);
    }

    @Test
    void bytesThatAreNoTextAreSeenInTheNewestRecordAsWell() throws IOException {
        // given
        file.append(record("T-1", "ana@rivercounty.example"));
        byte[] bytes = Files.readAllBytes(path);
        bytes[new String(bytes, StandardCharsets.UTF_8).indexOf("T-1")] = (byte) 0xff;
        Files.write(path, bytes);

        // then
        assertThat(file.read(what -> true, Long.MAX_VALUE, 10).brokenAt()).isEqualTo(1);
    }

    @Test
    void linesThatAreNoRecordsAreSeenAndHideNoRecord() throws IOException {
        // given
        file.append(record("T-1", "ana@rivercounty.example"));
        Files.writeString(path, "null\n{\"filter\":[],\"sources\":[]}\n\0\0\n\n", StandardOpenOption.APPEND);

        // when
        AuditFile.Read read = file.read(what -> what.who().equals("7b1f"), Long.MAX_VALUE, 10);

        // then
        assertThat(read.brokenAt()).isEqualTo(2);
        assertThat(read.newest()).extracting(AuditFile.Numbered::number).containsExactly(1L);
    }

    @Test
    void aReaderWaitsForWhoeverIsWriting() throws IOException {
        // given
        file.append(record("T-1", "ana@rivercounty.example"));
        try (FileChannel writer = FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            writer.lock();

            // then
            assertThatThrownBy(() -> file.read(what -> true, Long.MAX_VALUE, 10))
                    .as("one process gets no second lock, where another one waits for it")
                    .isInstanceOf(OverlappingFileLockException.class);
        }
        assertThat(file.read(what -> true, Long.MAX_VALUE, 10).newest()).hasSize(1);
    }

    @Test
    void aReaderReadsNoFurtherThanWhatWasWholeWhenItBegan() throws IOException {
        // given
        Files.writeString(path, "whole\nnot yet wh");
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            Lines lines = new Lines(channel, "whole\n".length());

            // then
            assertThat(lines.next()).contains("whole".getBytes(StandardCharsets.UTF_8));
            assertThat(lines.next()).isEmpty();
        }
    }

    @Test
    void aFileThatBeginsAfterTheOldOneWasMovedAwayIsForTheServiceAloneAsWell() throws IOException {
        // given
        file.append(record("T-1", "ana@rivercounty.example"));
        Files.move(path, directory.resolve("old.jsonl"));

        // when
        file.append(record("T-2", "ana@rivercounty.example"));

        // then
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
        AuditFile.Read read = file.read(what -> true, Long.MAX_VALUE, 10);
        assertThat(read.newest()).hasSize(1);
        assertThat(read.brokenAt()).isZero();
    }

    @Test
    void writesForACallerWhoIsGone() throws IOException {
        // given
        Thread.currentThread().interrupt();

        // when
        file.append(record("T-1", "ana@rivercounty.example"));

        // then
        assertThat(Thread.interrupted()).isTrue();
        assertThat(file.read(what -> true, Long.MAX_VALUE, 10).newest()).hasSize(1);
    }

    @Test
    void halfARecordIsSeenAndTakesNoOtherWithIt() throws IOException {
        // given
        file.append(record("T-1", "ana@rivercounty.example"));
        Files.writeString(path, "{\"previous\":\"12", StandardOpenOption.APPEND);

        // when
        file.append(record("T-3", "ana@rivercounty.example"));

        // then
        AuditFile.Read read = file.read(what -> true, Long.MAX_VALUE, 10);
        assertThat(read.brokenAt()).isEqualTo(2);
        assertThat(read.newest()).extracting(AuditFile.Numbered::number).containsExactly(3L, 1L);
    }

    @Test
    void longRecordsAreChainedAsWell() throws IOException {
        // given
        String many = "someone@rivercounty.example,".repeat(1_000);

        // when
        for (int i = 0; i < 3; i++) {
            file.append(record("T-" + i, many));
        }

        // then
        assertThat(file.read(what -> true, Long.MAX_VALUE, 10).brokenAt()).isZero();
    }

    @Test
    void processesThatShareTheFileShareTheChain() throws IOException {
        // given
        AuditFile other = open();

        // when
        for (int i = 0; i < 6; i++) {
            (i % 2 == 0 ? file : other).append(record("T-" + i, "ana@rivercounty.example"));
        }

        // then
        AuditFile.Read read = other.read(what -> true, Long.MAX_VALUE, 10);
        assertThat(read.newest()).hasSize(6);
        assertThat(read.brokenAt()).isZero();
    }

    private long brokenBy(List<String> lines) throws IOException {
        Files.write(path, lines);
        return file.read(what -> true, Long.MAX_VALUE, 10).brokenAt();
    }

    private AuditFile open() {
        return new AuditFile(
                Settings.of(AuditSettings.class, Map.of("mailtrace.audit.file", path.toString())),
                new ObjectMapper()
                        .registerModule(new JavaTimeModule())
                        .registerModule(new Jdk8Module())
                        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS),
                new SimpleMeterRegistry());
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
