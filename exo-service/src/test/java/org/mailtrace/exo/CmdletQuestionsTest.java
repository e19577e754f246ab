package org.mailtrace.exo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailtrace.exo.cmdlet.Cmdlets;
import org.mailtrace.exo.quota.Errand;
import org.mailtrace.exo.words.InterfaceWords;

@QuarkusTest
@QuarkusTestResource(OidcWiremockTestResource.class)
@QuarkusTestResource(FakeGraph.class)
@QuarkusTestResource(value = ExchangeResource.class, restrictToAnnotatedClass = true)
class CmdletQuestionsTest {
    private static final String ANA = "ana@rivercounty.example";
    private static final String BEN = "ben@rivercounty.example";
    private final Instant received = Instant.now().minus(Duration.ofHours(2)).truncatedTo(ChronoUnit.SECONDS);
    private final FakeExchange exchange = ExchangeResource.exchange();

    @Inject
    Cmdlets cmdlets;

    @Inject
    Clock clock;

    @BeforeEach
    void emptyTenant() {
        FakeGraph.reset();
        exchange.reset();
    }

    @Test
    void asksForSeveralRecipientsAtOnceAndReadsTheirEventsInAWindowOfTheirOwn() {
        // given
        String id = UUID.randomUUID().toString();
        exchange.holds(List.of(new FakeExchange.Row(id, received, ANA), new FakeExchange.Row(id, received, BEN)));
        exchange.detailsAre(command -> List.of(event("Receive", 1), event("Deliver", 2)));

        // when
        JsonPath answer = Asking.ask(Map.of("recipient", ANA + "," + BEN));

        // then
        assertThat(answer.getString("state")).isEqualTo("ANSWERED");
        assertThat(answer.getString("observations[0].recipients[0].status")).isEqualTo("DELIVERED");
        assertThat(answer.getBoolean("observations[0].detailsFetched")).isTrue();
        List<JsonNode> commands = exchange.commands();
        assertThat(commands)
                .filteredOn(command -> name(command).equals("Get-MessageTraceV2"))
                .hasSize(1);
        assertThat(commands)
                .filteredOn(command -> name(command).equals("Get-MessageTraceDetailV2"))
                .hasSize(2)
                .allMatch(command -> command.findValue("StartDate") != null && command.findValue("EndDate") != null);
        assertThat(FakeGraph.listRequests()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$(Remove-Mailbox ana)",
                "'; Remove-Mailbox *; '",
                "\"; Get-Mailbox; \"",
                "x\",\"CmdletName\":\"Remove-Mailbox\",\"y\":\"",
                "`n Remove-Mailbox",
                "\u2018; Remove-Mailbox *; \u2019",
                "\\\"}}",
                "100 % | Out-File x & co"
            })
    void keepsACallersTextInsideItsParameter(String text) {
        // given
        exchange.holds(List.of(
                new FakeExchange.Row(UUID.randomUUID().toString(), received, "sam@contoso.example", ANA, text),
                new FakeExchange.Row(UUID.randomUUID().toString(), received, ANA)));

        // when
        JsonPath answer = Asking.ask(Map.of("subject", text, "messageId", "<a'$(x)\"@contoso.example>"));
        JsonPath bySubject = Asking.ask(Map.of("subject", text, "recipient", "o'$(x)\"`@rivercounty.example," + ANA));

        // then
        assertThat(answer.getString("state")).isEqualTo("ANSWERED");
        assertThat(bySubject.getList("observations.subject")).isEqualTo(List.of(text));
        assertThat(exchange.commands())
                .filteredOn(command -> name(command).equals("Get-MessageTraceV2"))
                .hasSize(2)
                .allMatch(command ->
                        command.size() == 1 && command.path("CmdletInput").size() == 2);
        JsonNode asked = exchange.commands().get(1).path("CmdletInput").path("Parameters");
        assertThat(asked.path("Subject").asText()).isEqualTo(text);
        assertThat(asked.path("RecipientAddress").get(0).asText()).isEqualTo("o'$(x)\"`@rivercounty.example");
    }

    @Test
    void tellsTheAdministratorWhichRoleIsMissing() {
        // then: the answer is 403 with a body that calls itself gzip and is none
        Errand errand = Errand.question(Duration.ofSeconds(20), clock);
        assertThatThrownBy(() -> cmdlets.invoke("Get-HistoricalSearch", Map.of(), errand))
                .hasMessage(InterfaceWords.CMDLET_DENIED);
        assertThat(Asking.get("/source").getString("credentials")).isEqualTo("REFUSED");
    }

    private static String name(JsonNode command) {
        return command.path("CmdletInput").path("CmdletName").asText();
    }

    private ObjectNode event(String name, int second) {
        return new ObjectMapper()
                .createObjectNode()
                .put("Date@data.type", "System.DateTime")
                .put("Date", received.plusSeconds(second).toString())
                .put("Event", name)
                .put("Action", "")
                .put("Detail", "The message was handled.")
                .put("Data", "<root><MEP Name=\"ServerHostName\" String=\"X\"/></root>");
    }
}
