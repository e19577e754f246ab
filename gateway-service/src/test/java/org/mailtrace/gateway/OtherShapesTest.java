package org.mailtrace.gateway;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.client.WireMock;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One answer in every shape that a caller may accept: none of them may say more than the others. */
@QuarkusTest
@QuarkusTestResource(OidcWiremockTestResource.class)
@QuarkusTestResource(FakeSources.class)
class OtherShapesTest {
    private static final String ANA = "ana@rivercounty.example";
    private static final String ID = "<d9683b4c@contoso.example>";
    private static final Duration FIVE_HOURS = Duration.ofHours(5);
    private final ObjectMapper json = new ObjectMapper();

    @BeforeEach
    void everythingLooks() {
        FakeSources.allEmpty();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> Boolean.TRUE.equals(ask("application/json").path("complete")));
    }

    @ParameterizedTest
    @CsvSource({
        "*/*, application/json",
        "application/json, application/json",
        "text/event-stream, text/event-stream",
        "application/x-ndjson, application/x-ndjson",
        "text/csv, text/csv",
        "'text/html,application/xhtml+xml,*/*;q=0.8', application/json"
    })
    void givesTheShapeThatIsAcceptedAndJsonToThoseWhoDoNotMind(String accepted, String given) {
        assertThat(ask(accepted).contentType()).startsWith(given);
    }

    @Test
    void refusesAShapeThatItDoesNotHave() {
        Response refused = ask("application/xml");

        assertThat(refused.statusCode()).as(refused.headers().toString()).isEqualTo(406);
        assertThat(refused.contentType()).startsWith("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/event-stream", "application/x-ndjson", "text/csv"})
    void refusesAFaultyQuestionBeforeAnythingIsStreamed(String shape) {
        Response refused = reader(shape).queryParam("recipient", "nobody").get("/traces");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.contentType()).startsWith("application/problem+json");
        assertThat(refused.jsonPath().getList("faults")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/event-stream", "application/x-ndjson", "text/csv"})
    void givesNothingWithoutATokenOrTheRole(String shape) {
        assertThat(given().accept(shape)
                        .queryParam("recipient", ANA)
                        .get("/traces")
                        .statusCode())
                .isEqualTo(401);
        assertThat(given().accept(shape)
                        .auth()
                        .oauth2(OidcWiremockTestResource.getAccessToken("auditor", Set.of("trace-auditor")))
                        .queryParam("recipient", ANA)
                        .get("/traces")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void streamsEachSourceThenTracesThenHowWellEverybodyLooked() throws IOException {
        // given
        delivered("Quarterly report");

        // when
        List<Event> events = eventsOf(ask("text/event-stream").asString());

        // then
        assertThat(events.stream().map(Event::name).toList())
                .containsExactly("source", "source", "source", "source", "trace", "done");
        assertThat(events.get(4).data().at("/recipients/0/outcome").asText()).isEqualTo("DELIVERED");
        assertThat(events.getLast().data().path("complete").asBoolean()).isTrue();
        assertThat(events.getLast().data().path("traces").asInt()).isEqualTo(1);
        assertThat(events.getLast().data().path("sources")).hasSize(4);
    }

    @Test
    void tellsOfAQuickSourceWhileASlowOneIsStillAwaited() throws IOException {
        // given
        FakeSources.does(
                "archive",
                FakeSources.json(FakeSources.answer("archive", "ANSWERED", "", ""))
                        .withFixedDelay(1_200));

        // when
        List<Event> events = eventsOf(ask("text/event-stream").asString());

        // then
        assertThat(events.getLast().name()).isEqualTo("done");
        assertThat(events.get(3).data().path("source").asText()).isEqualTo("archive");
    }

    @Test
    void beatsWhileItWaits() {
        // given
        FakeSources.does(
                "archive",
                FakeSources.json(FakeSources.answer("archive", "ANSWERED", "", ""))
                        .withFixedDelay(1_200));

        // then
        assertThat(ask("text/event-stream").asString())
                .contains(":still at work")
                .doesNotContain("content-type");
        assertThat(ask("application/x-ndjson").asString()).contains("{\"event\":\"heartbeat\"}");
    }

    @Test
    void endsAStreamWithAProblemWhenNobodyLooked() throws IOException {
        // given
        FakeSources.NAMES.forEach(
                name -> FakeSources.does(name, WireMock.aResponse().withStatus(500)));

        // when
        List<Event> events = eventsOf(ask("text/event-stream").asString());
        List<JsonNode> lines = linesOf(ask("application/x-ndjson").asString());

        // then
        assertThat(events.getLast().name()).isEqualTo("problem");
        assertThat(events.getLast().data().path("status").asInt()).isEqualTo(503);
        assertThat(events.getLast().data().path("sources")).hasSize(4);
        assertThat(lines.getLast().at("/problem/type").asText()).endsWith("/no-source-answered");
    }

    @Test
    void writesOneJsonDocumentALine() throws IOException {
        // given
        delivered("Quarterly report");

        // when
        List<JsonNode> lines = linesOf(ask("application/x-ndjson").asString());

        // then
        assertThat(lines.stream().map(line -> line.path("event").asText()))
                .containsExactly("source", "source", "source", "source", "trace", "done");
        assertThat(lines.get(4).at("/trace/subject").asText()).isEqualTo("Quarterly report");
        assertThat(lines.getLast().at("/done/summary").asText()).startsWith("1 message found");
    }

    @Test
    void saysInATableWithoutMessagesThatASourceDidNotLook() {
        // given
        FakeSources.does("proofpoint", WireMock.aResponse().withStatus(500));

        // when
        List<NamedCsvRecord> rows = rowsOf(ask("text/csv").asString());

        // then
        assertThat(rows).singleElement().satisfies(row -> {
            assertThat(row.getField("row")).isEqualTo("done");
            assertThat(row.getField("complete")).isEqualTo("false");
            assertThat(row.getField("sources")).contains("proofpoint: FAILED", "exchange-online: ANSWERED up to ");
            assertThat(row.getField("sentence")).contains("Proofpoint").doesNotContain("No message found");
        });
    }

    @Test
    void saysOfAnAliasInATableAsWellWhatIsWorthKnowingAboutItsMailbox() {
        // given: two systems delivered it to a mailbox under another address than was asked for
        String mailbox = "anita@rivercounty.example";
        String resolved = FakeSources.recipient(ANA, "RESOLVED", FIVE_HOURS, "")
                .replace("\"relatedAddresses\": []", "\"relatedAddresses\": [\"" + mailbox + "\"]");
        String delivered = FakeSources.recipient(mailbox, "DELIVERED", FIVE_HOURS, "");
        for (String source : List.of("onprem-exchange", "exchange-online")) {
            FakeSources.answers(
                    source, "ANSWERED", FakeSources.observation(source, FIVE_HOURS, ID, resolved + ", " + delivered));
        }

        // when
        Response whole = ask("application/json");
        NamedCsvRecord row = rowsOf(ask("text/csv").asString()).getFirst();

        // then
        assertThat(whole.jsonPath().getList("traces[0].recipients.address")).isEqualTo(List.of(ANA));
        assertThat(whole.jsonPath().getString("traces[0].notices.find { it.code == 'TWO_MAILBOXES' }.recipient"))
                .isEqualTo(ANA);
        assertThat(row.getField("recipient")).isEqualTo(ANA);
        assertThat(row.getField("notices")).contains("delivered it to a mailbox of " + mailbox);
    }

    @ParameterizedTest
    @ValueSource(strings = {"=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\\t=1", " =1"})
    void letsNoSpreadsheetRunWhatAStrangerWrote(String subject) {
        // given
        delivered(subject);

        // when
        NamedCsvRecord row = rowsOf(ask("text/csv").asString()).getFirst();

        // then
        assertThat(row.getField("row")).isEqualTo("trace");
        assertThat(row.getField("subject")).startsWith("'");
        assertThat(row.getField("outcome")).isEqualTo("DELIVERED");
        assertThat(row.getField("complete")).isEqualTo("true");
    }

    @Test
    void keepsQuotesCommasAndLineEndsInsideTheirCell() {
        // given
        delivered("a, \\\"b\\\"\\nrow,true");

        // when
        List<NamedCsvRecord> rows = rowsOf(ask("text/csv").asString());

        // then
        assertThat(rows).hasSize(2);
        assertThat(rows.getFirst().getField("subject")).isEqualTo("a, \"b\"\nrow,true");
    }

    @Test
    void writesANoteForATicket() {
        // given
        delivered("Quarterly report");
        String id = ask("application/json").jsonPath().getString("traces[0].id");

        // when
        Response note = reader("text/plain").get("/traces/{id}", id);

        // then
        assertThat(note.contentType()).startsWith("text/plain");
        assertThat(note.asString())
                .startsWith("\"Quarterly report\"\n")
                .contains("From: sam@contoso.example", "(UTC)", "Message-ID: " + ID)
                .contains("- " + ANA + ": DELIVERED. Archive put it into the mailbox")
                .contains("Archive: ANSWERED")
                .contains("Complete.");
    }

    @Test
    void saysInANoteWhatWasNotLookedAt() {
        // given
        delivered("Quarterly report");
        String id = ask("application/json").jsonPath().getString("traces[0].id");
        FakeSources.does("proofpoint", WireMock.aResponse().withStatus(500));

        // when
        String note = reader("text/plain").get("/traces/{id}", id).asString();

        // then
        assertThat(note).contains("Not complete: ", "Proofpoint: FAILED").doesNotContain("Complete.");
    }

    @Test
    void letsNoSubjectBecomeMarkUpOrALineOfItsOwn() {
        // given
        delivered("[click](http://evil.example) **now**\\n\\n# Approved <b>by us</b> \u202e");
        String id = ask("application/json").jsonPath().getString("traces[0].id");

        // when
        Response note = reader("text/markdown").get("/traces/{id}", id);

        // then
        assertThat(note.contentType()).startsWith("text/markdown");
        assertThat(note.asString())
                .contains("\\[click\\]\\(http:\\/\\/evil.example\\) \\*\\*now\\*\\*")
                .contains("\\<b\\>")
                .doesNotContain("\n# ", "\u202e", "](http");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "text/markdown"})
    void answersAnUnknownIdWithAProblemWhateverIsAccepted(String shape) {
        Response unknown = reader(shape).get("/traces/no-such-id");

        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.contentType()).startsWith("application/problem+json");
    }

    private static void delivered(String subject) {
        FakeSources.answers("archive", "ANSWERED", observation(subject));
        FakeSources.finds("archive", observation(subject));
    }

    private static String observation(String subject) {
        return FakeSources.observation("a1", FIVE_HOURS, ID, FakeSources.recipient(ANA, "DELIVERED", FIVE_HOURS, ""))
                .replace("Quarterly report", subject);
    }

    private static Response ask(String shape) {
        return reader(shape).queryParams(Map.of("recipient", ANA)).get("/traces");
    }

    private static RequestSpecification reader(String shape) {
        return given().accept(shape)
                .auth()
                .oauth2(OidcWiremockTestResource.getAccessToken("helpdesk", Set.of("trace-reader")));
    }

    private List<JsonNode> linesOf(String body) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : body.lines().filter(text -> !text.isBlank()).toList()) {
            JsonNode node = json.readTree(line);
            if (!node.path("event").asText().equals("heartbeat")) {
                lines.add(node);
            }
        }
        return lines;
    }

    private List<Event> eventsOf(String body) throws IOException {
        List<Event> events = new ArrayList<>();
        for (String block : body.split("\n\n", -1)) {
            List<String> lines = block.lines().toList();
            if (value(lines, "event:").findAny().isPresent()) {
                events.add(new Event(
                        value(lines, "event:").findFirst().orElseThrow(),
                        json.readTree(String.join("", value(lines, "data:").toList()))));
            }
        }
        return events;
    }

    private static Stream<String> value(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).strip());
    }

    private static List<NamedCsvRecord> rowsOf(String body) {
        assertThat(body).startsWith("\ufeff");
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(body.substring(1))) {
            return reader.stream().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Event(String name, JsonNode data) {}
}
