package org.mailtrace.gateway.report;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.delete;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.quarkus.oidc.client.OidcClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailtrace.contract.AddressPattern;
import org.mailtrace.contract.Question;
import org.mailtrace.contract.SourceAnswer;
import org.mailtrace.contract.SourceState;
import org.mailtrace.gateway.FakeSources;
import org.mailtrace.gateway.Flow;
import org.mailtrace.gateway.HelpDesk;
import org.mailtrace.gateway.MovableClock;
import org.mailtrace.gateway.ask.Sources;
import org.mailtrace.gateway.words.ReportWords;
import org.mailtrace.http.guard.SourceFailure;

@QuarkusTest
@QuarkusTestResource(OidcWiremockTestResource.class)
@QuarkusTestResource(FakeSources.class)
@DisplayName("F16: the gateway's own token")
class F16OwnTokenTest {
    private static final String CANARY = "canary-that-nobody-may-see";

    @Inject
    OidcClient client;

    @Inject
    Sources sources;

    @Inject
    Desk desk;

    private final MovableClock clock = new MovableClock(Instant.now());
    private final WireMockServer identityProvider = FakeSources.server(FakeSources.IDENTITY_PROVIDER);
    private OwnCredentials credentials;

    @BeforeEach
    void begin() {
        HelpDesk.isCalm();
        credentials = new OwnCredentials(client, clock);
        identityProvider.resetRequests();
    }

    @AfterEach
    void givesTokensAgain() {
        FakeSources.allEmpty();
        gives(token("the-gateways-own", 300));
    }

    @Test
    void manyWorkersThatNeedATokenAtOnceFetchItOnce() throws Exception {
        // given
        gives(token("first", 300).withFixedDelay(300));

        // when
        List<String> tokens = crowd();

        // then
        assertThat(tokens).hasSize(20).containsOnly("Bearer first");
        assertThat(fetched()).isEqualTo(1);
    }

    @Test
    void manyWorkersWhoWaitedForATokenThatDidNotComeDoNotAllAskAgain() throws Exception {
        // given
        gives(aResponse().withStatus(503).withBody(CANARY).withFixedDelay(300));

        // when
        List<String> failures = crowd();

        // then
        assertThat(failures).hasSize(20).containsOnly(ReportWords.NO_TOKEN);
        assertThat(fetched()).isLessThan(4);
    }

    @Test
    void isReplacedBeforeItEnds() {
        // given
        gives(token("short", 15));
        credentials.caller("f16");
        gives(token("next", 300));

        // when
        clock.advance(Duration.ofSeconds(6));

        // then
        assertThat(credentials.caller("f16").authorization()).isEqualTo("Bearer next");
        assertThat(fetched()).isEqualTo(2);
    }

    @Test
    void asksAgainAfterAnOutageAndNeverTellsWhatTheIdentityProviderSaid() {
        // given
        gives(aResponse().withStatus(500).withBody(CANARY));
        assertThatThrownBy(() -> credentials.caller("f16"))
                .isInstanceOfSatisfying(
                        SourceFailure.class,
                        failure -> assertThat(failure.state()).isEqualTo(SourceState.FAILED))
                .hasMessage(ReportWords.NO_TOKEN);
        gives(token("second", 300));

        // when
        clock.advance(Duration.ofSeconds(1));

        // then
        assertThat(credentials.caller("f16").authorization()).isEqualTo("Bearer second");
        assertThat(credentials.caller("f16").toString()).doesNotContain("second");
    }

    @Test
    void nonsenseFromTheIdentityProviderIsNoToken() {
        for (String body : List.of("", "<html>Sign in</html>", "{\"access_token\":", "{}", "[".repeat(100_000))) {
            // given
            gives(FakeSources.json(body));
            clock.advance(Duration.ofSeconds(1));

            // then
            assertThatThrownBy(() -> credentials.caller("f16")).as(body).isInstanceOf(SourceFailure.class);
        }
    }

    @Test
    void aTokenThatASourceRefusesIsReplacedOnceForAllAndTheQuestionIsAskedOnceMore() throws Exception {
        // given that the first one was revoked
        gives(token("first", 300));
        credentials.caller("f16");
        gives(token("second", 300).withFixedDelay(200));
        identityProvider.resetRequests();
        refuses("Bearer first", 401);

        // when
        List<String> states = crowd(() -> asked().state().name());

        // then
        assertThat(states).hasSize(20).containsOnly("ANSWERED");
        assertThat(fetched()).isEqualTo(1);
        assertThat(FakeSources.questions("archive")).isEqualTo(2 * 20);
    }

    @Test
    void aReportOfASourceIsOrderedOnceMoreWithANewToken() {
        // given
        gives(token("first", 300));
        credentials.caller("f16");
        gives(token("second", 300));
        WireMockServer archive = FakeSources.server("archive");
        archive.stubFor(delete(anyUrl()).willReturn(aResponse().withStatus(401)));
        archive.stubFor(delete(anyUrl())
                .withHeader("Authorization", equalTo("Bearer second"))
                .willReturn(FakeSources.json("{}")));

        // then
        assertThatCode(() -> desk.cancel("archive", "r1", credentials.caller("f16")))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"401, 2, issuer", "403, 1, role"})
    void aRefusalThatStaysIsSaidAsWhatItIs(int status, int times, String word) {
        // given
        gives(token("first", 300));
        refuses("Bearer first", status);

        // when
        SourceAnswer answer = asked();

        // then
        assertThat(answer.state()).isEqualTo(SourceState.DENIED);
        assertThat(answer.explanation().orElseThrow()).contains(word);
        assertThat(FakeSources.questions("archive")).isEqualTo(times);
    }

    private SourceAnswer asked() {
        Question question = Flow.question(
                Optional.empty(),
                List.of(new AddressPattern(Flow.ANA)),
                Instant.now().minusSeconds(60),
                Instant.now());
        return sources.named("archive").orElseThrow().ask(question, credentials.caller("f16"));
    }

    private static void refuses(String authorization, int status) {
        FakeSources.server("archive")
                .stubFor(get(urlPathEqualTo("/traces"))
                        .withHeader("Authorization", equalTo(authorization))
                        .atPriority(1)
                        .willReturn(aResponse().withStatus(status)));
    }

    private List<String> crowd() throws Exception {
        return crowd(this::authorization);
    }

    private static List<String> crowd(Callable<String> work) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> workers =
                    Stream.generate(() -> threads.submit(work)).limit(20).toList();
            List<String> told = new ArrayList<>();
            for (Future<String> worker : workers) {
                told.add(worker.get());
            }
            return told;
        }
    }

    private String authorization() {
        try {
            return credentials.caller("f16").authorization();
        } catch (SourceFailure e) {
            return e.getMessage();
        }
    }

    private void gives(ResponseDefinitionBuilder response) {
        identityProvider.stubFor(post(urlPathEqualTo("/token")).willReturn(response));
    }

    private static ResponseDefinitionBuilder token(String token, int seconds) {
        return FakeSources.json(
                "{\"access_token\": \"" + token + "\", \"token_type\": \"Bearer\", \"expires_in\": " + seconds + "}");
    }

    private int fetched() {
        return identityProvider
                .findAll(postRequestedFor(urlPathEqualTo("/token")))
                .size();
    }
}
