package org.mailtrace.exo;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailtrace.exo.cmdlet.CmdletFixture;
import org.mailtrace.exo.graph.GraphFixture;
import org.mailtrace.exo.quota.Errand;
import org.mailtrace.exo.rows.MessageTraces;
import org.mailtrace.exo.rows.TraceFilter;
import org.mailtrace.exo.token.CredentialWatch;
import org.mailtrace.exo.token.TokenFixture;
import org.mailtrace.exo.wire.Wire;
import org.mailtrace.exo.wire.WireFixture;

/** A tenant with its sign-in and both interfaces, and the service's clients towards it. */
final class Vendor implements AutoCloseable {
    static final String TENANT = "0d4f9f1e-3c1b-4f5e-9c6a-6a8a3a1f0b11";
    static final Instant FROM = Instant.parse("2026-11-20T00:00:00Z");
    static final Instant TO = Instant.parse("2026-11-22T00:00:00Z");

    private static final String TOKEN = "/" + TENANT + "/oauth2/v2.0/token";

    private final WireMockServer server =
            new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));
    private final Clock clock = Clock.systemUTC();
    private final OpenBudget budget = new OpenBudget(clock);
    private final CredentialWatch watch = TokenFixture.watch(clock);

    Vendor() {
        server.start();
        tokenIs("first");
    }

    @Override
    public void close() {
        server.stop();
    }

    /** Clients that meet this vendor, or another one that the values name. */
    MessageTraces client(Interface by, Map<String, String> values) {
        return client(by, values, WireFixture.wire(wire(values)));
    }

    MessageTraces client(Interface by, Map<String, String> values, Wire toVendor) {
        Map<String, String> all = settings(values);
        var tokens = TokenFixture.tokens(all, WireFixture.wire(Map.of()), watch, clock);
        return by == Interface.GRAPH
                ? GraphFixture.client(all, toVendor, tokens, watch, budget, clock)
                : CmdletFixture.traces(all, toVendor, tokens, watch, budget, clock);
    }

    Map<String, String> settings(Map<String, String> values) {
        Map<String, String> all = new HashMap<>(values);
        all.putIfAbsent("mailtrace.exo.token-url", server.baseUrl() + TOKEN);
        all.putIfAbsent("mailtrace.exo.graph-url", server.baseUrl() + "/v1.0");
        all.putIfAbsent("mailtrace.exo.exchange-url", server.baseUrl());
        all.putIfAbsent("mailtrace.exo.max-pages", "3");
        all.putIfAbsent("mailtrace.exo.exchange-max-pages", "3");
        for (String guard : List.of("graph", "exchange")) {
            all.putIfAbsent("mailtrace.exo." + guard + "-guard.retry-delay", "5ms");
            all.putIfAbsent("mailtrace.exo." + guard + "-guard.breaker-volume", "1000");
        }
        return all;
    }

    private static Map<String, String> wire(Map<String, String> values) {
        Map<String, String> all = new HashMap<>(values);
        all.keySet().removeIf(key -> !key.startsWith("mailtrace.exo.wire."));
        return all;
    }

    String url() {
        return server.baseUrl();
    }

    void answers(Interface by, ResponseDefinitionBuilder response) {
        server.stubFor(by.request().willReturn(response));
    }

    /** What is answered to this token. */
    void answersTo(Interface by, String token, ResponseDefinitionBuilder response) {
        server.stubFor(by.request()
                .withHeader("Authorization", containing(claims(token)))
                .willReturn(response));
    }

    /** What is answered at the address of a next page. */
    void answersAt(Interface by, String skipToken, ResponseDefinitionBuilder response) {
        server.stubFor(
                by.request().withQueryParam("$skiptoken", containing(skipToken)).willReturn(response));
    }

    String nextLink(Interface by, String skipToken) {
        return server.baseUrl() + by.path() + "?$skiptoken=" + skipToken;
    }

    void tokenIs(String name) {
        tokenAnswers(aResponse()
                .withBody("{\"token_type\":\"Bearer\",\"expires_in\":3599,\"access_token\":\"" + token(name) + "\"}"));
    }

    void tokenAnswers(ResponseDefinitionBuilder response) {
        server.stubFor(post(urlPathEqualTo(TOKEN)).willReturn(response));
    }

    /** A token that names the tenant as Microsoft's do; its signature is none. */
    static String token(String name) {
        return "e30." + claims(name) + ".c2ln";
    }

    private static String claims(String name) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        ("{\"tid\":\"" + TENANT + "\",\"name\":\"" + name + "\"}").getBytes(StandardCharsets.UTF_8));
    }

    int requests(Interface by) {
        return server.countRequestsMatching(by.requested().build()).getCount();
    }

    int tokenRequests() {
        return server.countRequestsMatching(
                        postRequestedFor(urlPathEqualTo(TOKEN)).build())
                .getCount();
    }

    WireMockServer server() {
        return server;
    }

    OpenBudget budget() {
        return budget;
    }

    CredentialWatch watch() {
        return watch;
    }

    Errand errand() {
        return Errand.question(Duration.ofSeconds(30), clock);
    }

    Errand errand(Duration span) {
        return Errand.question(span, clock);
    }

    static TraceFilter filter() {
        return filter(FROM, TO);
    }

    static TraceFilter filter(Instant from, Instant to) {
        return new TraceFilter(
                from,
                to,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of("ana@rivercounty.example"),
                Optional.empty());
    }
}
