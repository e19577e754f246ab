package org.mailtrace.exo.history;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailtrace.contract.SourceState;
import org.mailtrace.exo.Settings;
import org.mailtrace.exo.quota.Errand;
import org.mailtrace.http.guard.SourceFailure;

class TokenDownloadTest {
    private static final Errand ERRAND = Errand.report(Duration.ofSeconds(5), Clock.systemUTC());
    private static final String REPORT = "report-1";

    @TempDir
    Path directory;

    private final WireMockServer server =
            new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));
    private final Map<String, String> settings = new HashMap<>();

    @BeforeEach
    void start() {
        server.start();
        settings.put("mailtrace.exo.history.directory", directory.toString());
        settings.put("mailtrace.exo.history.download", "true");
        settings.put("mailtrace.exo.history.download-hosts", "127.0.0.1");
        settings.put("mailtrace.exo.history.download-timeout", "10s");
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void takesTheFileWhereTheServerGivesOne() throws IOException {
        // given
        answers(aResponse().withBody(fixture()));

        // then
        assertThat(download()).isTrue();
        assertThat(files().of(REPORT))
                .hasValueSatisfying(file -> assertThat(file).hasBinaryContent(fixture()));
        server.verify(1, getRequestedFor(urlPathEqualTo("/file")).withHeader("Authorization", equalTo("Bearer t")));
    }

    @Test
    void asksNobodyUnlessItIsWanted() {
        // given
        settings.put("mailtrace.exo.history.download", "false");

        // then
        assertThat(download()).isFalse();
        server.verify(0, getRequestedFor(anyUrl()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1.example", "files.example"})
    void sendsTheTokenToNoOtherHost(String known) {
        // given
        settings.put("mailtrace.exo.history.download-hosts", known);

        // then
        assertThat(download()).isFalse();
        server.verify(0, getRequestedFor(anyUrl()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://files.example/f",
                "ftp://127.0.0.1/f",
                "https://127.0.0.1@files.example/f",
                "not an address",
                "/file"
            })
    void doesNotFollowEveryAddress(String address) {
        // given
        settings.put("mailtrace.exo.history.download-hosts", "127.0.0.1,files.example");

        // then
        assertThat(new TokenDownload(errand -> "t", files(), read()).into(REPORT, address, ERRAND))
                .isFalse();
    }

    @Test
    void followsNoRedirect() {
        // given
        answers(aResponse().withStatus(302).withHeader("Location", server.baseUrl() + "/sign-in"));

        // then
        assertThat(download()).isFalse();
        server.verify(0, getRequestedFor(urlPathEqualTo("/sign-in")));
    }

    @Test
    void takesASignInPageForNoFile() {
        // given
        answers(aResponse().withHeader("Content-Type", "text/html").withBody("<html>Sign in</html>"));

        // then
        assertThat(download()).isFalse();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void givesUpAServerThatDoesNotFinish() {
        // given
        settings.put("mailtrace.exo.history.download-timeout", "300ms");
        answers(aResponse().withBody(fixture()).withChunkedDribbleDelay(50, 60_000));

        // then
        assertThat(download()).isFalse();
        assertThat(files().of(REPORT)).isEmpty();
    }

    @Test
    void isNoFileWithoutAToken() {
        // given
        TokenDownload.Tokens refused = errand -> {
            throw new SourceFailure(SourceState.DENIED, "Refused.");
        };

        // then
        assertThat(new TokenDownload(refused, files(), read())
                        .into(REPORT, "http://127.0.0.1:" + server.port() + "/file", ERRAND))
                .isFalse();
    }

    private boolean download() {
        return new TokenDownload(errand -> "t", files(), read())
                .into(REPORT, "http://127.0.0.1:" + server.port() + "/file", ERRAND);
    }

    private void answers(ResponseDefinitionBuilder response) {
        server.stubFor(get(urlPathEqualTo("/file")).willReturn(response));
    }

    private ReportFiles files() {
        return new ReportFiles(read(), Clock.systemUTC());
    }

    private HistorySettings read() {
        return Settings.of(HistorySettings.class, settings);
    }

    private static byte[] fixture() {
        try (InputStream in = TokenDownloadTest.class.getResourceAsStream("/history/synthetic-extended.csv")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
