package org.mailtrace.proofpoint.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mailtrace.proofpoint.stream.StreamFixture.PATIENCE;
import static org.mailtrace.proofpoint.stream.StreamFixture.held;
import static org.mailtrace.proofpoint.stream.StreamFixture.message;
import static org.mailtrace.proofpoint.stream.StreamFixture.settings;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailtrace.contract.CredentialState;
import org.mailtrace.index.IndexException;
import org.mailtrace.index.TraceIndex;
import org.mailtrace.proofpoint.record.RecordReader;
import org.mailtrace.proofpoint.record.RecordType;
import org.mailtrace.proofpoint.stream.FakeLogStream.Fault;
import org.mailtrace.proofpoint.stream.FakeLogStream.Opening;

/** The connections against a synthetic log stream on a socket, with the faults that the vendor's is known for. */
class StreamsTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:20:00Z");

    private final MovableClock clock = new MovableClock(NOON);
    private FakeLogStream vendor;
    private TraceIndex index;
    private Streams streams;

    @TempDir
    private Path folder;

    @BeforeEach
    void open() throws IOException {
        vendor = new FakeLogStream();
        index = StreamFixture.index(folder.resolve("index.db"));
    }

    @AfterEach
    void close() throws IOException {
        if (streams != null) {
            streams.close();
        }
        vendor.close();
        index.close();
    }

    private void start(String... pairs) {
        streams = StreamFixture.streams(settings(vendor.url(), pairs), index, clock);
    }

    private void log(int from, int to) {
        IntStream.range(from, to)
                .forEach(i -> vendor.log("message", clock.instant(), message("m" + i, clock.instant())));
    }

    private static List<String> once(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "m" + i + " 1").sorted().toList();
    }

    private void awaitHeld(int count) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(held(index)).isEqualTo(once(0, count)));
    }

    private Known messages() {
        return streams.of(RecordType.MESSAGE);
    }

    @Test
    void keepsEachRecordOnceThoughItIsSentTwiceAndInFragments() {
        vendor.duplicate();
        vendor.fragment();
        log(0, 300);

        start();

        awaitHeld(300);
        assertThat(vendor.liveOpenings("message")).hasSize(1);
        assertThat(vendor.liveOpenings("maillog")).hasSize(1);
        assertThat(vendor.liveOpenings("message").getFirst())
                .isEqualTo(new Opening(
                        java.util.Map.of("cid", "rivercounty_hosted", "type", "message"), "Bearer first-token"));
    }

    @Test
    void provesWhatItHeardWhileTheConnectionStands() {
        start("ping-every", "50ms");

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(messages().until()).isPresent();
            assertThat(messages().until().get()).isAfter(messages().since().orElseThrow());
        });
        assertThat(messages().gaps()).isEmpty();
        assertThat(messages().trouble()).isEmpty();
    }

    @Test
    void comesBackAfterTheVendorsSessionLimit() {
        vendor.liveFaults.addAll(List.of(new Fault.Refuse(409), new Fault.Refuse(409), new Fault.Refuse(409)));
        log(0, 5);

        start();

        awaitHeld(5);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(List.of(
                                streams.progress(RecordType.MESSAGE)
                                        .orElseThrow()
                                        .refusedAsTooMany(),
                                streams.progress(RecordType.MAILLOG)
                                        .orElseThrow()
                                        .refusedAsTooMany()))
                        .satisfies(counts ->
                                assertThat(counts.getFirst() + counts.getLast()).isEqualTo(3)));
    }

    @Test
    @DisplayName("F13: comes back after every abnormal end: resets, close codes and errors of the opening")
    void comesBackAfterEveryAbnormalEnd() {
        vendor.liveFaults.addAll(List.of(
                new Fault.Refuse(502),
                new Fault.CloseWith(1011, 0),
                new Fault.Reset(0),
                new Fault.Refuse(502),
                new Fault.CloseWith(1000, 0),
                new Fault.Refuse(500)));
        log(0, 50);

        start();

        awaitHeld(50);
        assertThat(messages().trouble()).isEmpty();
    }

    @Test
    void readsEveryClosedHourAgainThoughNothingSeemsToBeMissing() {
        // given
        start("ping-every", "50ms");
        log(0, 3);
        awaitHeld(3);
        vendor.logForTheArchiveOnly("message", clock.instant(), message("m3", clock.instant()));

        // when
        clock.pass(Duration.ofHours(1).plusMinutes(16));

        // then
        awaitHeld(4);
        assertThat(vendor.archiveOpenings("message")).hasSize(1);
        assertThat(messages().gaps()).isEmpty();
    }

    @Test
    void fillsFromTheArchiveWhatWasSentAndNeverCame() {
        start();
        await().atMost(PATIENCE)
                .until(() ->
                        messages().since().isPresent() && messages().trouble().isEmpty());
        log(0, 10);
        awaitHeld(10);

        // when: three records are under way as the connection is reset
        vendor.cutAll();
        vendor.liveFaults.addAll(List.of(new Fault.LoseAndReset(0, 3), new Fault.LoseAndReset(0, 3)));
        log(10, 20);

        // then: they are missing, and it is known that they may be
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(held(index)).contains("m19 1").doesNotContain("m11 1"));
        assertThat(messages().gaps()).isNotEmpty().allMatch(gap -> !gap.lost());

        // when: the hour is over and its archive is ready
        clock.pass(Duration.ofMinutes(56));

        // then
        awaitHeld(20);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(messages().gaps()).isEmpty());
        assertThat(vendor.archiveOpenings("message"))
                .allSatisfy(opening -> {
                    assertThat(opening.authorization()).isEqualTo("Bearer second-token");
                    assertThat(opening.query()).containsEntry("sinceTime", "2026-11-20T12:00:00+0000");
                    assertThat(opening.query()).containsEntry("toTime", "2026-11-20T13:00:00+0000");
                })
                .hasSize(1);
    }

    @Test
    void takesAnHourAsReadOnlyAfterTheArchivesNormalEnd() {
        log(0, 20);
        start();
        awaitHeld(20);
        vendor.cutAll();
        await().atMost(PATIENCE).until(() -> !messages().gaps().isEmpty());
        vendor.archiveFaults.addAll(List.of(
                new Fault.CloseWith(1011, 5),
                new Fault.Reset(5),
                new Fault.CloseWith(1001, 20),
                new Fault.Refuse(409),
                new Fault.Refuse(502),
                new Fault.CloseWith(1011, 20),
                new Fault.Reset(20),
                new Fault.Reset(0)));

        clock.pass(Duration.ofMinutes(56));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(messages().gaps()).isEmpty());
        assertThat(vendor.archiveFaults).isEmpty();
        assertThat(vendor.archiveOpenings("message").size()
                        + vendor.archiveOpenings("maillog").size())
                .as("eight refusals or early ends and one whole hour of each type")
                .isGreaterThanOrEqualTo(10);
    }

    @Test
    @DisplayName("F13: a connection that says nothing any more is given up and opened again")
    void givesUpASilentConnection() {
        vendor.liveFaults.addAll(List.of(new Fault.Silence(), new Fault.Silence()));
        log(0, 5);

        start("ping-every", "50ms", "silence", "200ms");

        awaitHeld(5);
        assertThat(vendor.liveOpenings("message")).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    @DisplayName("F12: an opening that is never answered ends by its time-out and is tried again")
    void givesUpAnOpeningWithoutAnswer() {
        vendor.liveFaults.addAll(List.of(new Fault.NoAnswer(), new Fault.NoAnswer()));
        log(0, 5);

        start("connect-timeout", "300ms");

        awaitHeld(5);
    }

    @Test
    @DisplayName("F16: a refused token is not sent again and again, and never told")
    void doesNotHammerWithARefusedToken() {
        vendor.liveFaults.addAll(List.of(new Fault.Refuse(401), new Fault.Refuse(403)));

        start("refused-wait", "1h", "token", "canary-4711");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(List.of(RecordType.values()))
                        .allSatisfy(type -> assertThat(streams.of(type).trouble())
                                .hasValueSatisfying(trouble -> assertThat(trouble)
                                        .contains("HTTP 40", "mailtrace.proofpoint.stream.token")
                                        .doesNotContain("canary-4711"))));
        await().during(Duration.ofMillis(500)).atMost(PATIENCE).until(() -> vendor.openings.size() == 2);
    }

    @Test
    @DisplayName("F16: a token that is taken again after it was refused works again without a restart")
    void worksAgainOnceTheTokenIsTaken() {
        // given
        vendor.liveFaults.addAll(List.of(new Fault.Refuse(401), new Fault.Refuse(403)));
        log(0, 3);

        // when
        start("refused-wait", "500ms");

        // then
        await().atMost(PATIENCE).until(() -> messages().isDenied());
        awaitHeld(3);
        assertThat(messages().token().state()).isEqualTo(CredentialState.WORKING);
        assertThat(messages().isDenied()).isFalse();
    }

    @Test
    @DisplayName("F15: a vendor that asks for patience is not asked before, by each type on its own")
    void keepsTheVendorsRetryAfter() {
        // given
        vendor.liveFaults.addAll(List.of(
                new Fault.Refuse(429, "Retry-After: 3600\r\n"), new Fault.Refuse(503, "Retry-After: 3600\r\n")));

        // when
        start();

        // then
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(List.of(RecordType.values()))
                        .allSatisfy(type -> assertThat(streams.of(type).trouble())
                                .hasValueSatisfying(
                                        trouble -> assertThat(trouble).containsAnyOf("429", "503"))));
        await().during(Duration.ofMillis(500)).atMost(PATIENCE).until(() -> vendor.openings.size() == 2);
    }

    @Test
    @DisplayName("F15: errors without a word on patience are tried again ever more slowly, and nothing is lost")
    void triesAgainAfterErrors() {
        // given
        vendor.liveFaults.addAll(Stream.of(429, 503, 502, 429, 503, 502)
                .map(status -> (Fault) new Fault.Refuse(status))
                .toList());
        log(0, 3);

        // when
        start();

        // then
        awaitHeld(3);
        assertThat(messages().isDenied()).isFalse();
    }

    @Test
    void saysThatTheArchivesTokenIsRefusedWhileRecordsAreMissing() {
        // given
        vendor.archiveFaults.addAll(List.of(new Fault.Refuse(401), new Fault.Refuse(401)));

        // when
        start("backfill", "3h", "refused-wait", "1h");

        // then
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(messages().trouble())
                        .hasValueSatisfying(said -> assertThat(said).contains("stream.archive-token", "HTTP 401")));
    }

    @Test
    void readsRecordsAboveOneMebibyteAndSetsAsideOnlyThoseAboveTheBound() {
        Instant now = clock.instant();
        String body = ",\"msgParts\":[{\"textExtracted\":\"" + "x".repeat(3 * 1024 * 1024) + "\"}]}";
        String large = message("m0", now);
        String tooLarge = message("m9", now);
        vendor.log("message", now, large.substring(0, large.length() - 1) + body);
        vendor.log("message", now, tooLarge.substring(0, tooLarge.length() - 1) + body.replace("xxxx", "xxxxyyyy"));
        log(1, 3);

        start("max-frame", "5M");

        awaitHeld(3);
        assertThat(index.deadLetters(Ledger.PART, 10)).singleElement().satisfies(letter -> {
            assertThat(letter.reason()).contains("max-frame");
            assertThat(letter.excerpt()).doesNotContain("xxxx");
        });
        assertThat(vendor.liveOpenings("message")).hasSize(1);
    }

    @Test
    @DisplayName("F17: what is no record is set aside and the stream goes on; an empty frame is nothing")
    void setsAsideWhatIsNoRecord() {
        Instant now = clock.instant();
        vendor.log("message", now, "");
        vendor.log("message", now, "{\"guid\":\"half");
        vendor.log("message", now, "<html>no</html>");
        vendor.log("message", now, "[".repeat(100_000));
        vendor.log("message", now, "{\"ts\":\"" + now + "\"}");
        vendor.log("message", now, "\n");
        log(0, 2);

        start();

        awaitHeld(2);
        assertThat(index.deadLetterCount(Ledger.PART)).isEqualTo(4);
        assertThat(messages().gaps())
                .as("their time is not claimed")
                .singleElement()
                .satisfies(gap -> {
                    assertThat(gap.reason()).contains("set aside");
                    assertThat(gap.lost()).isTrue();
                });
        assertThat(vendor.liveOpenings("message")).hasSize(1);
    }

    @Test
    @DisplayName("F17: a page of HTML with status 200 in place of the opening is an error that is said")
    void saysThatTheOpeningWasAnsweredOtherwise() {
        vendor.liveFaults.addAll(List.of(new Fault.Refuse(200), new Fault.Refuse(200)));
        log(0, 2);

        start();

        awaitHeld(2);
    }

    @Test
    @DisplayName("F14: a host that does not exist is said, and nothing is proven")
    void saysThatTheHostIsUnknown() {
        streams = StreamFixture.streams(settings("ws://no-such-host.invalid:443"), index, clock);

        await().atMost(PATIENCE).until(() -> messages().trouble().isPresent());
        assertThat(messages().until()).isEmpty();
    }

    @Test
    @DisplayName("F14: plain text where TLS is expected is an error, never a downgrade")
    void neverDowngrades() {
        streams = StreamFixture.streams(
                settings(vendor.url().replace("ws:", "wss:"), "connect-timeout", "300ms"), index, clock);

        await().atMost(PATIENCE).until(() -> messages().trouble().isPresent());
        assertThat(vendor.openings).isEmpty();
    }

    @Test
    void readsThePastNewestHourFirst() {
        Instant past = Instant.parse("2026-11-20T10:30:00Z");
        vendor.log("message", past, message("m1", past));
        log(0, 1);

        start("backfill", "4h");

        await().atMost(PATIENCE).until(() -> vendor.archiveOpenings("message").size() == 3);
        assertThat(vendor.archiveOpenings("message"))
                .extracting(opening -> opening.query().get("sinceTime"))
                .containsExactly("2026-11-20T11:00:00+0000", "2026-11-20T10:00:00+0000", "2026-11-20T09:00:00+0000");
        awaitHeld(2);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(messages().gaps())
                        .singleElement()
                        .extracting(Known.Gap::from, Known.Gap::lost)
                        .containsExactly(Instant.parse("2026-11-20T12:00:00Z"), false));
    }

    @Test
    void putsARecordOfTheArchiveThatSaysNoTimeIntoItsHour() {
        // given
        Instant past = Instant.parse("2026-11-20T10:30:00Z");
        vendor.log("message", past, message("m0", past).replace("\"ts\"", "\"no-time\""));
        vendor.liveFaults.addAll(List.of(new Fault.Silence(), new Fault.Silence()));

        // when
        start("backfill", "3h");

        // then
        awaitHeld(1);
        assertThat(index.find("m0").orElseThrow().firstSeen()).isEqualTo(Instant.parse("2026-11-20T10:00:00Z"));
    }

    @Test
    void remembersWhatTheArchiveDoesNotHaveAnyMore() {
        vendor.archiveFaults.addAll(List.of(new Fault.Refuse(400), new Fault.Refuse(400)));
        start();
        await().atMost(PATIENCE)
                .until(() -> messages().since().isPresent()
                        && streams.of(RecordType.MAILLOG).since().isPresent());
        streams.close();

        // when: nobody reads for more than thirty days
        clock.pass(Duration.ofDays(40));
        log(0, 1);
        start();

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(messages().gaps())
                        .filteredOn(Known.Gap::lost)
                        .singleElement()
                        .satisfies(gap -> {
                            assertThat(gap.from()).isBeforeOrEqualTo(NOON.plusSeconds(20));
                            assertThat(gap.to()).isAfterOrEqualTo(NOON.plus(Duration.ofDays(10)));
                        }));
        List<Known.Gap> lost =
                messages().gaps().stream().filter(Known.Gap::lost).toList();
        streams.close();
        start();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(messages().gaps()).containsAll(lost));
    }

    @Test
    void takesARefusedHourAsLostOnlyWhereTheArchiveEnds() {
        vendor.archiveFaults.addAll(List.of(
                new Fault.None(),
                new Fault.None(),
                new Fault.None(),
                new Fault.None(),
                new Fault.Refuse(400),
                new Fault.Refuse(400)));

        start("backfill", "4h");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(List.of(RecordType.values()))
                        .allSatisfy(type -> assertThat(streams.of(type).gaps())
                                .singleElement()
                                .satisfies(gap -> {
                                    assertThat(gap.from()).isEqualTo(Instant.parse("2026-11-20T12:00:00Z"));
                                    assertThat(gap.lost()).isFalse();
                                })));
    }

    @Test
    void aClockThatJumpsAheadGivesNothingUp() {
        log(0, 3);
        start();
        awaitHeld(3);
        vendor.cutAll();
        await().atMost(PATIENCE).until(() -> !messages().gaps().isEmpty());

        clock.pass(Duration.ofDays(40));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(messages().gaps()).isEmpty());
    }

    @Test
    void givesUpAnArchiveThatAnswersPingsAndSendsNoMore() {
        vendor.archiveFaults.addAll(List.of(new Fault.Stall(0), new Fault.Stall(0)));

        start("backfill", "2h", "archive-silence", "300ms", "ping-every", "50ms");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(List.of(RecordType.values()))
                        .allSatisfy(type -> assertThat(streams.of(type).gaps())
                                .isNotEmpty()
                                .allMatch(gap -> !gap.from().isBefore(Instant.parse("2026-11-20T12:00:00Z")))));
    }

    @Test
    void givesUpAnArchiveTurnThatTakesTooLongWithTheSameToken() {
        vendor.archiveFaults.addAll(List.of(new Fault.Stall(0), new Fault.Stall(0)));

        streams = StreamFixture.streams(
                withoutArchiveToken("archive-phase", "300ms", "ping-every", "50ms"), index, clock);

        await().atMost(PATIENCE).until(() -> vendor.liveOpenings("message").size() == 2);
    }

    @Test
    void saysOfAnHourOfTheArchiveWhatWasSetAside() {
        Instant past = Instant.parse("2026-11-20T11:30:00Z");
        vendor.log("message", past, message("m0", past).replace("\"guid\"", "\"other\""));

        streams = StreamFixture.streams(settings(vendor.url(), "backfill", "2h"), index, clock);

        await().atMost(PATIENCE).untilAsserted(() -> {
            List<Known.Gap> gaps = messages().gaps();
            assertThat(gaps).isNotEmpty();
            assertThat(gaps)
                    .extracting(gap -> gap.from() + "/" + gap.to() + "/" + gap.lost())
                    .containsExactly(
                            "2026-11-20T11:29:59Z/2026-11-20T11:30:01Z/true",
                            "2026-11-20T12:00:00Z/" + gaps.getLast().to() + "/false");
        });
    }

    @Test
    void goesOnAfterAnErrorOfItsOwn() {
        AtomicBoolean failed = new AtomicBoolean();
        RecordReader reader = new RecordReader();
        StreamSettings settings = settings(vendor.url());
        streams = new Streams(
                settings,
                new Connector(settings, Optional.empty(), clock),
                (type, frame, at) -> {
                    if (failed.compareAndSet(false, true)) {
                        throw new StackOverflowError("synthetic");
                    }
                    return reader.read(type, frame, at);
                },
                index,
                clock,
                following -> {});
        log(9, 10);
        streams.start();
        await().atMost(PATIENCE).until(() -> vendor.liveOpenings("message").size() == 2);

        log(0, 3);

        awaitHeld(3);
        assertThat(messages().gaps())
                .as("the record that it failed at is missing")
                .isNotEmpty();
    }

    @Test
    void readsTheArchiveInTurnsWithTheSameToken() {
        Instant past = Instant.parse("2026-11-20T10:30:00Z");
        vendor.log("message", past, message("m0", past));
        log(1, 5);

        streams = StreamFixture.streams(withoutArchiveToken(), index, clock);

        awaitHeld(5);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(messages().gaps())
                        .allSatisfy(gap -> assertThat(gap.to()).isAfter(Instant.parse("2026-11-20T12:00:00Z"))));
        log(5, 9);
        awaitHeld(9);
        assertThat(vendor.archiveOpenings("message"))
                .allSatisfy(opening -> assertThat(opening.authorization()).isEqualTo("Bearer first-token"));
    }

    @Test
    void claimsNothingOfAnArchiveTurnBeforeTheVendorHasCaughtUp() {
        log(0, 3);
        streams = StreamFixture.streams(withoutArchiveToken("catch-up", "30m", "ping-every", "50ms"), index, clock);
        await().atMost(PATIENCE).until(() -> vendor.liveOpenings("message").size() == 2);
        vendor.log("message", clock.instant(), "");
        vendor.log("message", clock.instant(), "{\"guid\":\"half");
        log(3, 5);
        awaitHeld(5);

        // then: pongs and whatever else comes move nothing, and a crash would find the gap in the store
        Instant opened = messages().until().orElseThrow();
        await().during(Duration.ofMillis(500))
                .atMost(PATIENCE)
                .until(() -> messages().until().equals(Optional.of(opened))
                        && messages().gaps().stream().anyMatch(gap -> !gap.to().isBefore(opened) && !gap.lost()));
        assertThat(Ledger.stored(index, RecordType.MESSAGE).missing())
                .anyMatch(gap -> !gap.to().isBefore(opened));

        // when: nothing old came for long enough
        clock.pass(Duration.ofMinutes(31));

        // then
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(messages().until().orElseThrow()).isAfter(NOON.plusSeconds(1800)));
        assertThat(messages().gaps()).allMatch(gap -> gap.lost() || gap.to().isBefore(opened));
    }

    @Test
    void claimsNothingOfAnArchiveTurnOfWhichARecordCameThatSaysNoTime() {
        // given a turn of the archive that takes long
        vendor.archiveFaults.addAll(List.of(new Fault.Silence(), new Fault.Silence()));
        log(0, 1);
        streams = StreamFixture.streams(
                withoutArchiveToken("catch-up", "30m", "ping-every", "50ms", "archive-silence", "1s"), index, clock);
        await().atMost(PATIENCE).until(() -> !vendor.archiveOpenings("message").isEmpty());

        // when the vendor catches up with what was logged meanwhile
        clock.pass(Duration.ofMinutes(20));
        vendor.log("message", clock.instant(), "{\"guid\":\"half");
        await().atMost(PATIENCE).until(() -> index.deadLetterCount(Ledger.PART) == 1);
        clock.pass(Duration.ofMinutes(31));

        // then
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(messages().until().orElseThrow()).isAfter(NOON.plus(Duration.ofMinutes(45))));
        assertThat(messages().gaps())
                .anyMatch(gap -> gap.lost()
                        && gap.from().isBefore(NOON.plus(Duration.ofMinutes(2)))
                        && gap.to().isAfter(NOON.plus(Duration.ofMinutes(19))));
    }

    private StreamSettings withoutArchiveToken(String... pairs) {
        List<String> all = new java.util.ArrayList<>(List.of("backfill", "3h", "live-phase", "100ms"));
        all.addAll(List.of(pairs));
        StreamSettings settings = settings(vendor.url(), all.toArray(String[]::new));
        return (StreamSettings) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {StreamSettings.class},
                (proxy, method, arguments) -> method.getName().equals("archiveToken")
                        ? Optional.empty()
                        : method.invoke(settings, arguments));
    }

    @Test
    void dropsNothingWhileTheStoreFails() {
        AtomicBoolean failing = new AtomicBoolean();
        TraceIndex full = (TraceIndex) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {TraceIndex.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("append") && failing.get()) {
                        throw new IndexException("The disk that the index is on is full.");
                    }
                    try {
                        return method.invoke(index, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        streams = StreamFixture.streams(settings(vendor.url(), "waiting", "100K"), full, clock);
        await().atMost(PATIENCE).until(() -> messages().since().isPresent());
        failing.set(true);
        Instant before = clock.instant();
        log(0, 5000);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(messages().trouble())
                        .hasValueSatisfying(said -> assertThat(said).contains("full")));
        assertThat(messages().until().orElseThrow()).isBeforeOrEqualTo(before);

        failing.set(false);

        awaitHeld(5000);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(messages().trouble()).isEmpty());
        assertThat(vendor.liveOpenings("message")).hasSize(1);
    }

    @Test
    @DisplayName("F23: a store that neither answers nor fails: the stream is let go meanwhile, and read on afterwards")
    void letsTheStreamGoWhileTheStoreNeitherAnswersNorFails() {
        // given
        List<Following> begun = new CopyOnWriteArrayList<>();
        Phaser silence = new Phaser(1);
        AtomicBoolean silent = new AtomicBoolean();
        TraceIndex away = (TraceIndex) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {TraceIndex.class}, (proxy, method, arguments) -> {
                    if (silent.get() && List.of("append", "claim", "purge").contains(method.getName())) {
                        // As a read from a socket: also an interrupt does not end it.
                        silence.awaitAdvance(0);
                    }
                    try {
                        return method.invoke(index, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        StreamSettings settings = settings(vendor.url());
        streams = new Streams(
                settings,
                new Connector(settings, Optional.empty(), clock),
                new RecordReader()::read,
                away,
                clock,
                begun::add,
                Duration.ofSeconds(2));
        streams.start();
        log(0, 1);
        awaitHeld(1);

        try {
            // when: also a record waits to be stored
            silent.set(true);
            log(1, 2);

            // then
            await().atMost(PATIENCE).until(() -> vendor.openSessions() == 0);
            assertThat(streams.isConsumer()).isFalse();
            assertThat(begun).hasSize(RecordType.values().length).allMatch(Following::isOver);
        } finally {
            silent.set(false);
            silence.arriveAndDeregister();
        }

        // when: the store answers again
        log(2, 3);

        // then
        awaitHeld(3);
        await().atMost(PATIENCE).until(streams::isConsumer);
    }

    @Test
    void asksForEveryHourThatItWasAway() {
        start();
        await().atMost(PATIENCE).until(() -> messages().since().isPresent());
        streams.close();
        clock.pass(Duration.ofHours(3));

        start();

        await().atMost(PATIENCE).until(() -> vendor.archiveOpenings("message").size() == 3);
        assertThat(vendor.archiveOpenings("message"))
                .extracting(opening -> opening.query().get("sinceTime"))
                .containsExactly("2026-11-20T14:00:00+0000", "2026-11-20T13:00:00+0000", "2026-11-20T12:00:00+0000");
    }
}
