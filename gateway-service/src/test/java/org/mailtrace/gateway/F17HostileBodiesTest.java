package org.mailtrace.gateway;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mailtrace.gateway.HelpDesk.assertNamed;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import io.restassured.response.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@QuarkusTest
@QuarkusTestResource(OidcWiremockTestResource.class)
@QuarkusTestResource(FakeSources.class)
@DisplayName("F17: bodies that are no answer")
class F17HostileBodiesTest {
    @BeforeEach
    void isCalm() {
        HelpDesk.isCalm();
        HelpDesk.archiveHasARow();
    }

    @AfterEach
    void leavesNothingBehind() {
        FakeSources.allEmpty();
    }

    static Stream<Arguments> bodies() {
        String empty = answer("");
        String row = HelpDesk.delivered("p1");
        return Stream.of(
                Arguments.of("malformed", FakeSources.json("{\"source\": \"proofpoint\",, }")),
                Arguments.of("truncated", FakeSources.json(answer(row).substring(0, 300))),
                Arguments.of(
                        "a sign-in page",
                        aResponse().withHeader("Content-Type", "text/html").withBody("<html>")),
                Arguments.of(
                        "another type",
                        aResponse().withHeader("Content-Type", "text/html").withBody(empty)),
                Arguments.of("no type", aResponse().withBody(empty)),
                Arguments.of("deep nesting", FakeSources.json("[".repeat(90_000))),
                Arguments.of(
                        "deep nesting where nobody looks",
                        FakeSources.json("{\"unknown\": " + "[".repeat(45_000) + "]".repeat(45_000) + ","
                                + empty.strip().substring(1))),
                Arguments.of(
                        "two states",
                        FakeSources.json(empty.replace("\"tookMs\"", "\"state\": \"ANSWERED\", \"tookMs\""))),
                Arguments.of(
                        "two lists of rows",
                        FakeSources.json(answer(row).replace("\"parts\"", "\"observations\": [], \"parts\""))),
                Arguments.of("two documents", FakeSources.json(empty + answer(row))),
                Arguments.of("a number of 5000 digits", FakeSources.json(took("9".repeat(5_000)))),
                Arguments.of("a number beyond all bounds", FakeSources.json(took("1e999999999"))),
                Arguments.of("rows that are none", FakeSources.json(answer("null"))),
                Arguments.of("rows that are numbers", FakeSources.json(answer("7, 8"))),
                Arguments.of(
                        "a time at the end of all times",
                        FakeSources.json(answer(row.replaceFirst(
                                "\"lastSeen\": \"[^\"]+\"", "\"lastSeen\": \"+1000000000-12-31T23:59:59Z\"")))),
                Arguments.of(
                        "a time before all times",
                        FakeSources.json(answer(
                                row.replaceFirst("\"at\": \"[^\"]+\"", "\"at\": \"-1000000000-01-01T00:00:00Z\"")))),
                Arguments.of(
                        "a gzip bomb",
                        aResponse()
                                .withHeader("Content-Type", "application/json")
                                .withHeader("Content-Encoding", "gzip")
                                .withBody(bomb())),
                Arguments.of("text without an end", FakeSources.json("{\"source\": \"" + "x".repeat(200_000))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void areAFailureOfTheSourceAndNeverAnEmptyListOrAFaultOfOurs(String what, ResponseDefinitionBuilder body) {
        // given
        FakeSources.does("proofpoint", body);

        // when
        Response answer = HelpDesk.ask();

        // then
        assertNamed(answer, "proofpoint", "Proofpoint", "FAILED");
        assertThat(answer.jsonPath().getList("traces")).hasSize(1);
    }

    @Test
    void aCharacterThatIsHalfOfOneIsShownAsOneThatCannotBeRead() {
        // given
        FakeSources.answers(
                "archive", "ANSWERED", HelpDesk.delivered("a1").replace("Quarterly report", "half \\ud83d of one"));

        // when
        Response answer = HelpDesk.ask();

        // then
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        assertThat(answer.jsonPath().getString("traces[0].recipients[0].outcome"))
                .isEqualTo("DELIVERED");
    }

    private static String answer(String rows) {
        return FakeSources.answer("proofpoint", "ANSWERED", rows, "");
    }

    private static String took(String number) {
        return answer("").replace("\"tookMs\": 3", "\"tookMs\": " + number);
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
