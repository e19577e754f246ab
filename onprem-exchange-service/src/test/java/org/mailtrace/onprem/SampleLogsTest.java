package org.mailtrace.onprem;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mailtrace.contract.Observation;
import org.mailtrace.contract.RecipientStatus;
import org.mailtrace.contract.RelatedMessage;
import org.mailtrace.index.IndexedMessage;
import org.mailtrace.index.StoredRow;
import org.mailtrace.onprem.meaning.GroupKey;
import org.mailtrace.onprem.meaning.Observations;
import org.mailtrace.onprem.meaning.Site;
import org.mailtrace.onprem.record.Fields;
import org.mailtrace.onprem.record.RowBody;
import org.mailtrace.onprem.record.TrackingRow;

/**
 * Public tracking logs of Exchange 2007, 2010, 2013 and 2016, read by the real service from real directories and asked
 * for over HTTP. An independent CSV reader says which rows there are.
 */
@QuarkusTest
@WithTestResource(OidcWiremockTestResource.class)
@WithTestResource(SampleDirectories.class)
class SampleLogsTest {
    private static final Pattern MAILBOX = Pattern.compile("Mailbox:([0-9a-f-]{36})");

    @BeforeEach
    void samplesAreRead() {
        assumeTrue(
                SampleDirectories.samples().isPresent(),
                "The public tracking logs (../shared/samples/exchange beside the repository) are not here.");
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .untilAsserted(
                        () -> assertThat(get("/source", Map.of()).getList("parts.explanation.findAll { it != null }"))
                                .noneMatch(text -> String.valueOf(text).contains("not been read yet")
                                        || String.valueOf(text).contains("still being read")));
    }

    @Test
    void findsEveryRowAgainByWhicheverFieldsItHas() throws IOException {
        int questions = 0;
        for (String server : List.of("EX2007", "EX2010", "EX2013", "EX2016")) {
            for (Map<String, String> row : rows(server)) {
                List<Map<String, String>> asked = questions(row);
                assertThat(asked).as("questions for a row of %s", server).isNotEmpty();
                for (Map<String, String> question : asked) {
                    assertThat(rawEvents(question))
                            .as("rows of %s found by %s", server, question.keySet())
                            .contains(row);
                    questions++;
                }
            }
        }
        assertThat(questions).isGreaterThan(20);
    }

    @Test
    void keepsBothOfTwoEqualRows() throws IOException {
        // given
        Map<String, String> row = rows("EX2007").getFirst();

        // when, then
        assertThat(rawEvents(questions(row).getFirst())).filteredOn(row::equals).hasSize(2);
    }

    @Test
    void leavesTheFileWithoutHeaderOutAndSaysWhy() {
        // when
        JsonPath source = get("/source", Map.of());

        // then
        assertThat(source.getString("parts.find { it.name == 'EX2007RAW' }.state"))
                .isNotEqualTo("ANSWERED");
        assertThat(source.getString("parts.find { it.name == 'EX2007RAW' }.explanation"))
                .contains("MSGTRKM20100419-1.LOG", "fields-when-missing");
    }

    @Test
    void hidesHousekeepingUnlessAskedFor() throws IOException {
        // given
        Map<String, String> notice = rows("EX2010").getFirst();
        Map<String, String> question = new LinkedHashMap<>(questions(notice).getFirst());

        // when
        question.put("include", "events");

        // then
        assertThat(get("/traces", question).getList("observations")).isEmpty();
    }

    @Test
    void readsASubmissionOfExchange2007AsOneFromAMailbox() throws IOException {
        // when
        JsonPath found = whole(questions(rows("EX2007").getFirst()).getFirst(), "events");

        // then
        assertThat(found.getString("origin")).isEqualTo("MAILBOX");
        assertThat(found.getString("headerFrom")).isEqualTo("user7@qa.ifr.lan");
        assertThat(found.getString("sender")).isNull();
        assertThat(found.getList("recipients")).isEmpty();
        assertThat(found.getList("events.type", String.class)).containsOnly("SUBMIT");
        assertThat(found.getList("events.text", String.class))
                .containsOnly("Handed from the sender's mailbox to transport.");
    }

    @Test
    void concludesNothingFromMailboxNoticesOfExchange2010And2016() throws IOException {
        for (Map<String, String> notice : List.of(
                rows("EX2010").get(0), rows("EX2010").get(1), rows("EX2016").getFirst())) {
            // when
            JsonPath found = whole(questions(notice).getLast(), "events,noise");

            // then
            assertThat(found.getString("messageId")).isNull();
            assertThat(found.getString("origin")).isNull();
            assertThat(found.getList("recipients")).isEmpty();
            assertThat(found.getList("relatedMessages")).isEmpty();
            assertThat(found.getList("events.text", String.class))
                    .containsExactly("A message was noticed in an Outbox on this server.");
        }
    }

    @Test
    void takesNoSafetyCopyOfExchange2013ForADelivery() throws IOException {
        // given
        Map<String, String> note = rows("EX2013").getFirst();

        // when
        JsonPath found = whole(questions(note).getFirst(), "events,noise,recipients");

        // then
        assertThat(whole(questions(note).getFirst(), "events").getString("sourceId"))
                .isNull();
        assertThat(found.getString("networkMessageId")).isEqualTo("13fad5b7-39c5-46e7-130e-08d4a138ac67");
        assertThat(found.getString("origin")).isNull();
        assertThat(found.getList("recipients.status", String.class)).hasSize(3).containsOnly("UNKNOWN");
        assertThat(found.getList("recipients.reason", String.class)).containsOnly("housekeeping");
        assertThat(found.getList("recipients.nextHop")).containsOnlyNulls();
        assertThat(found.getList("events.type", String.class)).containsOnly("FILTER", "OTHER");
    }

    @Test
    void readsASubmissionOfExchange2016AsUnderWayFromAMailbox() throws IOException {
        // when
        JsonPath found = whole(questions(rows("EX2016").getLast()).getFirst(), "events");

        // then
        assertThat(found.getString("origin")).isEqualTo("MAILBOX");
        assertThat(found.getString("clientIp")).isEqualTo("95.11.22.33");
        assertThat(found.getList("recipients.status", String.class)).containsExactly("IN_TRANSIT");
        assertThat(found.getList("recipients.explanation", String.class))
                .containsExactly("Exchange has the message and has not finished with this recipient. It came from a"
                        + " mailbox on EX2016; seen on EX2016.");
        assertThat(found.getList("events.text", String.class))
                .containsExactly("Taken from the sender's mailbox by EX2016 (type of client: MOMT).");
    }

    @Test
    void readsAFailureOfExchange2019WithItsReasonAndItsReport() throws IOException {
        // given
        Map<String, String> values = CmdletListing.read(SampleDirectories.samples()
                .orElseThrow()
                .resolve("ms-qna_208018_get-messagetrackinglog_fail_exchange2019.txt"));
        Instant at = Instant.parse("2020-12-22T02:28:06Z");
        StoredRow row = new StoredRow(at, "SERVER", false, RowBody.of(new TrackingRow(at, values)));
        Site site = Site.of(Set.of("SERVER"), List.of(), List.of(), List.of());

        // when
        Observation found = new Observations(site)
                .whole(new IndexedMessage(GroupKey.inIndex("key"), at, at, List.of(row), true), false);

        // then
        assertThat(found.recipients()).singleElement().satisfies(recipient -> {
            assertThat(recipient.address()).isEqualTo("officer2@Naadi.test");
            assertThat(recipient.status()).isEqualTo(RecipientStatus.FAILED);
            assertThat(recipient.explanation())
                    .startsWith("The recorded reason is: 501 5.1.4 Recipient address reserved by RFC 2606."
                            + " A delivery report was made for the sender.");
        });
        assertThat(found.events())
                .singleElement()
                .satisfies(event -> assertThat(event.text())
                        .contains("Failed for good: 501 5.1.4 Recipient address reserved by RFC 2606."));
        assertThat(found.relatedMessages()).singleElement().satisfies(report -> {
            assertThat(report.messageId()).startsWith("<1bfe1f56-bf3a-4eb6-ab38-8b3c9d5fbccb@");
            assertThat(report.relation()).isEqualTo(RelatedMessage.Relation.DELIVERY_REPORT);
        });
    }

    /** The first observation that a question finds; without fields if there is none. */
    private JsonPath whole(Map<String, String> asked, String include) {
        Map<String, String> question = new LinkedHashMap<>(asked);
        question.put("include", include);
        JsonPath answer = get("/traces", question);
        return answer.getList("observations").isEmpty()
                ? answer.setRootPath("absent")
                : answer.setRootPath("observations[0]");
    }

    private static List<Map<String, String>> questions(Map<String, String> row) {
        List<Map<String, String>> questions = new ArrayList<>();
        add(questions, row, "messageId", row.get("message-id"));
        add(questions, row, "messageId", row.get("network-message-id"));
        add(questions, row, "sender", row.getOrDefault("return-path", row.get("sender-address")));
        add(questions, row, "subject", row.get("message-subject"));
        for (String recipient : row.getOrDefault("recipient-address", "").split(";", -1)) {
            add(questions, row, "recipient", recipient.isEmpty() ? null : recipient);
            add(
                    questions,
                    row,
                    "recipient",
                    recipient.isEmpty() ? null : "*" + recipient.substring(recipient.indexOf('@')));
        }
        if (!row.containsKey("message-id")) {
            add(questions, row, "messageId", row.get("log-id"));
            Matcher mailbox = MAILBOX.matcher(row.getOrDefault("source-context", ""));
            add(questions, row, "messageId", mailbox.find() ? mailbox.group(1) : null);
        }
        return questions;
    }

    private static void add(List<Map<String, String>> questions, Map<String, String> row, String name, String value) {
        if (value != null && !value.isBlank()) {
            Instant at = Instant.parse(row.get("date-time"));
            questions.add(Map.of(
                    name,
                    value.strip(),
                    "from",
                    at.minusSeconds(60).toString(),
                    "to",
                    at.plusSeconds(60).toString(),
                    "include",
                    "events,noise"));
        }
    }

    /** The raw fields of every event found; one row makes one event per recipient. */
    private List<Map<String, String>> rawEvents(Map<String, String> question) {
        JsonPath answer = get("/traces", question);
        List<List<List<Map<String, String>>>> events = answer.getList("observations.events.raw");
        List<Map<String, String>> rows = new ArrayList<>();
        for (List<List<Map<String, String>>> observation : events) {
            for (List<Map<String, String>> raw : observation) {
                Map<String, String> row = new LinkedHashMap<>();
                raw.forEach(field -> row.put(field.get("name"), field.get("value")));
                rows.add(row);
            }
        }
        return rows;
    }

    private static List<Map<String, String>> rows(String server) throws IOException {
        Path file = SampleDirectories.samples()
                .orElseThrow()
                .resolve(SampleDirectories.SAMPLES.get(server)[0]);
        List<String> names = Fields.ofSetting("2007").orElseThrow().names();
        List<Map<String, String>> rows = new ArrayList<>();
        String text = Files.readString(file, StandardCharsets.UTF_8).replace("\uFEFF", "");
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(text)) {
            for (CsvRecord csv : reader) {
                if (csv.getField(0).startsWith("#Fields: ")) {
                    names = new ArrayList<>(csv.getFields());
                    names.set(0, "date-time");
                } else if (!csv.getField(0).startsWith("#")) {
                    Map<String, String> row = new LinkedHashMap<>();
                    for (int i = 0; i < csv.getFieldCount(); i++) {
                        if (!csv.getField(i).isEmpty()) {
                            row.put(names.get(i), csv.getField(i));
                        }
                    }
                    rows.add(row);
                }
            }
        }
        return rows;
    }

    private JsonPath get(String path, Map<String, String> parameters) {
        return given().auth()
                .oauth2(OidcWiremockTestResource.getAccessToken("helpdesk", Set.of("trace-reader")))
                .queryParams(parameters)
                .get(path)
                .jsonPath();
    }
}
