package org.mailtrace.exo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.mailtrace.contract.SourceState;
import org.mailtrace.exo.rows.MessageTraces;
import org.mailtrace.exo.rows.Rows;
import org.mailtrace.exo.wire.WireFixture;
import org.mailtrace.exo.words.InterfaceWords;
import org.mailtrace.http.guard.SourceFailure;
import org.mailtrace.testkit.TlsServers;

@QuarkusTest
@QuarkusTestResource(OidcWiremockTestResource.class)
@QuarkusTestResource(FakeGraph.class)
@DisplayName("F14: unknown hosts and certificates that prove nothing")
class F14UntrustedVendorTest {
    @TempDir
    static Path folder;

    private static TlsServers servers;
    private Vendor vendor;

    @BeforeAll
    static void makeCertificates() throws IOException, GeneralSecurityException, InterruptedException {
        servers = new TlsServers(folder, "{\"value\":[]}");
    }

    @AfterAll
    static void stopServers() {
        servers.close();
    }

    @BeforeEach
    void start() {
        vendor = new Vendor();
    }

    @AfterEach
    void stop() {
        vendor.close();
    }

    @ParameterizedTest
    @EnumSource
    void asksAHostThatProvesWhoItIs(Interface by) throws IOException, GeneralSecurityException {
        // given
        int before = servers.requests();

        // when
        Rows rows = rows(by, servers.url("good"));

        // then
        assertThat(rows.ending()).isEmpty();
        assertThat(servers.requests()).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @CsvSource({
        "GRAPH,expired",
        "GRAPH,another-host",
        "GRAPH,stranger",
        "CMDLET,expired",
        "CMDLET,another-host",
        "CMDLET,stranger"
    })
    void sendsNothingToAHostThatDoesNotProveWhoItIs(Interface by, String certificate)
            throws IOException, GeneralSecurityException {
        // given
        int before = servers.requests();

        // when
        Rows rows = rows(by, servers.url(certificate));

        // then
        assertThat(rows.ending()).map(SourceFailure::state).contains(SourceState.FAILED);
        assertThat(rows.ending()).map(Exception::getMessage).contains(InterfaceWords.hostNotTrusted("localhost"));
        assertThat(servers.requests()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void neverFallsBackToClearText(Interface by) throws IOException, GeneralSecurityException {
        // given
        String clear = vendor.url().replace("http://", "https://");

        // when
        Rows rows = rows(by, clear);

        // then
        assertThat(rows.ending()).map(Exception::getMessage).contains(InterfaceWords.hostNotTrusted("localhost"));
        vendor.server().verify(0, by.requested());
        vendor.server().verify(1, WireMock.postRequestedFor(WireMock.urlPathMatching("/.*/token")));
    }

    @ParameterizedTest
    @EnumSource
    void namesAHostThatDoesNotExist(Interface by) throws IOException, GeneralSecurityException {
        // when
        Rows rows = rows(by, "https://unknown.invalid");

        // then
        assertThat(rows.ending()).map(SourceFailure::state).contains(SourceState.FAILED);
        assertThat(rows.ending()).map(Exception::getMessage).contains(InterfaceWords.hostUnknown("unknown.invalid"));
    }

    @ParameterizedTest
    @CsvSource({"GRAPH,mailtrace.exo.graph-url", "CMDLET,mailtrace.exo.exchange-url"})
    void startsWithNoAddressThatWouldCarrySecretsInTheClear(Interface by, String key) {
        assertThatThrownBy(() -> vendor.client(by, Map.of(key, "http://contoso.example/v1.0")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Set " + key + " to an https address: secrets are sent there.");
    }

    private Rows rows(Interface by, String url) throws IOException, GeneralSecurityException {
        MessageTraces traces = vendor.client(
                by,
                Map.of("mailtrace.exo.graph-url", url + "/v1.0", "mailtrace.exo.exchange-url", url),
                WireFixture.trusting(servers.trust(), Map.of()));
        return traces.rows(Vendor.filter(), vendor.errand());
    }
}
