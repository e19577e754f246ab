package org.mailtrace.exo;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(OidcWiremockTestResource.class)
@QuarkusTestResource(FakeGraph.class)
@DisplayName("OData injection in every parameter")
class ODataInjectionTest {
    private static final String ANA = "ana@rivercounty.example";
    private final Instant received = Instant.now().minus(Duration.ofHours(2)).truncatedTo(ChronoUnit.SECONDS);
    private final String id = UUID.randomUUID().toString();

    @BeforeEach
    void healthyVendor() {
        FakeGraph.reset();
        Asking.untilAnswered();
        FakeGraph.reset();
    }

    @AfterEach
    void vendorIsBack() {
        FakeGraph.reset();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "O'Brien",
                "' or 1 eq 1",
                "' or 1 eq 1 or subject eq '",
                "') or contains(subject,'",
                "100% & more",
                "%27 or 1 eq 1",
                "%2527",
                "a+b#c?d=e",
                "\u2018typographic\u2019 \u201cquotes\u201d",
                "''' doubled ''",
                "\uFF07 wide apostrophe"
            })
    void findsOnlyTheSubject(String text) {
        // given
        FakeGraph.parsing(List.of(row("sam@contoso.example", ANA, "Re: " + text, "<a@contoso.example>"), another()));

        // when
        JsonPath answer = Asking.ask(Map.of("subject", text));

        // then
        foundOne(answer);
        assertThat(answer.getList("observations.subject")).isEqualTo(List.of("Re: " + text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "o'brien@contoso.example",
                "'or'1'eq'1@contoso.example",
                "x'or(1)eq(1)or'@contoso.example",
                "100%25@contoso.example",
                "%27%20or%201%20eq%201@contoso.example",
                "\u2018or\u2019@contoso.example",
                "a&b=c+d#e?f@contoso.example",
                "a/../b@contoso.example",
                "a)b('c@contoso.example"
            })
    void findsOnlyTheAddressAndReadsOnlyItsEvents(String address) {
        // given
        FakeGraph.parsing(List.of(row(address, address, "Report", "<a@contoso.example>"), another()));

        // when
        JsonPath bySender = Asking.ask(Map.of("sender", address));
        int sought = FakeGraph.parsed().rowsGiven();
        JsonPath byRecipient = Asking.ask(Map.of("recipient", address));

        // then
        foundOne(bySender);
        foundOne(byRecipient);
        assertThat(sought).isEqualTo(1);
        assertThat(bySender.getBoolean("observations[0].detailsFetched")).isTrue();
        assertThat(FakeGraph.parsed().detailsOf()).containsOnly(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a'b@contoso.example>",
                "<' or 1 eq 1 or messageId eq '>",
                "<100%25%27@contoso.example>",
                "<a+b&$top=1#@contoso.example>",
                "<\u2018a\u2019@contoso.example>"
            })
    void findsOnlyTheMessageId(String messageId) {
        // given
        FakeGraph.parsing(List.of(row("sam@contoso.example", ANA, "Report", messageId), another()));

        // when
        JsonPath answer = Asking.ask(Map.of("messageId", messageId));

        // then
        foundOne(answer);
        assertThat(answer.getList("observations.messageId")).isEqualTo(List.of(messageId));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sender", "recipient", "subject", "messageId"})
    void refusesControlCharacters(String parameter) {
        // given
        FakeGraph.parsing(List.of(another()));

        // then
        for (String text : List.of("abc\u0000@x.example", "abc\r\n@x.example", "abc\u007f@x.example")) {
            given().auth()
                    .oauth2(OidcWiremockTestResource.getAccessToken("helpdesk", Set.of("trace-reader")))
                    .queryParam(parameter, text)
                    .get("/traces")
                    .then()
                    .statusCode(400);
        }
        assertThat(FakeGraph.listRequests()).isZero();
    }

    @Test
    void saysThatItCannotSearchByALineSeparator() {
        // given
        FakeGraph.parsing(List.of(another()));

        // when
        JsonPath answer = Asking.ask(Map.of("subject", "one\u2028two"));

        // then
        assertThat(answer.getString("state")).isEqualTo("CANNOT_ANSWER");
        assertThat(FakeGraph.listRequests()).isZero();
    }

    private static void foundOne(JsonPath answer) {
        assertThat(answer.getString("state")).isEqualTo("ANSWERED");
        assertThat(FakeGraph.parsed().broken()).isEmpty();
        assertThat(FakeGraph.parsed().rowsGiven()).as("rows that Graph gave").isBetween(1, 2);
        assertThat(answer.getList("observations")).hasSize(1);
    }

    private Map<String, String> row(String sender, String recipient, String subject, String messageId) {
        return Map.of(
                "id", id,
                "senderAddress", sender,
                "recipientAddress", recipient,
                "subject", subject,
                "messageId", messageId,
                "receivedDateTime", received.toString(),
                "status", "delivered");
    }

    private Map<String, String> another() {
        return Map.of(
                "id", UUID.randomUUID().toString(),
                "senderAddress", "another@contoso.example",
                "recipientAddress", "another@rivercounty.example",
                "subject", "Another",
                "messageId", "<another@contoso.example>",
                "receivedDateTime", received.toString(),
                "status", "delivered");
    }
}
