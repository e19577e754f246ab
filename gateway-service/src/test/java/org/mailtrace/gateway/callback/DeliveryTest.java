package org.mailtrace.gateway.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailtrace.gateway.FakeSources;
import org.mailtrace.gateway.MovableClock;
import org.mailtrace.gateway.Settings;
import org.mailtrace.gateway.store.Rest;
import org.mailtrace.gateway.store.StoredJson;
import org.mailtrace.http.json.JsonRules;
import org.mailtrace.jobs.Job;
import org.mailtrace.jobs.JobState;
import org.mailtrace.jobs.Jobs;
import org.mailtrace.jobs.Lease;
import org.mailtrace.jobs.NewJob;
import org.mailtrace.jobs.sqlite.SqliteStore;

class DeliveryTest {
    private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");
    private static final String HREF = "https://mailtrace.rivercounty.example/traces/reports/r1";

    @TempDir
    private Path folder;

    private final MovableClock clock = new MovableClock(START);
    private final ObjectMapper mapper = new ObjectMapper().findAndRegisterModules();
    private final Map<String, String> settings = new HashMap<>(Map.of(
            "mailtrace.callbacks.secret",
            FakeSources.CALLBACK_SECRET,
            "mailtrace.callbacks.plain-http",
            "true",
            "mailtrace.callbacks.allowed",
            "hooks.example,wrong.example",
            "mailtrace.callbacks.timeout",
            "2s",
            "mailtrace.callbacks.pauses",
            "5s,5m"));
    private final Vertx vertx = Vertx.vertx();
    private HttpClientOptions trust = new HttpClientOptions();
    private Names names = host -> new InetAddress[] {InetAddress.getLoopbackAddress()};
    private Jobs jobs;
    private Hooks hooks;

    @BeforeEach
    void open() throws IOException {
        new JsonRules().customize(mapper);
        jobs = SqliteStore.open(folder.resolve("jobs.db"), clock).jobs();
        hooks = Hooks.plain();
    }

    @AfterEach
    void close() throws Exception {
        hooks.close();
        jobs.close();
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    @Test
    void tellsThatAReportIsOverSignedByTheConventionAndNothingElse() throws Exception {
        // given
        Job report = overReport();

        // when
        Memory memory = delivered(report, url());

        // then
        assertThat(memory.state()).isEqualTo(CallbackState.DELIVERED);
        Hooks.Call call = hooks.calls.getFirst();
        JsonNode body = mapper.readTree(call.body());
        assertThat(call.path()).isEqualTo("/hook?x=1");
        assertThat(body.properties()).extracting(Map.Entry::getKey).containsExactly("type", "timestamp", "data");
        assertThat(body.path("type").asText()).isEqualTo("report.complete");
        assertThat(body.path("timestamp").asText()).isEqualTo("2026-11-23T12:00:00.000Z");
        assertThat(body.path("data").properties())
                .extracting(Map.Entry::getKey)
                .containsExactly("id", "status", "href");
        assertThat(body.at("/data/id").asText()).isEqualTo(report.id());
        assertThat(body.at("/data/href").asText()).isEqualTo(HREF);
        assertThat(call.headers().get("webhook-timestamp")).isEqualTo(Long.toString(START.getEpochSecond()));
        assertThat(call.headers().get("webhook-signature"))
                .isEqualTo("v1,"
                        + hmac(call.headers().get("webhook-id") + "." + START.getEpochSecond() + "." + call.body()));
        assertThat(call.headers().get("content-type")).isEqualTo("application/json");
        assertThat(call.headers().get("host")).isEqualTo("hooks.example:" + hooks.port());
        assertThat(call.headers()).doesNotContainKey("authorization");
    }

    @Test
    void triesAgainWithTheSameIdAfterThePausesAndListsEveryAttempt() {
        // given
        hooks.answers(500, 503);
        Job report = overReport();
        Job errand = order(report, url());

        // when
        assertThat(work()).isTrue();
        assertThat(work()).isFalse();
        clock.advance(Duration.ofSeconds(6));
        assertThat(work()).isTrue();
        clock.advance(Duration.ofSeconds(6));
        assertThat(work()).isFalse();
        clock.advance(Duration.ofMinutes(6));
        assertThat(work()).isTrue();

        // then
        assertThat(memory(errand).attempts())
                .extracting(Attempt::httpStatus)
                .containsExactly(Optional.of(500), Optional.of(503), Optional.of(204));
        assertThat(memory(errand).state()).isEqualTo(CallbackState.DELIVERED);
        assertThat(hooks.calls)
                .extracting(call -> call.headers().get("webhook-id"))
                .hasSize(3);
        assertThat(hooks.calls.stream().map(call -> call.headers().get("webhook-id")))
                .containsOnly(hooks.calls.getFirst().headers().get("webhook-id"));
    }

    @Test
    void givesUpAfterTheLastPause() {
        // given
        hooks.answers(500, 400, 404, 500, 500);
        Job errand = order(overReport(), url());

        // when
        for (int i = 0; i < 6; i++) {
            work();
            clock.advance(Duration.ofHours(1));
        }

        // then
        assertThat(hooks.calls).hasSize(3);
        assertThat(memory(errand).state()).isEqualTo(CallbackState.FAILED);
    }

    @Test
    void neverCallsAnAddressAgainThatSaysThatItIsGone() {
        // given
        hooks.answers(410);
        Job errand = order(overReport(), url());

        // when
        work();
        clock.advance(Duration.ofDays(1));
        work();

        // then
        assertThat(hooks.calls).hasSize(1);
        assertThat(memory(errand).state()).isEqualTo(CallbackState.DISABLED);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void followsNoRedirect(int status) {
        // given
        hooks.answers.add(new Hooks.Answer(status, Map.of("Location", "http://127.0.0.1:" + hooks.port() + "/inside")));
        Job errand = order(overReport(), url());

        // when
        work();

        // then
        assertThat(hooks.calls).extracting(Hooks.Call::path).containsExactly("/hook?x=1");
        assertThat(memory(errand).attempts().getFirst().result()).contains("redirects are not followed");
        assertThat(memory(errand).state()).isEqualTo(CallbackState.PENDING);
    }

    @Test
    void waitsAsLongAsItIsAskedTo() {
        // given
        hooks.answers.add(new Hooks.Answer(429, Map.of("Retry-After", "600")));
        order(overReport(), url());
        work();

        // when
        clock.advance(Duration.ofSeconds(599));
        boolean tooEarly = work();
        clock.advance(Duration.ofSeconds(2));
        boolean then = work();

        // then
        assertThat(tooEarly).isFalse();
        assertThat(then).isTrue();
        assertThat(hooks.calls).hasSize(2);
    }

    @Test
    void waitsUntilTheDateThatItIsAskedTo() {
        // given
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                START.plusSeconds(600).atZone(ZoneOffset.UTC));
        hooks.answers.add(new Hooks.Answer(429, Map.of("Retry-After", date)));
        order(overReport(), url());
        work();

        // when
        clock.advance(Duration.ofSeconds(599));
        boolean tooEarly = work();
        clock.advance(Duration.ofSeconds(2));

        // then
        assertThat(tooEarly).isFalse();
        assertThat(work()).isTrue();
    }

    @Test
    void lookingTheNameUpIsPartOfTheTimeout() {
        // given
        names = host -> {
            clock.advance(Duration.ofMillis(1_400));
            return new InetAddress[] {InetAddress.getLoopbackAddress()};
        };
        order(overReport(), url());
        List<Duration> left = new ArrayList<>();

        // when
        work(Settings.of(CallbackSettings.class, settings), (target, address, headers, body, within) -> {
            left.add(within);
            return new Reply(200, Optional.empty());
        });

        // then
        assertThat(left).containsExactly(Duration.ofMillis(600));
    }

    @Test
    @Timeout(30)
    void aNameServerThatDoesNotAnswerIsNotWaitedForLongerThanTheName() {
        // given
        CountDownLatch never = new CountDownLatch(1);
        names = new TimedNames(
                host -> {
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        // A look-up of the system's cannot be broken off either.
                        Thread.currentThread().interrupt();
                    }
                    throw new UnknownHostException(host);
                },
                Duration.ofMillis(50));
        Job errand = order(overReport(), url());

        // when
        work();

        // then
        assertThat(memory(errand).attempts().getFirst().result()).contains("no address at the moment");
        assertThat(memory(errand).state()).isEqualTo(CallbackState.PENDING);
        assertThat(hooks.calls).isEmpty();
    }

    @Test
    void aServerThatNeverAnswersIsLeftAfterTheTimeout() throws IOException {
        // given
        settings.put("mailtrace.callbacks.timeout", "300ms");
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Job errand = order(overReport(), "http://hooks.example:" + silent.getLocalPort() + "/");

            // when
            work();

            // then
            assertThat(memory(errand).attempts().getFirst().result()).contains("did not answer in time");
            assertThat(memory(errand).state()).isEqualTo(CallbackState.PENDING);
        }
    }

    @Test
    void aNameThatLeadsToAPrivateAddressWhenItIsCalledIsNotCalled() {
        // given
        settings.put("mailtrace.callbacks.allowed", "another.example");
        Job errand = order(overReport(), url());

        // when
        work();
        clock.advance(Duration.ofDays(1));
        work();

        // then
        assertThat(hooks.calls).isEmpty();
        assertThat(memory(errand).state()).isEqualTo(CallbackState.FAILED);
        assertThat(memory(errand).attempts()).hasSize(1);
        assertThat(memory(errand).attempts().getFirst().result()).contains("not on the Internet");
    }

    @Test
    void isNotCalledBeforeTheReportIsOver() {
        // given
        Job report = submit("gateway-report", "r", "{}");
        order(report, url());

        // when
        work();

        // then
        assertThat(hooks.calls).isEmpty();
    }

    @Test
    void overTlsTheCertificateMustBeForTheNameAlthoughTheAddressIsCalled() throws Exception {
        // given
        KeyStore keys = Hooks.certificate(folder);
        trust = new HttpClientOptions()
                .setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(Hooks.pem(keys))));
        try (Hooks secure = Hooks.secure(keys)) {
            // when
            Job good = order(overReport(), "https://hooks.example:" + secure.port() + "/hook");
            work();
            Job wrong = order(overReport(), "https://wrong.example:" + secure.port() + "/hook");
            work();
            trust = new HttpClientOptions();
            Job stranger = order(overReport(), "https://hooks.example:" + secure.port() + "/hook");
            work();

            // then
            assertThat(memory(good).state()).isEqualTo(CallbackState.DELIVERED);
            assertThat(secure.calls).hasSize(1);
            assertThat(secure.calls.getFirst().headers().get("host")).isEqualTo("hooks.example:" + secure.port());
            assertThat(memory(wrong).attempts().getFirst().result()).contains("certificate");
            assertThat(memory(stranger).attempts().getFirst().result()).contains("certificate");
        }
    }

    @Test
    void aWrongSecretEndsTheStartWithoutRepeatingIt() {
        List.of("whsec_c2hvcnQ=", "AAEAAQABAAEAAQABAAEAAQABAAEAAQABAAEAAQABAAE=", "whsec_***")
                .forEach(secret -> assertThatThrownBy(() -> new Signature(secret))
                        .isInstanceOf(ConfigurationException.class)
                        .hasMessageContaining("mailtrace.callbacks.secret")
                        .hasMessageNotContaining(secret));
    }

    private String url() {
        return "http://hooks.example:" + hooks.port() + "/hook?x=1";
    }

    private Memory delivered(Job report, String url) {
        Job errand = order(report, url);
        work();
        return memory(errand);
    }

    private Job overReport() {
        Job job = submit("gateway-report", "report " + System.nanoTime(), "{}");
        Lease lease =
                jobs.claim(Set.of("gateway-report"), "w", Duration.ofMinutes(1)).orElseThrow();
        lease.finish(JobState.COMPLETE, "{}", Optional.empty());
        return jobs.find(job.id()).orElseThrow();
    }

    private Job order(Job report, String url) {
        return submit(Callbacks.KIND, report.id(), json().write(new Errand(url, report.id(), "COMPLETE", HREF)));
    }

    private Job submit(String kind, String key, String request) {
        return jobs.submit(new NewJob(
                        kind, "owner", Optional.of(key), request, json().write(Memory.empty()), Duration.ofDays(7)))
                .job();
    }

    private boolean work() {
        CallbackSettings given = Settings.of(CallbackSettings.class, settings);
        HttpCaller caller = new HttpCaller(vertx, new HttpClientOptions(trust), given.timeout());
        boolean worked = work(given, caller);
        caller.close();
        return worked;
    }

    private boolean work(CallbackSettings given, Caller caller) {
        Delivery delivery = new Delivery(
                jobs,
                json(),
                new Guard(given, names),
                caller,
                given.secret().map(Signature::new),
                given,
                new CallbackMetrics(new SimpleMeterRegistry()),
                clock,
                () -> 0.5);
        Optional<Lease> lease = jobs.claim(Set.of(Callbacks.KIND), "w", Duration.ofMinutes(1));
        lease.ifPresent(held -> delivery.run(held, new NeverOver()));
        return lease.isPresent();
    }

    private record NeverOver() implements Rest {
        @Override
        public void rest(Duration span) {
            throw new IllegalStateException("nothing rests here");
        }

        @Override
        public boolean isOver() {
            return false;
        }
    }

    private Memory memory(Job errand) {
        return json().read(jobs.find(errand.id()).orElseThrow().progress(), Memory.class);
    }

    private StoredJson json() {
        return new StoredJson(mapper);
    }

    /** Computed without the library that signs. */
    private static String hmac(String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        byte[] key = Base64.getDecoder().decode(FakeSources.CALLBACK_SECRET.substring("whsec_".length()));
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }
}
