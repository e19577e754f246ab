package org.mailtrace.gateway;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlMatching;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mailtrace.testkit.TcpFront;

/** Four sources over real HTTP; the fourth, archive, exists only as configuration. */
public final class FakeSources implements QuarkusTestResourceLifecycleManager {
    public static final List<String> NAMES = List.of("archive", "exchange-online", "onprem-exchange", "proofpoint");
    public static final String PROXY = "127.0.0.2";
    public static final String IDENTITY_PROVIDER = "identity-provider";
    /** Synthetic: 32 bytes of zeros and ones. */
    public static final String CALLBACK_SECRET = "whsec_AAEAAQABAAEAAQABAAEAAQABAAEAAQABAAEAAQABAAE=";

    private static final Map<String, WireMockServer> SERVERS = new LinkedHashMap<>();
    private static final Map<String, TcpFront> FRONTS = new LinkedHashMap<>();

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new HashMap<>();
        for (String name : NAMES) {
            WireMockServer server =
                    new WireMockServer(WireMockConfiguration.options().dynamicPort());
            server.start();
            SERVERS.put(name, server);
            settings.put(
                    "mailtrace.sources." + name + ".url",
                    "http://localhost:" + front(name, server.port()).port());
            settings.put("mailtrace.sources." + name + ".guard.timeout", "1500ms");
            settings.put("mailtrace.sources." + name + ".guard.breaker-delay", "300ms");
        }
        settings.put("mailtrace.sources.archive.title", "Archive");
        // Long enough to see an open circuit; whoever opens it closes it again.
        settings.put("mailtrace.sources.archive.guard.breaker-delay", "2s");
        // Switched off: it is not asked, not shown, and no answer waits for it.
        settings.put("mailtrace.sources.annex.url", "http://localhost:1");
        settings.put("mailtrace.sources.annex.title", "Annex");
        settings.put("mailtrace.sources.annex.hosts", "*.annex.example");
        settings.put("mailtrace.sources.annex.enabled", "false");
        // A proxy has this address; whoever comes from another is not believed.
        settings.put("quarkus.http.proxy.proxy-address-forwarding", "true");
        settings.put("quarkus.http.proxy.allow-x-forwarded", "true");
        settings.put("quarkus.http.proxy.trusted-proxies", PROXY + "/32");
        settings.put("mailtrace.domains", "rivercounty.example");
        settings.put("mailtrace.deadline", "5s");
        settings.put("mailtrace.round-needs", "1s");
        settings.put("mailtrace.answer-limit", "100000");
        settings.put("mailtrace.heartbeat", "300ms");
        settings.put("mailtrace.reports.poll", "50ms");
        settings.put("mailtrace.reports.sweep", "100ms");
        settings.put("mailtrace.reports.first-pause", "50ms");
        settings.put("mailtrace.reports.max-failures", "2");
        settings.put("mailtrace.reports.page-size", "2");
        settings.put("mailtrace.callbacks.secret", CALLBACK_SECRET);
        settings.put("mailtrace.callbacks.plain-http", "true");
        settings.put("mailtrace.callbacks.allowed", "127.0.0.1,hooks.localhost");
        settings.put("mailtrace.callbacks.timeout", "2s");
        settings.put("mailtrace.callbacks.poll", "50ms");
        settings.put("mailtrace.callbacks.pauses", "50ms,50ms");
        settings.putAll(identityProvider());
        return settings;
    }

    private static TcpFront front(String name, int port) {
        try {
            TcpFront front = new TcpFront(port);
            FRONTS.put(name, front);
            return front;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** It gives the gateway a token of its own. */
    private static Map<String, String> identityProvider() {
        WireMockServer server =
                new WireMockServer(WireMockConfiguration.options().dynamicPort());
        server.start();
        server.stubFor(post(urlPathEqualTo("/token"))
                .willReturn(json("{\"access_token\": \"the-gateways-own\", \"token_type\": \"Bearer\","
                        + " \"expires_in\": 300}")));
        SERVERS.put(IDENTITY_PROVIDER, server);
        return Map.of(
                "quarkus.oidc-client.token-path",
                server.baseUrl() + "/token",
                "quarkus.oidc-client.credentials.secret",
                "synthetic");
    }

    @Override
    public void stop() {
        SERVERS.values().forEach(WireMockServer::stop);
        SERVERS.clear();
        FRONTS.values().forEach(TcpFront::stop);
        FRONTS.clear();
    }

    /** The door in front of a source, which can do to connections what networks do. */
    public static TcpFront front(String source) {
        return FRONTS.get(source);
    }

    /** How often a source was searched since its requests were last forgotten. */
    public static int questions(String source) {
        return server(source)
                .findAll(getRequestedFor(urlPathEqualTo("/traces")))
                .size();
    }

    public static WireMockServer server(String source) {
        return SERVERS.get(source);
    }

    /** All sources look and have nothing. */
    public static void allEmpty() {
        NAMES.forEach(name -> {
            front(name).recover();
            server(name).resetAll();
            answers(name, "ANSWERED", "");
        });
    }

    /** A source answers every search with these observations. */
    public static void answers(String source, String state, String observations) {
        server(source)
                .stubFor(get(urlPathEqualTo("/traces")).willReturn(json(answer(source, state, observations, ""))));
    }

    public static String answer(String source, String state, String observations, String more) {
        return """
                {"source": "%s", "state": "%s", "absenceProvenUntil": "%s", "tookMs": 3, "explanation": "So it is.",
                 "parts": [], "warnings": [], "observations": [%s]%s}
                """.formatted(source, state, Instant.now(), observations, more);
    }

    /** Whatever it is asked, a source does this. */
    public static void does(String source, ResponseDefinitionBuilder response) {
        server(source).resetAll();
        server(source).stubFor(any(anyUrl()).willReturn(response));
    }

    public static void finds(String source, String observation) {
        server(source).stubFor(get(urlMatching("/traces/.+")).willReturn(json(observation)));
    }

    public static void knowsNoSuchId(String source) {
        server(source)
                .stubFor(get(urlMatching("/traces/.+"))
                        .willReturn(aResponse()
                                .withStatus(404)
                                .withHeader("Content-Type", "application/problem+json")
                                .withBody("{\"type\": \"https://mailtrace.example/problems/not-found\","
                                        + " \"title\": \"There is nothing here.\", \"status\": 404}")));
    }

    /** Its service sets its circuits back when an operator wants it. */
    public static void knowsReset(String source) {
        server(source)
                .stubFor(post(urlPathEqualTo("/source/circuit/reset"))
                        .willReturn(json("{\"source\": \"" + source
                                + "\", \"circuit\": \"CLOSED\", \"credentials\": \"WORKING\", \"parts\": []}")));
    }

    public static ResponseDefinitionBuilder json(String body) {
        return aResponse().withHeader("Content-Type", "application/json").withBody(body);
    }

    public static String observation(String id, Duration ago, String messageId, String recipients) {
        Instant at = Instant.now().minus(ago).truncatedTo(ChronoUnit.MILLIS);
        return """
                {"sourceId": "%s", "messageId": "%s", "sender": "sam@contoso.example", "subject": "Quarterly report",
                 "firstSeen": "%s", "lastSeen": "%s", "recipientsComplete": true, "detailsFetched": true,
                 "recipients": [%s], "events": [], "relatedMessages": []}
                """.formatted(id, messageId, at, at, recipients);
    }

    public static String recipient(String address, String status, Duration ago, String more) {
        return """
                {"address": "%s", "status": "%s", "rawStatus": "raw", "at": "%s", "explanation": "So it was.",
                 "relatedAddresses": []%s}
                """.formatted(address, status, Instant.now().minus(ago).truncatedTo(ChronoUnit.MILLIS), more);
    }
}
