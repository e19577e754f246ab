package org.mailtrace.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Behind TLS that ends at an ingress, every link must say https: whoever follows one sends the token along. */
@QuarkusTest
@QuarkusTestResource(OidcWiremockTestResource.class)
@QuarkusTestResource(FakeSources.class)
class BehindAProxyTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SOMEBODY_ELSE = "127.0.0.1";

    @TestHTTPResource
    URI base;

    @BeforeEach
    void aSourceWithTwoPages() {
        FakeSources.allEmpty();
        FakeSources.answers("archive", "ANSWERED", row(1) + "," + row(2));
    }

    @Test
    void everyLinkIsTheProxysWhereAProxySaysSo() throws Exception {
        // when
        HttpResponse<String> page = ask(FakeSources.PROXY);

        // then
        assertThat(links(page)).hasSize(3).allMatch(link -> link.matches("https://localhost(:443)?/.*"));
        assertThat(ordered(FakeSources.PROXY).headers().firstValue("Location"))
                .hasValueSatisfying(location -> assertThat(location).matches("https://localhost(:443)?/.*"));
        assertThat(schemes(FakeSources.PROXY)).isEqualTo("[\"https\"]");
    }

    @Test
    void nothingIsBelievedOfSomebodyElse() throws Exception {
        // when
        HttpResponse<String> page = ask(SOMEBODY_ELSE);

        // then
        assertThat(links(page)).hasSize(3).allMatch(link -> link.startsWith("http://localhost:" + base.getPort()));
        assertThat(ordered(SOMEBODY_ELSE).headers().firstValue("Location"))
                .hasValueSatisfying(location -> assertThat(location).startsWith("http://localhost:"));
        assertThat(schemes(SOMEBODY_ELSE)).isEqualTo("[\"http\"]");
    }

    private HttpResponse<String> ask(String from) throws Exception {
        HttpResponse<String> page = send(from, request("traces?recipient=ana@rivercounty.example&limit=1"));
        assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
        return page;
    }

    private static Set<String> links(HttpResponse<String> page) throws IOException {
        JsonNode answer = JSON.readTree(page.body());
        String header = page.headers().firstValue("Link").orElseThrow();
        return Set.of(
                header.substring(1, header.indexOf('>')) + "#header",
                answer.at("/page/next").asText() + "#body",
                answer.at("/traces/0/links/self").asText() + "#trace");
    }

    private HttpResponse<String> ordered(String from) throws Exception {
        String body = "{\"recipient\": [\"ana@rivercounty.example\"]}";
        return send(
                from,
                request("traces/reports")
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", "behind-a-proxy-" + from)
                        .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private String schemes(String from) throws Exception {
        return JSON.readTree(send(from, request("openapi-2.0.json")).body())
                .path("schemes")
                .toString();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + base.getPort() + "/" + path))
                .timeout(Duration.ofMinutes(1))
                .header(
                        "Authorization",
                        "Bearer " + OidcWiremockTestResource.getAccessToken("helpdesk", Set.of("trace-reader")))
                .header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-Port", "443")
                .header("X-Forwarded-For", "203.0.113.7");
    }

    private static HttpResponse<String> send(String from, HttpRequest.Builder request) throws Exception {
        try (HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .localAddress(InetAddress.getByName(from))
                .build()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static String row(int number) {
        Duration ago = Duration.ofHours(number);
        return FakeSources.observation(
                "a" + number,
                ago,
                "<m" + number + "@contoso.example>",
                FakeSources.recipient("ana@rivercounty.example", "DELIVERED", ago, ""));
    }
}
