package org.mailtrace.gateway.ask;

import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mailtrace.gateway.FakeSources.NAMES;
import static org.mailtrace.gateway.FakeSources.answer;
import static org.mailtrace.gateway.FakeSources.answers;
import static org.mailtrace.gateway.FakeSources.front;
import static org.mailtrace.gateway.FakeSources.json;
import static org.mailtrace.gateway.FakeSources.observation;
import static org.mailtrace.gateway.FakeSources.questions;
import static org.mailtrace.gateway.FakeSources.recipient;
import static org.mailtrace.gateway.FakeSources.server;
import static org.mailtrace.testkit.TcpFront.readHead;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import jakarta.inject.Inject;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mailtrace.contract.AddressPattern;
import org.mailtrace.contract.MailId;
import org.mailtrace.contract.Question;
import org.mailtrace.contract.SourceState;
import org.mailtrace.gateway.FakeSources;
import org.mailtrace.gateway.Settings;
import org.mailtrace.gateway.join.NextHops;
import org.mailtrace.gateway.settings.GatewaySettings;
import org.mailtrace.gateway.words.RoundWords;

/** Rounds with settings of their own, without a gateway around them. The proofpoint hands over, the cloud is exchange-online. */
@QuarkusTest
@QuarkusTestResource(OidcWiremockTestResource.class)
@QuarkusTestResource(FakeSources.class)
class RoundsTest {
    private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();
    private static final Caller CALLER = new Caller("Bearer synthetic", "rounds");
    private static final String CLOUD = "exchange-online";
    private static final String ANA = "ana@rivercounty.example";
    private static final String ID = "<d9683b4c@contoso.example>";
    private static final Duration FIVE_HOURS = Duration.ofHours(5);
    private static final String TO_CLOUD =
            ", \"nextHop\": {\"host\": \"mx.cloud.example\", \"reply\": \"250 2.0.0 OK\"}";

    @Inject
    ObjectMapper json;

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    @BeforeEach
    @AfterEach
    void isCalm() {
        FakeSources.allEmpty();
    }

    @Test
    void oneSourceThatHangsDoesNotKeepTheOthersFromBeingFollowed() {
        // given that too little time is left once the archive is given up
        Rounds rounds = rounds(Map.of("deadline", "4s", "round-needs", "2s"), "3s");
        answers("proofpoint", "ANSWERED", handedOver("p1", ID, FIVE_HOURS, ANA));
        knowsById(delivered("x1"));
        front("archive").suffer(client -> client.getInputStream().transferTo(OutputStream.nullOutputStream()));

        // when
        Inquiry inquiry = everywhere(rounds, forAna());

        // then
        assertThat(inquiry.answerOf("archive").state()).isEqualTo(SourceState.TIMED_OUT);
        assertThat(seenBy(CLOUD, inquiry)).containsExactly("x1");
        assertThat(inquiry.warnings()).isEmpty();
    }

    @Test
    void whatASlowSourceShowsIsFollowedInALastRound() {
        // given
        Rounds rounds = rounds(Map.of("slow-after", "100ms"), "20s");
        server("proofpoint")
                .stubFor(get(urlPathEqualTo("/traces"))
                        .willReturn(json(answer("proofpoint", "ANSWERED", handedOver("p1", ID, FIVE_HOURS, ANA), ""))
                                .withFixedDelay(1_000)));
        knowsById(delivered("x1"));

        // when
        Inquiry inquiry = everywhere(rounds, forAna());

        // then
        assertThat(inquiry.answerOf("proofpoint").state()).isEqualTo(SourceState.ANSWERED);
        assertThat(seenBy(CLOUD, inquiry)).containsExactly("x1");
    }

    @Test
    void aTraceIsLookedUpAtAllSourcesAtOnce() {
        // given that the archive finds it only after another source was searched
        Rounds rounds = rounds(Map.of(), "5s");
        front("archive").suffer(client -> {
            readHead(client);
            await().until(() -> questions("proofpoint") > 0);
            byte[] body = delivered("a1").getBytes(StandardCharsets.UTF_8);
            client.getOutputStream()
                    .write(("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: "
                                    + body.length + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            client.getOutputStream().write(body);
        });

        // when
        Inquiry inquiry =
                rounds.lookUp(forAna(), Map.of("archive", List.of("a1")), Set.of("proofpoint", CLOUD), CALLER);

        // then
        assertThat(inquiry.answerOf("archive").state()).isEqualTo(SourceState.ANSWERED);
        assertThat(seenBy("archive", inquiry)).containsExactly("a1");
        assertThat(inquiry.answerOf("onprem-exchange").state()).isEqualTo(SourceState.CANNOT_ANSWER);
    }

    @Test
    void ofFiveHundredRecipientsTheIdIsAskedForFirstAndThenFiftyAddressesTwentyAtOnce() {
        // given
        Rounds rounds = rounds(Map.of(), "20s");
        answers("proofpoint", "ANSWERED", handedOver("p1", ID, FIVE_HOURS, people(500)));

        // when
        Inquiry inquiry = everywhere(rounds, byId());

        // then
        List<Integer> addresses = recipientsAskedFor();
        assertThat(addresses).containsExactlyInAnyOrder(20, 20, 10);
        assertThat(questions(CLOUD)).isEqualTo(1 + 1 + 3);
        assertThat(inquiry.warnings()).containsExactly(RoundWords.onlySomeAddresses(50));
        assertThat(lookFor("person-3@rivercounty.example", inquiry).whole()).isTrue();
        Look left = lookFor("person-499@rivercounty.example", inquiry);
        assertThat(left.whole()).isFalse();
        assertThat(left.asked()).isFalse();
    }

    @Test
    void nobodyIsAskedForByAddressWhomTheIdFound() {
        // given
        Rounds rounds = rounds(Map.of(), "20s");
        answers("proofpoint", "ANSWERED", handedOver("p1", ID, FIVE_HOURS, people(500)));
        knowsById(observation("x1", FIVE_HOURS, ID, recipients("DELIVERED", "", people(500))));

        // when
        Inquiry inquiry = everywhere(rounds, byId());

        // then
        assertThat(recipientsAskedFor()).isEmpty();
        assertThat(inquiry.warnings()).isEmpty();
    }

    @Test
    void whatNoQuestionCanHoldIsNotAskedForAndSpoilsNoOther() {
        // given
        Rounds rounds = rounds(Map.of(), "20s");
        String quoted = "\\\"a b\\\"@rivercounty.example";
        answers("proofpoint", "ANSWERED", handedOver("p1", "<a\\tb@contoso.example>", FIVE_HOURS, ANA, quoted));

        // when
        Inquiry inquiry = everywhere(rounds, bySender());

        // then
        assertThat(inquiry.sightings()).hasSize(1);
        assertThat(idsAskedFor()).isEmpty();
        assertThat(recipientsAskedFor()).as("ana, without the other").containsExactly(1);
        assertThat(inquiry.lookedByAddress(CLOUD, ANA, Instant.now().minus(FIVE_HOURS), Instant.now()))
                .isTrue();
    }

    @Test
    void onlyTheNewestMessagesAreFollowedAndThatIsSaid() {
        // given
        Rounds rounds = rounds(Map.of(), "20s");
        answers("proofpoint", "ANSWERED", messages(23, TO_CLOUD));

        // when
        Inquiry inquiry = everywhere(rounds, forAna());

        // then
        assertThat(idsAskedFor()).hasSize(20).contains("<m0@contoso.example>").doesNotContain("<m20@contoso.example>");
        assertThat(inquiry.warnings()).containsExactly(RoundWords.onlyTheNewest(20));
        assertThat(lookFor("<m0@contoso.example>", ANA, inquiry).whole()).isTrue();
        assertThat(lookFor("<m22@contoso.example>", ANA, inquiry).asked()).isFalse();
    }

    @Test
    void whatAPageDoesNotShowIsNotMissedThere() {
        // given
        Rounds rounds = rounds(Map.of(), "20s");
        answers("proofpoint", "ANSWERED", messages(23, TO_CLOUD));

        for (int shown : List.of(20, 21)) {
            Inquiry inquiry = everywhere(rounds(Map.of("followed-messages", "0"), "20s"), forAna());
            int warnings = inquiry.warnings().size();

            // when
            rounds.follow(
                    inquiry,
                    forAna(),
                    Set.copyOf(NAMES),
                    CALLER,
                    Instant.now().plusSeconds(10),
                    new Load(new Semaphore(1000)),
                    shown);

            // then
            assertThat(inquiry.warnings().stream().skip(warnings).toList())
                    .isEqualTo(shown > 20 ? List.of(RoundWords.onlyTheNewest(20)) : List.of());
        }
    }

    @Test
    void nothingIsWarnedOfWhereTheOlderMessagesNeedNotBeFollowed() {
        // given
        Rounds rounds = rounds(Map.of(), "20s");
        answers("proofpoint", "ANSWERED", messages(23, ""));

        // when
        Inquiry inquiry = everywhere(rounds, forAna());

        // then
        assertThat(inquiry.warnings()).isEmpty();
    }

    @Test
    void aReportFollowsTheOlderMessagesToo() {
        // given
        Rounds rounds = rounds(Map.of(), "20s");
        answers("proofpoint", "ANSWERED", messages(23, TO_CLOUD));
        Inquiry inquiry = everywhere(rounds(Map.of("followed-messages", "0"), "20s"), forAna());

        // when
        rounds.followAll(
                inquiry, forAna(), Set.copyOf(NAMES), CALLER, Instant.now().plusSeconds(60));

        // then
        assertThat(idsAskedFor()).hasSize(23);
        assertThat(lookFor("<m22@contoso.example>", ANA, inquiry).whole()).isTrue();
    }

    @Test
    void aReportFollowsNoMoreThanThereIsRoomForAndSaysSo() {
        // given: room for ten answers of a report
        Rounds rounds =
                rounds(Map.of("followed-messages", "2", "answer-limit", "65536", "answers-in-memory", "327680"), "20s");
        answers("proofpoint", "ANSWERED", messages(23, TO_CLOUD));
        Inquiry inquiry = everywhere(rounds(Map.of("followed-messages", "0"), "20s"), forAna());

        // when
        rounds.followAll(
                inquiry, forAna(), Set.copyOf(NAMES), CALLER, Instant.now().plusSeconds(60));

        // then
        assertThat(idsAskedFor()).hasSize(8);
        assertThat(inquiry.warnings()).contains(RoundWords.onlyTheNewest(8));
        assertThat(inquiry.lastStateOf(CLOUD)).isEqualTo(SourceState.ANSWERED);
    }

    @Test
    void whatThereIsNoTimeForIsSaidAndNotBlamedOnTheSource() {
        // given
        Rounds rounds = rounds(Map.of("round-needs", "1h"), "20s");
        answers("proofpoint", "ANSWERED", handedOver("p1", ID, FIVE_HOURS, ANA));

        // when
        Inquiry inquiry = everywhere(rounds, forAna());

        // then
        assertThat(inquiry.warnings()).containsExactly(RoundWords.NO_TIME_LEFT);
        assertThat(questions(CLOUD)).isEqualTo(1);
        assertThat(lookFor(ID, ANA, inquiry).asked()).isFalse();
    }

    @Test
    void aSourceThatIsSlowOnlyInTheSecondRoundIsCutOffByTheDeadline() {
        // given that no guard would give it up
        Rounds rounds = rounds(Map.of("deadline", "3s", "round-needs", "100ms"), "1h");
        answers("proofpoint", "ANSWERED", handedOver("p1", ID, FIVE_HOURS, ANA));
        knowsById(delivered("x1"), 3_600_000);

        // when
        Inquiry inquiry = everywhere(rounds, forAna());

        // then
        assertThat(inquiry.answerOf(CLOUD).state()).isEqualTo(SourceState.ANSWERED);
        assertThat(lookFor(ID, ANA, inquiry).state()).isEqualTo(SourceState.TIMED_OUT);
        assertThat(missed(CLOUD)).isEqualTo(1);
    }

    @Test
    void answersThatWouldNotFitIntoMemoryAreNotReadUntilOthersAreOver() {
        // given room for one small answer
        Rounds rounds = rounds(Map.of("answers-in-memory", "16384", "answer-limit", "16384"), "20s");

        for (int i = 0; i < 3; i++) {
            // when
            Inquiry inquiry = everywhere(rounds, forAna());

            // then
            assertThat(inquiry.sources())
                    .extracting(source -> inquiry.answerOf(source).state())
                    .containsExactlyInAnyOrder(
                            SourceState.ANSWERED, SourceState.FAILED, SourceState.FAILED, SourceState.FAILED);
        }
    }

    @Test
    void whoeverLeavesStopsTheRoundsAndCountsForNothing() throws Exception {
        // given
        Rounds rounds = rounds(Map.of(), "1h");
        Set<String> cutOff = ConcurrentHashMap.newKeySet();
        NAMES.forEach(name -> front(name).suffer(client -> {
            readHead(client);
            try {
                client.getInputStream().read();
            } finally {
                cutOff.add(name);
            }
        }));
        AtomicReference<Thread> worker = new AtomicReference<>();
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        Future<?> asking = THREADS.submit(() -> {
            worker.set(Thread.currentThread());
            try {
                everywhere(rounds, forAna());
                failure.complete(new AssertionError("it was answered"));
            } catch (RuntimeException e) {
                failure.complete(e);
            }
        });
        await().until(() -> NAMES.stream().allMatch(name -> front(name).connections() == 1));

        // when
        worker.get().interrupt();

        // then
        assertThat(failure.get()).isInstanceOf(AbandonedException.class);
        asking.get();
        await().untilAsserted(() -> assertThat(cutOff).hasSize(NAMES.size()));
        assertThat(metrics.getMeters()).isEmpty();
    }

    /** All sources are asked, and then asked further. */
    private static Inquiry everywhere(Rounds rounds, Question question) {
        return rounds.lookUp(question, Map.of(), Set.copyOf(NAMES), CALLER);
    }

    private Rounds rounds(Map<String, String> changes, String guard) {
        Map<String, String> values = new HashMap<>(Map.of(
                "mailtrace.domains",
                "rivercounty.example",
                "mailtrace.slow-after",
                "300ms",
                "mailtrace.next-hops[0].host",
                "*.cloud.example",
                "mailtrace.next-hops[0].source",
                CLOUD));
        NAMES.forEach(name -> {
            values.put(
                    "mailtrace.sources." + name + ".url",
                    "http://localhost:" + front(name).port());
            values.put("mailtrace.sources." + name + ".title", name);
            values.put("mailtrace.sources." + name + ".guard.timeout", guard);
        });
        changes.forEach((key, value) -> values.put("mailtrace." + key, value));
        GatewaySettings settings = Settings.of(GatewaySettings.class, values);
        Clock clock = Clock.systemUTC();
        Sources sources = new Sources(settings, new SourceClients(Optional.empty()), json, clock, THREADS);
        return new Rounds(
                sources,
                new FollowUps(sources, new NextHops(settings), settings),
                settings,
                new AnswerCounts(metrics),
                clock);
    }

    private static Question forAna() {
        return question(List.of(new AddressPattern(ANA)), Optional.empty());
    }

    private static Question bySender() {
        return Question.parse(Map.of("sender", List.of("sam@contoso.example")), Instant.now());
    }

    private static Question byId() {
        return question(List.of(), Optional.of(MailId.of(ID)));
    }

    private static Question question(List<AddressPattern> recipients, Optional<MailId> id) {
        // It ends before now, so that it does not prove anything about what came after it.
        Instant now = Instant.now();
        return new Question(
                Optional.empty(),
                recipients,
                Optional.empty(),
                id,
                now.minus(Duration.ofDays(1)),
                now.minus(Duration.ofMinutes(30)),
                100,
                Optional.empty(),
                Set.of(),
                false,
                Optional.empty(),
                Optional.empty());
    }

    private static void knowsById(String observation) {
        knowsById(observation, 0);
    }

    private static void knowsById(String observation, int millis) {
        ResponseDefinitionBuilder response =
                json(answer(CLOUD, "ANSWERED", observation, "")).withFixedDelay(millis);
        server(CLOUD)
                .stubFor(get(urlPathEqualTo("/traces"))
                        .withQueryParam("messageId", matching(".+"))
                        .atPriority(1)
                        .willReturn(response));
    }

    private static String delivered(String id) {
        return observation(id, FIVE_HOURS, ID, recipient(ANA, "DELIVERED", FIVE_HOURS, ""));
    }

    private static String handedOver(String sourceId, String messageId, Duration ago, String... people) {
        return observation(sourceId, ago, messageId, recipients("PASSED_ON", TO_CLOUD, people));
    }

    private static String recipients(String status, String more, String... people) {
        return Stream.of(people)
                .map(person -> recipient(person, status, FIVE_HOURS, more))
                .collect(Collectors.joining(","));
    }

    /** Newest first. */
    private static String messages(int count, String nextHop) {
        return IntStream.range(0, count)
                .mapToObj(i -> observation(
                        "p" + i,
                        FIVE_HOURS.plusMinutes(i),
                        "<m" + i + "@contoso.example>",
                        recipient(ANA, nextHop.isEmpty() ? "DELIVERED" : "PASSED_ON", FIVE_HOURS, nextHop)))
                .collect(Collectors.joining(","));
    }

    private static String[] people(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "person-" + i + "@rivercounty.example")
                .toArray(String[]::new);
    }

    private static List<String> seenBy(String source, Inquiry inquiry) {
        return inquiry.sightings().stream()
                .filter(sighting -> sighting.source().equals(source))
                .map(sighting -> sighting.observation().sourceId())
                .distinct()
                .toList();
    }

    private static List<Integer> recipientsAskedFor() {
        return server(CLOUD)
                .findAll(getRequestedFor(urlPathEqualTo("/traces"))
                        .withQueryParam("recipient", matching(".+"))
                        .withQueryParam("messageId", absent()))
                .stream()
                .map(request -> request.queryParameter("recipient").firstValue().split(",").length)
                .toList();
    }

    private static List<String> idsAskedFor() {
        return server(CLOUD)
                .findAll(getRequestedFor(urlPathEqualTo("/traces")).withQueryParam("messageId", matching(".+")))
                .stream()
                .map(request -> request.queryParameter("messageId").firstValue())
                .distinct()
                .toList();
    }

    private static Look lookFor(String address, Inquiry inquiry) {
        return lookFor(ID, address, inquiry);
    }

    private static Look lookFor(String id, String address, Inquiry inquiry) {
        Instant now = Instant.now();
        return inquiry.lookFor(CLOUD, Optional.of(id), address, now.minus(FIVE_HOURS), Duration.ZERO, now);
    }

    private double missed(String source) {
        return metrics.counter("mailtrace.gateway.deadline.missed", "source", source)
                .count();
    }
}
