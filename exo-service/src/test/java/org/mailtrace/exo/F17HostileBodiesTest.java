package org.mailtrace.exo;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailtrace.contract.SourceState;
import org.mailtrace.exo.rows.Rows;
import org.mailtrace.exo.rows.TraceRow;
import org.mailtrace.http.guard.SourceFailure;

@QuarkusTest
@QuarkusTestResource(OidcWiremockTestResource.class)
@QuarkusTestResource(FakeGraph.class)
@DisplayName("F17: bodies that are no answer")
class F17HostileBodiesTest {
    private static final Instant RECEIVED = Instant.parse("2026-11-21T08:00:00Z");
    private static final String ID = "4451a062-48cb-e80d-e8c0-196330437ae6";
    private Vendor vendor;

    @BeforeEach
    void start() {
        vendor = new Vendor();
    }

    @AfterEach
    void stop() {
        vendor.close();
    }

    static Stream<Arguments> bodies() {
        Map<String, ResponseDefinitionBuilder> bodies = Map.ofEntries(
                Map.entry("nothing", aResponse().withBody("")),
                Map.entry("malformed", aResponse().withBody("{\"value\":[}")),
                Map.entry("truncated", aResponse().withBody("{\"value\":[{\"id\":\"4451")),
                Map.entry("no list", aResponse().withBody("{\"value\":{}}")),
                Map.entry("a page of HTML", aResponse().withBody("<html>Sign in to the network</html>")),
                Map.entry(
                        "another type",
                        aResponse().withHeader("Content-Type", "text/html").withBody("{\"value\":[]}")),
                Map.entry("deep nesting", aResponse().withBody("{\"value\":" + "[".repeat(100_000))),
                Map.entry(
                        "deep nesting inside a row",
                        aResponse().withBody("{\"value\":[{\"id\":" + "[".repeat(100_000) + "]}]}")),
                Map.entry("two lists", aResponse().withBody("{\"value\":[{\"id\":\"x\"}],\"value\":[]}")),
                Map.entry("text after the end", aResponse().withBody("{\"value\":[]}{\"value\":[{}]}")),
                Map.entry("a number of 5000 digits", aResponse().withBody("{\"value\":[" + "9".repeat(5000) + "]}")),
                Map.entry(
                        "a gzip bomb",
                        aResponse()
                                .withHeader("Content-Encoding", "gzip")
                                .withHeader("Content-Type", "application/json")
                                .withBody(bomb())),
                Map.entry(
                        "a body without an end",
                        aResponse().withBody("{\"value\":[\"" + "x".repeat(200_000) + "\"]}")));
        return Stream.of(Interface.values())
                .flatMap(
                        by -> bodies.entrySet().stream().map(body -> Arguments.of(by, body.getKey(), body.getValue())));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("bodies")
    void neverTakesForAnEmptyList(Interface by, String what, ResponseDefinitionBuilder body) {
        // given
        vendor.answers(by, body);

        // when
        Rows rows = vendor.client(by, Map.of("mailtrace.exo.wire.max-body-bytes", "150000"))
                .rows(Vendor.filter(), vendor.errand());

        // then
        assertThat(rows.ending())
                .as(what)
                .map(SourceFailure::state)
                .hasValueSatisfying(state -> assertThat(state.looked()).isFalse());
        assertThat(rows.ending()).map(SourceFailure::state).contains(SourceState.FAILED);
        assertThat(rows.rows()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void inventsNoSizeFromANumberThatIsTooLarge(Interface by) {
        // given
        vendor.answers(
                by,
                aResponse()
                        .withBody(Interface.page(
                                "",
                                by.row(ID, RECEIVED, "ana@rivercounty.example", "99999999999999999999999"),
                                by.row(ID, RECEIVED, "ben@rivercounty.example", "1e999999"),
                                by.row(ID, RECEIVED, "cem@rivercounty.example", "9223372036854775807"))));

        // when
        Rows rows = vendor.client(by, Map.of()).rows(Vendor.filter(), vendor.errand());

        // then
        assertThat(rows.ending()).isEmpty();
        assertThat(rows.rows())
                .extracting(TraceRow::sizeBytes)
                .extracting(size -> size.orElse(-1L))
                .containsExactly(-1L, -1L, Long.MAX_VALUE);
    }

    @ParameterizedTest
    @EnumSource
    void saysThatARowCouldNotBeRead(Interface by) {
        // given
        vendor.answers(
                by,
                aResponse()
                        .withBody(Interface.page(
                                "", by.row(ID, RECEIVED, "ana@rivercounty.example"), "null", "7", "{}", "[]")));

        // when
        Rows rows = vendor.client(by, Map.of()).rows(Vendor.filter(), vendor.errand());

        // then
        assertThat(rows.rows()).hasSize(1);
        assertThat(rows.unreadable()).isEqualTo(4);
    }

    @ParameterizedTest
    @EnumSource
    void failsWhenTheSignInAnswersNonsense(Interface by) {
        // given
        vendor.tokenAnswers(aResponse().withBody("{\"access_token\":" + "[".repeat(100_000)));

        // when
        Rows rows = vendor.client(by, Map.of()).rows(Vendor.filter(), vendor.errand());

        // then
        assertThat(rows.ending()).map(SourceFailure::state).contains(SourceState.FAILED);
    }

    private static byte[] bomb() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            for (int i = 0; i < 1024; i++) {
                zip.write(new byte[64 * 1024]);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
