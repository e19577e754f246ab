package org.mailtrace.exo.history;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import java.util.UUID;

/** Sign-in, an empty Graph, and historical searches by cmdlet. All of it is synthetic. */
public final class FakeAdminCenter implements QuarkusTestResourceLifecycleManager {
    private static final String CMDLETS = "/adminapi/beta/.*/InvokeCommand";
    private static final WireMockServer SERVER =
            new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));

    @Override
    public Map<String, String> start() {
        SERVER.start();
        reset();
        return Map.ofEntries(
                Map.entry("mailtrace.domains", "rivercounty.example"),
                Map.entry("mailtrace.exo.graph-url", SERVER.baseUrl() + "/v1.0"),
                Map.entry("mailtrace.exo.exchange-url", SERVER.baseUrl()),
                Map.entry("mailtrace.exo.tenant-id", "d0000000-0000-4000-8000-000000000001"),
                Map.entry("mailtrace.exo.token-url", SERVER.baseUrl() + "/tenant/oauth2/v2.0/token"),
                Map.entry("mailtrace.exo.client-id", "4711"),
                Map.entry("mailtrace.exo.client-secret", "synthetic-secret"),
                Map.entry("mailtrace.exo.quota.requests", "10000"),
                Map.entry("mailtrace.exo.quota.window", "2s"),
                Map.entry("mailtrace.exo.report.thorough", "historical-search"),
                Map.entry("mailtrace.exo.report.poll", "50ms"),
                Map.entry("mailtrace.exo.history.directory", "target/history/" + UUID.randomUUID()),
                Map.entry("mailtrace.exo.history.poll", "50ms"),
                Map.entry("mailtrace.exo.history.file-poll", "50ms"),
                Map.entry("mailtrace.exo.history.max-file-bytes", "3000000"),
                Map.entry("mailtrace.exo.history.messages-per-step", "1"));
    }

    @Override
    public void stop() {
        SERVER.stop();
    }

    static void reset() {
        SERVER.resetAll();
        SERVER.stubFor(post(urlPathMatching("/tenant/.*"))
                .willReturn(aResponse()
                        .withBody("{\"token_type\":\"Bearer\",\"expires_in\":3599,\"access_token\":\"t\"}")));
        SERVER.stubFor(get(urlPathMatching("/v1.0/.*")).willReturn(aResponse().withBody("{\"value\":[]}")));
        cmdlet("Get-HistoricalSearch", "");
        cmdlet("Start-HistoricalSearch", "{\"JobId\":\"j-1\"}");
    }

    /** The search that was started is done, and its file is somewhere. */
    static void searchIsDone() {
        SERVER.stubFor(post(urlPathMatching(CMDLETS))
                .withRequestBody(matchingJsonPath("$.CmdletInput.Parameters.JobId"))
                .willReturn(aResponse()
                        .withBody(
                                "{\"value\":[{\"JobId\":\"j-1\",\"JobId@data.type\":\"System.Guid\",\"Status\":\"Done\","
                                        + "\"Rows\":20,\"FileUrl\":\"https://files.example/f\"}]}")));
    }

    static int searchesStarted() {
        return SERVER.countRequestsMatching(postRequestedFor(urlPathMatching(CMDLETS))
                        .withRequestBody(containing("Start-HistoricalSearch"))
                        .build())
                .getCount();
    }

    private static void cmdlet(String name, String rows) {
        SERVER.stubFor(post(urlPathMatching(CMDLETS))
                .withRequestBody(containing(name))
                .willReturn(aResponse().withBody("{\"value\":[" + rows + "]}")));
    }
}
