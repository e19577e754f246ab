package org.mailtrace.exo;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailtrace.contract.SourceState;
import org.mailtrace.exo.rows.MessageTraces;
import org.mailtrace.exo.rows.Rows;
import org.mailtrace.http.guard.SourceFailure;
import org.mailtrace.testkit.TcpFront;

@QuarkusTest
@QuarkusTestResource(OidcWiremockTestResource.class)
@QuarkusTestResource(FakeGraph.class)
@DisplayName("F12: the vendor drips, stalls or never ends")
class F12StalledVendorTest {
    private static final String HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 400\r\n\r\n";
    private Vendor vendor;
    private TcpFront front;

    @BeforeEach
    void start() throws IOException {
        vendor = new Vendor();
        front = new TcpFront(1);
    }

    @AfterEach
    void stop() {
        front.stop();
        vendor.close();
    }

    static Stream<Arguments> mishaps() {
        return Stream.of(Interface.values())
                .flatMap(by -> Stream.of(
                        Arguments.of(
                                by, "body of one byte a second", HEAD + "{\"value\":[]}" + " ".repeat(388), 1, 1000),
                        Arguments.of(
                                by, "headers that never end", "HTTP/1.1 200 OK\r\n" + "X-A: b\r\n".repeat(9000), 8, 20),
                        Arguments.of(by, "body that stalls", HEAD + "{\"value\":[", 500, 1)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("mishaps")
    @Timeout(60)
    void answersByItsDeadlineThatTheVendorWasTooSlow(Interface by, String what, String answer, int bytes, long pause) {
        // given
        front.suffer(TcpFront.drip(answer, bytes, pause));
        String url = "http://127.0.0.1:" + front.port();
        MessageTraces traces = vendor.client(
                by,
                Map.of(
                        "mailtrace.exo.graph-url",
                        url + "/v1.0",
                        "mailtrace.exo.exchange-url",
                        url,
                        "mailtrace.exo.exchange-request-timeout",
                        "300ms",
                        "mailtrace.exo.wire.request-timeout",
                        "300ms"));

        // when
        Rows rows = traces.rows(Vendor.filter(), vendor.errand(Duration.ofSeconds(3)));

        // then
        assertThat(rows.ending()).map(SourceFailure::state).contains(SourceState.TIMED_OUT);
        assertThat(rows.rows()).isEmpty();
        assertThat(front.connections()).as(what).isBetween(1, 16);
    }
}
