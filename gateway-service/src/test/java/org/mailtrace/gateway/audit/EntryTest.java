package org.mailtrace.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailtrace.contract.Fault;
import org.mailtrace.contract.InvalidQuestionException;
import org.mailtrace.contract.NameValue;
import org.mailtrace.gateway.Flow;
import org.mailtrace.gateway.Settings;
import org.mailtrace.gateway.answer.TraceAnswer;
import org.mailtrace.gateway.words.AuditWords;
import org.mailtrace.http.problem.ProblemException;
import org.mailtrace.http.problem.ProblemKind;

class EntryTest {
    private static final Instant NOW = Instant.parse("2026-11-23T08:12:04Z");
    private static final ObjectMapper JSON =
            new ObjectMapper().registerModule(new JavaTimeModule()).registerModule(new Jdk8Module());

    @TempDir
    private Path directory;

    private final MeterRegistry metrics = new SimpleMeterRegistry();
    private AuditFile file;
    private Audit audit;

    @BeforeEach
    void begin() {
        file = new AuditFile(
                Settings.of(
                        AuditSettings.class,
                        Map.of(
                                "mailtrace.audit.file",
                                directory.resolve("audit.jsonl").toString())),
                JSON,
                metrics);
        audit = new Audit(
                file,
                QuarkusSecurityIdentity.builder()
                        .setPrincipal(new QuarkusPrincipal("helpdesk"))
                        .build(),
                Flow.settings(),
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @Test
    void countsWhatCouldNotBeWrittenDown() throws IOException {
        // given
        Files.createDirectory(directory.resolve("audit.jsonl"));

        // when
        ProblemException refused = catchThrowableOfType(
                ProblemException.class,
                () -> entry(Map.of("recipient", List.of("ana@rivercounty.example")))
                        .of(() -> "r7", Told::ordered));

        // then
        assertThat(refused.kind()).isEqualTo(ProblemKind.AUDIT_UNAVAILABLE);
        assertThat(metrics.get("mailtrace.gateway.audit.failures").counter().count())
                .isOne();
    }

    @Test
    void doesNothingThatCannotBeWrittenDownBefore() throws IOException {
        // given
        AtomicBoolean done = new AtomicBoolean();
        Files.createDirectory(directory.resolve("audit.jsonl"));

        // when
        ProblemException refused = catchThrowableOfType(
                ProblemException.class,
                () -> entry(Map.of("source", List.of("archive")))
                        .ofChange(() -> done.getAndSet(true), any -> Told.done()));

        // then
        assertThat(done).isFalse();
        assertThat(refused.kind()).isEqualTo(ProblemKind.AUDIT_UNAVAILABLE);
        assertThat(refused).hasMessage(AuditWords.CANNOT_BE_BEGUN);
        assertThat(metrics.get("mailtrace.gateway.audit.failures").counter().count())
                .isOne();
    }

    @Test
    void goesOnWithNothingThatCannotBeWrittenDownBefore() throws IOException {
        // given
        Files.createDirectory(directory.resolve("audit.jsonl"));
        Audit.Entry entry = entry(Map.of("recipient", List.of("ana@rivercounty.example")));

        // when
        ProblemException refused = catchThrowableOfType(
                ProblemException.class,
                () -> entry.of(
                        () -> {
                            entry.begin();
                            throw new AssertionError("it was done");
                        },
                        Told::ordered));

        // then: one record could not be written, and there is no other
        assertThat(refused).hasMessage(AuditWords.CANNOT_BE_BEGUN);
        assertThat(metrics.get("mailtrace.gateway.audit.failures").counter().count())
                .isOne();
    }

    @Test
    void writesDownThatSomethingBeginsAndWhatCameOfIt() throws IOException {
        // when
        entry(Map.of("source", List.of("archive"), "ticket", List.of("INC0010023")))
                .ofChange(
                        () -> {
                            try {
                                // then
                                assertThat(written().result()).isEqualTo("BEGUN");
                                assertThat(written().status()).isEqualTo(102);
                                assertThat(written().ticket()).contains("INC0010023");
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                            return true;
                        },
                        done -> Told.done());

        // then
        assertThat(written().result()).isEqualTo("DONE");
        assertThatThrownBy(() -> entry(Map.of()).ofChange(EntryTest::unknown, Told::shown))
                .isInstanceOf(ProblemException.class);
        assertThat(written().result()).isEqualTo("NOT_ANSWERED");
    }

    @Test
    void tellsWhatWasDoneThoughItsEndCannotBeWrittenDown() {
        // when
        String report = entry(Map.of())
                .ofChange(
                        () -> {
                            try {
                                Files.delete(file.path());
                                Files.createDirectory(file.path());
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                            return "r7";
                        },
                        Told::ordered);

        // then
        assertThat(report).isEqualTo("r7");
        assertThat(metrics.get("mailtrace.gateway.audit.failures").counter().count())
                .isOne();
    }

    @Test
    void writesDownWhichReportWasOrderedAndThatNothingWasShownYet() throws IOException {
        // when
        entry(Map.of("recipient", List.of("ana@rivercounty.example"))).of(() -> "r7", Told::ordered);

        // then
        assertThat(written().result()).isEqualTo("ORDERED");
        assertThat(written().status()).isEqualTo(202);
        assertThat(written().traces()).isEmpty();
        assertThat(written().filter())
                .containsExactly(new NameValue("recipient", "ana@rivercounty.example"), new NameValue("report", "r7"));
    }

    @Test
    void writesDownWhoseMailAReportShowedAndForWhichTicketItWasOrdered() throws IOException {
        // when
        entry(Map.of("report", List.of("r7")))
                .of(
                        EntryTest::answer,
                        read -> Told.shown(
                                read,
                                Map.of(
                                        "recipient",
                                        List.of("ana@rivercounty.example"),
                                        "ticket",
                                        List.of("INC0010023"),
                                        "reason",
                                        List.of("She misses it."))));

        // then
        assertThat(written().filter())
                .containsExactly(new NameValue("recipient", "ana@rivercounty.example"), new NameValue("report", "r7"));
        assertThat(written().ticket()).contains("INC0010023");
        assertThat(written().reason()).contains("She misses it.");
        assertThat(written().traces()).contains(0);
    }

    @Test
    void ofSubjectsAndAddressesToCallBackOnlyThatTheyWereGiven() throws IOException {
        // when
        entry(Map.of(
                        "subject", List.of("Quarterly report"),
                        "callbackUrl", List.of("https://hooks.rivercounty.example/?key=secret")))
                .of(() -> "r7", Told::ordered);

        // then
        assertThat(written().filter())
                .contains(new NameValue("subject", "given"), new NameValue("callbackUrl", "given"));
    }

    @Test
    void holdsTheLongestListOfRecipientsWhole() throws IOException {
        // given
        String recipients =
                ("a".repeat(302) + "@rivercounty.example,").repeat(20).substring(0, 6_440);

        // when
        entry(Map.of("recipient", List.of(recipients))).of(EntryTest::answer, Told::shown);

        // then
        assertThat(written().filter()).containsExactly(new NameValue("recipient", recipients));
    }

    @Test
    void saysThatNothingWasAnsweredWithTheStatusThatTheCallerGot() throws IOException {
        // then
        assertThatThrownBy(() -> entry(Map.of()).of(EntryTest::unknown, Told::shown))
                .isInstanceOf(ProblemException.class);
        assertThat(written().result()).isEqualTo("NOT_ANSWERED");
        assertThat(written().status()).isEqualTo(404);

        // then
        assertThatThrownBy(() -> entry(Map.of()).of(EntryTest::faulty, Told::shown))
                .isInstanceOf(InvalidQuestionException.class);
        assertThat(written().result()).isEqualTo("NOT_ANSWERED");
        assertThat(written().status()).isEqualTo(400);
    }

    @Test
    void isWrittenAlsoWhenTheCallerHasLeftMeanwhile() throws IOException {
        // when
        entry(Map.of("recipient", List.of("ana@rivercounty.example")))
                .of(
                        () -> {
                            Thread.currentThread().interrupt();
                            return answer();
                        },
                        Told::shown);

        // then
        assertThat(Thread.interrupted()).isTrue();
        assertThat(written().result()).isEqualTo("ANSWERED");
    }

    private Audit.Entry entry(Map<String, List<String>> given) {
        return audit.entry("anything", given, "r-1");
    }

    private AuditRecord written() throws IOException {
        List<String> lines = Files.readAllLines(file.path());
        return new AuditRecords(JSON).of(lines.getLast()).orElseThrow();
    }

    private static TraceAnswer unknown() {
        throw new ProblemException(ProblemKind.NOT_FOUND, "There is none.");
    }

    private static TraceAnswer faulty() {
        throw new InvalidQuestionException(List.of(new Fault("Idempotency-Key", "It has blanks.")));
    }

    private static TraceAnswer answer() {
        return new TraceAnswer(
                new TraceAnswer.QueryEcho(
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        NOW.minusSeconds(60),
                        NOW,
                        100,
                        Optional.empty()),
                true,
                "No message found.",
                Optional.of("UTC"),
                List.of(),
                List.of(),
                List.of(),
                new TraceAnswer.PageLinks(Optional.empty()));
    }
}
