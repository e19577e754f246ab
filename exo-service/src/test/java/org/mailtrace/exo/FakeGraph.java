package org.mailtrace.exo;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Answers as Microsoft Entra ID and Microsoft Graph do, or fails as they do. All rows are synthetic. */
public final class FakeGraph implements QuarkusTestResourceLifecycleManager {
    static final String TRACES = "/v1.0/admin/exchange/tracing/messageTraces";
    static final String TOKEN = "/tenant/oauth2/v2.0/token";
    private static final String DETAILS = TRACES + "/.*/getDetailsByRecipient.*";
    private static final ParsedGraph PARSED = new ParsedGraph();
    private static final WireMockServer SERVER = new WireMockServer(WireMockConfiguration.options()
            .dynamicPort()
            .bindAddress("127.0.0.1")
            .extensions(PARSED));

    @Override
    public Map<String, String> start() {
        SERVER.start();
        reset();
        return Map.ofEntries(
                Map.entry("mailtrace.domains", "rivercounty.example"),
                Map.entry("mailtrace.exo.graph-url", SERVER.baseUrl() + "/v1.0"),
                Map.entry("mailtrace.exo.token-url", SERVER.baseUrl() + TOKEN),
                Map.entry("mailtrace.exo.client-id", "4711"),
                Map.entry("mailtrace.exo.client-secret", "synthetic-secret"),
                Map.entry("mailtrace.exo.max-pages", "3"),
                Map.entry("mailtrace.exo.wire.request-timeout", "900ms"),
                Map.entry("mailtrace.exo.graph-guard.retry-delay", "10ms"),
                Map.entry("mailtrace.exo.graph-guard.breaker-delay", "300ms"),
                Map.entry("mailtrace.exo.token-guard.retry-delay", "10ms"),
                Map.entry("mailtrace.exo.token-guard.breaker-delay", "300ms"),
                Map.entry("mailtrace.exo.quota.requests", "10000"),
                Map.entry("mailtrace.exo.quota.window", "2s"));
    }

    @Override
    public void stop() {
        SERVER.stop();
    }

    /** A tenant without messages. */
    static void reset() {
        SERVER.resetAll();
        SERVER.stubFor(post(urlPathEqualTo(TOKEN)).willReturn(aResponse().withBody(token("t-" + UUID.randomUUID()))));
        tracesAre();
        detailsAre(event("Receive", 1, "Message received by: X"), event("Deliver", 2, "Delivered."));
    }

    static String token(String value) {
        return "{\"token_type\":\"Bearer\",\"expires_in\":3599,\"access_token\":\"" + value + "\"}";
    }

    static void tokenAnswers(ResponseDefinitionBuilder response) {
        SERVER.stubFor(post(urlPathEqualTo(TOKEN)).willReturn(response));
    }

    static void tracesAre(String... rows) {
        tracesAnswer(aResponse().withBody(page("", rows)));
    }

    static void tracesAnswer(ResponseDefinitionBuilder response) {
        SERVER.stubFor(get(urlPathEqualTo(TRACES)).willReturn(response));
    }

    static void tracesWith(String inFilter, String... rows) {
        tracesWith(inFilter, aResponse().withBody(page("", rows)));
    }

    static void tracesWith(String inFilter, ResponseDefinitionBuilder response) {
        SERVER.stubFor(get(urlPathEqualTo(TRACES))
                .withQueryParam("$filter", containing(inFilter))
                .willReturn(response));
    }

    static void pageAt(String skipToken, String body) {
        SERVER.stubFor(get(urlPathEqualTo(TRACES))
                .withQueryParam("$skiptoken", containing(skipToken))
                .willReturn(aResponse().withBody(body)));
    }

    static void detailsAre(String... events) {
        detailsAnswer(aResponse().withBody("{\"value\":[" + String.join(",", events) + "]}"));
    }

    static void detailsAnswer(ResponseDefinitionBuilder response) {
        SERVER.stubFor(get(urlPathMatching(DETAILS)).willReturn(response));
    }

    /** From now on every request is really parsed and answered from these rows. */
    static void parsing(List<Map<String, String>> rows) {
        PARSED.hold(rows);
        ResponseDefinitionBuilder parsed = aResponse().withTransformers(ParsedGraph.NAME);
        SERVER.stubFor(get(urlPathEqualTo(TRACES)).willReturn(parsed));
        SERVER.stubFor(get(urlPathMatching(DETAILS)).willReturn(parsed));
    }

    static ParsedGraph parsed() {
        return PARSED;
    }

    static void goAway() {
        SERVER.resetMappings();
        SERVER.stubFor(any(anyUrl()).willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
    }

    static int listRequests() {
        return SERVER.countRequestsMatching(
                        getRequestedFor(urlPathEqualTo(TRACES)).build())
                .getCount();
    }

    static int detailRequests() {
        return SERVER.countRequestsMatching(
                        getRequestedFor(urlPathMatching(DETAILS)).build())
                .getCount();
    }

    static int tokenRequests() {
        return SERVER.countRequestsMatching(
                        postRequestedFor(urlPathEqualTo(TOKEN)).build())
                .getCount();
    }

    static String nextLink(String skipToken) {
        return SERVER.baseUrl() + TRACES + "?$skiptoken=" + skipToken;
    }

    static String page(String next, String... rows) {
        String link = next.isEmpty() ? "" : "\"@odata.nextLink\":\"" + next + "\",";
        return Stream.of(rows).collect(Collectors.joining(",", "{" + link + "\"value\":[", "]}"));
    }

    static String row(String id, Instant received, String recipient, String status) {
        return "{\"id\":\"" + id + "\",\"senderAddress\":\"sam@contoso.example\",\"recipientAddress\":\"" + recipient
                + "\",\"messageId\":\"<" + id + "@contoso.example>\",\"receivedDateTime\":\"" + received
                + "\",\"subject\":\"Quarterly report\",\"size\":45678,\"fromIP\":\"192.0.2.7\",\"toIP\":\"\",\"status\":\""
                + status + "\"}";
    }

    static String event(String name, int second, String description) {
        return "{\"id\":\"x\",\"messageId\":\"<x>\",\"dateTime\":\"2026-11-23T08:00:0" + second + "Z\",\"event\":\""
                + name
                + "\",\"action\":\"\",\"description\":\"" + description
                + "\",\"data\":\"<root><MEP Name=\\\"ServerHostName\\\" String=\\\"X\\\"/></root>\"}";
    }
}
