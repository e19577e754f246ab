package org.mailtrace.exo.token;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailtrace.contract.CredentialState;
import org.mailtrace.contract.SourceState;
import org.mailtrace.exo.FakeGraph;
import org.mailtrace.exo.Settings;
import org.mailtrace.exo.TickingClock;
import org.mailtrace.exo.wire.Deadline;
import org.mailtrace.exo.wire.Wire;
import org.mailtrace.exo.wire.WireSettings;
import org.mailtrace.http.guard.SourceFailure;

@QuarkusTest
@QuarkusTestResource(OidcWiremockTestResource.class)
@QuarkusTestResource(FakeGraph.class)
@DisplayName("F16: tokens that expire, are refused, or cannot be had")
class AccessTokensTest {
    private static final String GRAPH = "https://graph.microsoft.com/.default";
    private final WireMockServer entra =
            new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));
    private final TickingClock clock = new TickingClock("2026-11-23T08:00:00Z");
    private final CredentialWatch credentials = new CredentialWatch(clock);
    private AccessTokens tokens;

    @BeforeEach
    void start() {
        entra.start();
        tokens = tokens(Map.of("mailtrace.exo.token-url", entra.baseUrl() + "/token"));
        answer(aResponse().withBody(body("first")));
    }

    @AfterEach
    void stop() {
        entra.stop();
    }

    @Test
    void keepsATokenUntilShortlyBeforeItsEnd() {
        // given
        assertThat(tokens.current(GRAPH, deadline())).isEqualTo("first");
        answer(aResponse().withBody(body("second")));

        // then
        clock.advance(Duration.ofMinutes(54));
        assertThat(tokens.current(GRAPH, deadline())).isEqualTo("first");
        clock.advance(Duration.ofMinutes(2));
        assertThat(tokens.current(GRAPH, deadline())).isEqualTo("second");
        assertThat(requests()).isEqualTo(2);
    }

    @Test
    void fetchesOnceHoweverManyWait() throws InterruptedException, ExecutionException {
        // given
        answer(aResponse().withFixedDelay(300).withBody(body("shared")));

        // when
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> waiting = IntStream.range(0, 50)
                    .mapToObj(i -> threads.submit(() -> tokens.current(GRAPH, deadline())))
                    .toList();
            for (Future<String> one : waiting) {
                assertThat(one.get()).isEqualTo("shared");
            }
        }

        // then
        assertThat(requests()).isEqualTo(1);
    }

    @Test
    void usesTheOldTokenUpToItsEndWhenTheEndpointIsAway() {
        // given
        tokens.current(GRAPH, deadline());
        answer(aResponse().withStatus(503));

        // then
        clock.advance(Duration.ofMinutes(57));
        assertThat(tokens.current(GRAPH, deadline())).isEqualTo("first");
        clock.advance(Duration.ofMinutes(4));
        assertThatThrownBy(() -> tokens.current(GRAPH, deadline())).isInstanceOf(SourceFailure.class);
    }

    @Test
    void forgetsOnlyTheTokenThatWasRefused() {
        // given
        tokens.current(GRAPH, deadline());

        // when
        tokens.forget(GRAPH, "another");
        tokens.current(GRAPH, deadline());
        assertThat(requests()).isEqualTo(1);
        tokens.forget(GRAPH, "first");
        tokens.current(GRAPH, deadline());

        // then
        assertThat(requests()).isEqualTo(2);
    }

    @Test
    void sendsTheClientCredentialsGrant() {
        // when
        tokens.current(GRAPH, deadline());

        // then
        entra.verify(postRequestedFor(urlPathEqualTo("/token"))
                .withRequestBody(containing("grant_type=client_credentials"))
                .withRequestBody(containing("client_secret=s%26cret"))
                .withRequestBody(containing("scope=https%3A%2F%2Fgraph.microsoft.com%2F.default")));
    }

    @Test
    void keepsTheTokensOfTwoScopesApart() {
        // given
        tokens.current(GRAPH, deadline());
        answer(aResponse().withBody(body("second")));

        // when
        String other = tokens.current("https://outlook.office365.com/.default", deadline());

        // then
        assertThat(other).isEqualTo("second");
        assertThat(tokens.current(GRAPH, deadline())).isEqualTo("first");
        assertThat(requests()).isEqualTo(2);
        entra.verify(postRequestedFor(urlPathEqualTo("/token"))
                .withRequestBody(containing("scope=https%3A%2F%2Foutlook.office365.com%2F.default")));
    }

    @Test
    void countsARefusalForOneScopeUntilThatScopeWorks() {
        // when
        credentials.refused("one");
        credentials.accepted("other");

        // then
        assertThat(credentials.state()).isEqualTo(CredentialState.REFUSED);
        credentials.accepted("one");
        assertThat(credentials.state()).isEqualTo(CredentialState.WORKING);
    }

    @Test
    void remembersThatTheCredentialWasRefused() {
        // given
        answer(aResponse().withStatus(401).withBody("{\"error_description\":\"AADSTS7000222: expired\"}"));

        // then
        assertThatThrownBy(() -> tokens.current(GRAPH, deadline()))
                .isInstanceOfSatisfying(
                        SourceFailure.class, e -> assertThat(e.state()).isEqualTo(SourceState.DENIED));
        assertThat(credentials.state()).isEqualTo(CredentialState.REFUSED);
        assertThat(credentials.since()).contains(clock.instant());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{}", "<html>", "{\"access_token\":\"a\"}", "{\"access_token\":\"a b\",\"expires_in\":60}"})
    void takesNoTokenFromAnUnusableAnswer(String body) {
        // given
        answer(aResponse().withBody(body));

        // then
        assertThatThrownBy(() -> tokens.current(GRAPH, deadline()))
                .isInstanceOfSatisfying(
                        SourceFailure.class, e -> assertThat(e.state()).isEqualTo(SourceState.FAILED));
    }

    @Test
    void neverShowsASecret() {
        assertThat(new AccessToken("secret", clock.instant()).toString()
                        + new SecretCredential("secret")
                        + new TokenEndpoint.Grant(new AccessToken("secret", clock.instant()), Duration.ZERO))
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "login.microsoftonline.com/token", "ftp://login.example/token"})
    void namesAMissingOrWrongSetting(String url) {
        assertThatThrownBy(() -> tokens(url.isEmpty() ? Map.of() : Map.of("mailtrace.exo.token-url", url)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("Set mailtrace.exo.token-url");
    }

    private AccessTokens tokens(Map<String, String> values) {
        Map<String, String> all = new HashMap<>(values);
        all.put("mailtrace.exo.client-id", "4711");
        all.put("mailtrace.exo.client-secret", "s&cret");
        all.put("mailtrace.exo.token-guard.retry-delay", "5ms");
        return new AccessTokens(
                Settings.of(TokenSettings.class, all),
                new Wire(Settings.of(WireSettings.class, Map.of())),
                new ObjectMapper(),
                credentials,
                clock,
                new SimpleMeterRegistry());
    }

    private void answer(ResponseDefinitionBuilder response) {
        entra.stubFor(post(urlPathEqualTo("/token")).willReturn(response));
    }

    private int requests() {
        return entra.countRequestsMatching(
                        postRequestedFor(urlPathEqualTo("/token")).build())
                .getCount();
    }

    private Deadline deadline() {
        return Deadline.in(Duration.ofSeconds(10), clock);
    }

    private static String body(String token) {
        return "{\"token_type\":\"Bearer\",\"expires_in\":3600,\"access_token\":\"" + token + "\"}";
    }
}
