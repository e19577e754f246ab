package org.mailtrace.proofpoint;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mailtrace.contract.SourceState;
import org.mailtrace.index.Batch;
import org.mailtrace.index.IndexRow;
import org.mailtrace.index.TraceIndex;
import org.mailtrace.proofpoint.fate.Message;
import org.mailtrace.proofpoint.record.ReadRecord;
import org.mailtrace.proofpoint.record.RecordReader;
import org.mailtrace.proofpoint.record.RecordType;
import org.mailtrace.proofpoint.row.MessageRow;
import org.mailtrace.proofpoint.slicing.Deadline;
import org.mailtrace.proofpoint.stream.Known;
import org.mailtrace.source.SourceId;

/** The stream's records answer, and Smart Search is asked only for what they do not cover. Records are synthetic. */
@QuarkusTest
@TestProfile(BothWaysTest.Both.class)
@QuarkusTestResource(OidcWiremockTestResource.class)
@QuarkusTestResource(ClusterResource.class)
class BothWaysTest {
    private static final String SEARCH = "pss/filter";

    private final FakeCluster cluster = ClusterResource.cluster();
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final String ana = "ana" + System.nanoTime() + "@rivercounty.example";

    @Inject
    TraceIndex index;

    @Inject
    Ways ways;

    @BeforeEach
    void everythingIsHere() {
        cluster.behave();
        cluster.rows.clear();
        cluster.held.clear();
        cluster.requests.clear();
        FakeEvidence.follows(RecordType.MESSAGE);
        FakeEvidence.follows(RecordType.MAILLOG);
    }

    /** Circuits judge by the last six calls: as many good ones make every test begin alike. */
    @AfterEach
    void everythingWorksAgain() {
        cluster.behave();
        FakeEvidence.follows(RecordType.MAILLOG);
        FakeEvidence.follows(RecordType.MESSAGE, new Known.Gap(ago(180), ago(120), "The connection broke.", false));
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(ask(Map.of("recipient", ana)).getString("state"))
                        .isEqualTo("ANSWERED"));
        for (int i = 0; i < 5; i++) {
            ask(Map.of("recipient", ana));
        }
    }

    @Test
    void answersFromTheRecordsAloneWhereTheyCoverTheWindow() {
        // given
        arrived(message("a", ago(60)), handedOn("a", ago(59)));

        // when
        JsonPath answer = ask(Map.of("recipient", ana));

        // then
        assertThat(answer.getString("state")).isEqualTo("ANSWERED");
        assertThat(answer.getString("observations[0].recipients[0].status")).isEqualTo("PASSED_ON");
        assertThat(answer.getString("observations[0].recipients[0].nextHop.host"))
                .isEqualTo("mx.example");
        assertThat(answer.getString("observations[0].headerFrom")).isEqualTo("Sam <sam@shop.example>");
        assertThat(answer.getList("parts.name")).containsExactly("log-stream/message", "log-stream/maillog");
        assertThat(Instant.parse(answer.getString("absenceProvenUntil")))
                .isAfter(now.minus(Duration.ofMinutes(7)))
                .isBefore(now.minus(Duration.ofMinutes(4)));
        assertThat(cluster.requestsTo(SEARCH)).isZero();
    }

    @Test
    void findsBySenderSubjectMessageIdAndItsOwnId() {
        arrived(message("b", ago(60)), handedOn("b", ago(59)));

        for (Map<String, String> question : List.of(
                Map.of("sender", "sam@shop.example", "recipient", ana),
                Map.of("subject", "of " + ana.substring(0, 12)),
                Map.of("messageId", id("b") + "@shop.example"))) {
            assertThat(ask(question).getList("observations"))
                    .as(question.toString())
                    .hasSize(1);
        }
        String sourceId = ask(Map.of("recipient", ana)).getString("observations[0].sourceId");
        JsonPath found = get("/traces/" + sourceId);
        assertThat(found.getString("messageId")).isEqualTo("<" + id("b") + "@shop.example>");
        assertThat(found.getList("events.type")).contains("RECEIVE", "FILTER", "SEND");
        assertThat(cluster.requestsTo(SEARCH)).isZero();
    }

    @Test
    void asksSmartSearchForAGapOnlyAndJoinsWhatBothTell() {
        // given
        FakeEvidence.follows(RecordType.MESSAGE, new Known.Gap(ago(180), ago(120), "The connection broke.", false));
        arrived(message("c", ago(60)), handedOn("c", ago(59)), message("d", ago(150)), handedOn("d", ago(149)));
        cluster.rows.add(FakeCluster.row(id("d"), ago(150), "sam@shop.example", ana, "Report"));
        cluster.rows.add(FakeCluster.row(id("e"), ago(130), "sam@shop.example", ana, "Report"));

        // when
        JsonPath answer = ask(Map.of("recipient", ana));

        // then
        assertThat(answer.getString("state")).isEqualTo("ANSWERED");
        assertThat(answer.getList("observations.messageId", String.class))
                .containsExactly(mid("c"), mid("e"), mid("d"));
        assertThat(answer.getString("observations[2].recipients[0].status")).isEqualTo("PASSED_ON");
        assertThat(answer.getString("parts[0].explanation"))
                .contains("The connection broke.", "Smart Search was asked");
        FakeCluster.Seen asked = cluster.requests.stream()
                .filter(request ->
                        request.path().equals(SEARCH) && request.parameters().containsKey("env_rcpt"))
                .findFirst()
                .orElseThrow();
        assertThat(asked.parameters().get("from")).isEqualTo(parameter(ago(180).minusSeconds(1)));
        assertThat(asked.parameters().get("to")).isEqualTo(parameter(ago(120).plusSeconds(1)));
    }

    @Test
    void isPartialWhereNeitherWayKnows() {
        FakeEvidence.follows(RecordType.MESSAGE, new Known.Gap(ago(180), ago(120), "The connection broke.", false));
        arrived(message("f", ago(60)), handedOn("f", ago(59)));
        cluster.misbehave(SEARCH, exchange -> FakeCluster.status(exchange, 503, "text/plain", "no"));

        JsonPath answer = ask(Map.of("recipient", ana));

        assertThat(answer.getList("observations")).hasSize(1);
        assertThat(answer.getString("state")).isIn("PARTIAL", "FAILED", "CIRCUIT_OPEN");
        assertThat(answer.getString("parts[0].state")).isEqualTo("PARTIAL");
        assertThat(answer.getString("explanation")).contains("The connection broke.");
        assertThat(answer.getString("absenceProvenUntil")).isNull();
    }

    @Test
    void asksSmartSearchForTheEndOnceTheStreamIsBehind() {
        FakeEvidence.says(
                RecordType.MESSAGE,
                new Known(
                        Optional.of(now.minus(Duration.ofDays(20))),
                        Optional.of(ago(30)),
                        List.of(),
                        Optional.of("The log stream cannot be reached.")));
        cluster.rows.add(FakeCluster.row(id("g"), ago(10), "sam@shop.example", ana, "Report"));

        JsonPath answer = ask(Map.of("recipient", ana));

        assertThat(answer.getString("state")).isEqualTo("ANSWERED");
        assertThat(answer.getList("observations.messageId")).containsExactly(mid("g"));
        assertThat(answer.getString("parts[0].explanation")).contains("cannot be reached");
        assertThat(Instant.parse(answer.getString("absenceProvenUntil"))).isAfter(ago(5));
    }

    @Test
    void asksSmartSearchWhatBecameOfAMessageWhoseLinesMayBeMissing() {
        FakeEvidence.follows(RecordType.MAILLOG, new Known.Gap(ago(61), ago(50), "The connection broke.", false));
        arrived(message("h", ago(60)));
        Map<String, String> row = FakeCluster.row(id("h"), ago(60), "sam@shop.example", ana, "Report");
        row.put("Sendmail_Stat", "Sent (250 2.0.0 ok)");
        cluster.rows.add(row);

        JsonPath answer = ask(Map.of("recipient", ana));

        assertThat(answer.getString("state")).isEqualTo("ANSWERED");
        assertThat(answer.getString("observations[0].recipients[0].status")).isEqualTo("PASSED_ON");
    }

    @Test
    void isPartialWhereTheLinesAreMissingAndSmartSearchIsAway() {
        FakeEvidence.follows(RecordType.MAILLOG, new Known.Gap(ago(61), ago(50), "The connection broke.", false));
        arrived(message("i", ago(60)));
        cluster.misbehave(SEARCH, exchange -> FakeCluster.status(exchange, 503, "text/plain", "no"));

        JsonPath answer = ask(Map.of("recipient", ana));

        assertThat(answer.getString("state")).isNotEqualTo("ANSWERED");
        assertThat(answer.getList("parts.name")).contains("log-stream/maillog");
        assertThat(answer.getString("observations[0].recipients[0].status")).isEqualTo("IN_TRANSIT");
    }

    @Test
    void believesSmartSearchWhereOnlyItKnowsTheLastWord() {
        FakeEvidence.follows(RecordType.MAILLOG, new Known.Gap(ago(50), ago(40), "The connection broke.", false));
        arrived(message("k", ago(60)), line("k", ago(59), "4.4.1", "Deferred: 451 4.4.1 timed out"));
        Map<String, String> row = FakeCluster.row(id("k"), ago(60), "sam@shop.example", ana, "Report");
        row.put("Sendmail_Stat", "Sent (250 2.0.0 ok)");
        cluster.rows.add(row);

        JsonPath answer = ask(Map.of("recipient", ana));

        assertThat(answer.getString("observations[0].recipients[0].status")).isEqualTo("PASSED_ON");
        assertThat(answer.getString("state")).isEqualTo("ANSWERED");
    }

    @Test
    void isPartialWhereSmartSearchDoesNotKnowTheHandOverEither() {
        FakeEvidence.follows(RecordType.MAILLOG, new Known.Gap(ago(61), ago(50), "The connection broke.", false));
        arrived(message("l", ago(60)));
        cluster.rows.add(FakeCluster.row(id("l"), ago(60), "sam@shop.example", ana, "Report"));

        JsonPath answer = ask(Map.of("recipient", ana));

        assertThat(answer.getString("state")).isEqualTo("PARTIAL");
        assertThat(answer.getString("explanation")).contains("after the filters");
    }

    @Test
    void findsAPartByItsOwnGuidAndByThatOfItsParent() {
        arrived(message("m", ago(60)), handedOn("m", ago(59)), split("n", "m", ago(60)));

        for (String guid : List.of(id("m"), id("n"))) {
            JsonPath found = get("/traces/" + new SourceId(ago(60), guid).encoded());
            assertThat(found.getList("recipients.address")).hasSize(2);
        }
        assertThat(ask(Map.of("recipient", ana)).getList("observations")).hasSize(1);
    }

    @Test
    void asksSmartSearchForAnIdThatNoRecordCanHave() {
        cluster.rows.add(withoutGuid(FakeCluster.row("", ago(60), "sam@shop.example", ana, "Report")));

        given().auth()
                .oauth2(OidcWiremockTestResource.getAccessToken("helpdesk", Set.of("trace-reader")))
                .get("/traces/" + new SourceId(ago(60), "mid:<@shop.example>").encoded())
                .then()
                .statusCode(200);
    }

    @Test
    void keepsAnotherPassOfTheSameMessageThatOnlySmartSearchTells() {
        FakeEvidence.follows(RecordType.MESSAGE, new Known.Gap(ago(40), ago(20), "The connection broke.", false));
        arrived(message("o", ago(60)), handedOn("o", ago(59)));
        Map<String, String> again = FakeCluster.heldRow(id("o"), ago(30), ana, "inbound_bulk", "Bulk");
        cluster.rows.add(again);

        JsonPath answer = ask(Map.of("recipient", ana));

        assertThat(answer.getList("observations")).hasSize(1);
        assertThat(answer.getString("observations[0].recipients[0].status")).isEqualTo("QUARANTINED");
    }

    @Test
    void needsNoLinesForAMessageThatWasHandedOn() {
        FakeEvidence.follows(RecordType.MAILLOG, new Known.Gap(ago(30), ago(20), "The connection broke.", false));
        arrived(message("j", ago(60)), handedOn("j", ago(59)));

        assertThat(ask(Map.of("recipient", ana)).getString("state")).isEqualTo("ANSWERED");
        assertThat(cluster.requestsTo(SEARCH)).isZero();
    }

    @Test
    void needsNoLinesForAMessageThatNeverReachedTheMailServer() {
        FakeEvidence.follows(RecordType.MAILLOG, new Known.Gap(ago(61), ago(50), "The connection broke.", false));
        arrived(read(RecordType.MESSAGE, """
                {"guid":"%s","ts":"%s","envelope":{"from":"sam@shop.example","rcpts":["%s"]},
                 "filter":{"disposition":"retry",
                           "actions":[{"module":"access","rule":"greylist","action":"retry","isFinal":true}]}}""".formatted(id("r"), ago(60), ana)));

        JsonPath answer = ask(Map.of("recipient", ana));

        assertThat(answer.getString("observations[0].recipients[0].status")).isEqualTo("DEFERRED");
        assertThat(answer.getString("state")).isEqualTo("ANSWERED");
    }

    @Test
    void pagesThroughRecordsWithoutMissingOrRepeatingOne() {
        // given
        List<IndexRow> rows = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            rows.add(message("p" + i, ago(60).minusSeconds(i / 100)));
        }
        arrived(rows.toArray(IndexRow[]::new));

        // when
        List<String> seen = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            JsonPath page = cursor.map(next -> ask(Map.of("recipient", ana, "limit", "70", "cursor", next)))
                    .orElseGet(() -> ask(Map.of("recipient", ana, "limit", "70")));
            seen.addAll(page.getList("observations.messageId", String.class));
            cursor = Optional.ofNullable(page.getString("next"));
        } while (cursor.isPresent());

        // then
        assertThat(seen).hasSize(300).doesNotHaveDuplicates();
    }

    @Test
    void provesNothingAcrossAHoleThatWasOnlySearchedByStems() {
        // given
        FakeEvidence.follows(RecordType.MESSAGE, new Known.Gap(ago(180), ago(120), "The connection broke.", false));

        // when
        JsonPath answer = ask(Map.of("subject", "nothing of " + ana.substring(0, 12)));

        // then
        assertThat(cluster.requestsTo(SEARCH)).isPositive();
        assertThat(answer.getList("observations")).isEmpty();
        assertThat(Instant.parse(answer.getString("absenceProvenUntil"))).isBeforeOrEqualTo(ago(180));
    }

    @Test
    void asksNobodyOnceTheTimeOfTheQuestionIsOver() {
        // given
        FakeEvidence.follows(RecordType.MAILLOG, new Known.Gap(ago(61), ago(50), "The connection broke.", false));
        Message message = Message.of(
                        List.of(new MessageRow(FakeCluster.row(id("s"), ago(60), "sam@shop.example", ana, "Report"))),
                        ago(60))
                .getFirst();

        // when
        Ways.Lines lines = ways.lines(List.of(message), each -> true, Deadline.in(Duration.ZERO));

        // then
        assertThat(lines.parts().getFirst().state()).isEqualTo(SourceState.PARTIAL);
        assertThat(cluster.requestsTo(SEARCH)).isZero();
    }

    @Test
    void tellsInItsStateHowTheStreamStands() {
        FakeEvidence.follows(RecordType.MAILLOG, new Known.Gap(ago(30), ago(20), "The connection broke.", false));

        JsonPath source = get("/source");

        assertThat(source.getList("parts.name")).contains("log-stream/message", "log-stream/maillog", "smart-search");
        assertThat(source.getString("parts.find { it.name == 'log-stream/maillog' }.explanation"))
                .contains("The connection broke.");
        assertThat(source.getLong("lagSeconds")).isBetween(0L, 120L);
    }

    private void arrived(IndexRow... rows) {
        index.append(Batch.of(Arrays.asList(rows)));
    }

    private Instant ago(int minutes) {
        return now.minus(Duration.ofMinutes(minutes));
    }

    private String id(String name) {
        return "guid-" + name + "-" + ana.substring(0, ana.indexOf('@'));
    }

    private String mid(String name) {
        return "<" + id(name) + "@shop.example>";
    }

    private IndexRow message(String name, Instant at) {
        return read(RecordType.MESSAGE, """
                {"guid":"%1$s","ts":"%2$s","pps":{"agent":"m1.ppops.example"},
                 "envelope":{"from":"sam@shop.example","rcpts":["%3$s"]},
                 "msg":{"header":{"message-id":["<%1$s@shop.example>"]},
                        "normalizedHeader":{"subject":["Report of %3$s"],"from":["Sam <sam@shop.example>"]}},
                 "filter":{"qid":"Q%1$s","disposition":"continue","routes":["default_inbound"],
                           "actions":[{"module":"spam","rule":"notspam","action":"continue","isFinal":true}]}}""".formatted(id(name), at, ana));
    }

    private IndexRow handedOn(String name, Instant at) {
        return read(RecordType.MAILLOG, """
                {"id":"line-%1$s","ts":"%2$s","pps":{"agent":"m1.ppops.example"},
                 "data":"%2$s m1 sendmail[1]: Q%1$s: to=<%3$s>, relay=mx.example. [192.0.2.1], dsn=2.0.0, stat=Sent (250 2.0.0 ok)",
                 "sm":{"qid":"Q%1$s","to":["<%3$s>"],"stat":"Sent (250 2.0.0 ok)"}}""".formatted(id(name), at, ana));
    }

    private IndexRow line(String name, Instant at, String dsn, String stat) {
        return read(RecordType.MAILLOG, """
                {"id":"line-%1$s","ts":"%2$s","pps":{"agent":"m1.ppops.example"},
                 "data":"%2$s m1 sendmail[1]: Q%1$s: to=<%3$s>, relay=mx.example. [192.0.2.1], dsn=%4$s, stat=%5$s",
                 "sm":{"qid":"Q%1$s","to":["<%3$s>"],"stat":"%5$s"}}""".formatted(id(name), at, ana, dsn, stat));
    }

    private IndexRow split(String name, String parent, Instant at) {
        return read(RecordType.MESSAGE, """
                {"guid":"%1$s","ts":"%2$s","envelope":{"from":"sam@shop.example","rcpts":["ben@rivercounty.example"]},
                 "filter":{"disposition":"reject","origGuid":"%3$s",
                           "actions":[{"module":"av","rule":"virus","action":"reject","isFinal":true}]}}""".formatted(id(name), at, id(parent)));
    }

    private static Map<String, String> withoutGuid(Map<String, String> row) {
        row.remove("GUID");
        row.remove("QID");
        return row;
    }

    private static IndexRow read(RecordType type, String json) {
        return ((ReadRecord.Kept) new RecordReader().read(type, json.getBytes(StandardCharsets.UTF_8), Instant.now()))
                .row();
    }

    private static String parameter(Instant at) {
        return at.toString().replace("Z", "+0000");
    }

    private static JsonPath ask(Map<String, String> question) {
        return given().auth()
                .oauth2(OidcWiremockTestResource.getAccessToken("helpdesk", Set.of("trace-reader")))
                .queryParams(question)
                .get("/traces")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static JsonPath get(String path) {
        return given().auth()
                .oauth2(OidcWiremockTestResource.getAccessToken("helpdesk", Set.of("trace-reader")))
                .get(path)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /** Both ways, with an index of its own. */
    public static class Both implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.ofEntries(
                    Map.entry("mailtrace.proofpoint.ask", "both"),
                    // Nothing listens there: what is known of the stream is said by the test.
                    Map.entry("mailtrace.proofpoint.stream.url", "ws://localhost:9"),
                    Map.entry("mailtrace.proofpoint.stream.cluster-id", "rivercounty_hosted"),
                    Map.entry("mailtrace.proofpoint.stream.token", "synthetic"),
                    Map.entry("mailtrace.proofpoint.index-file", newIndexFile()));
        }

        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(FakeEvidence.class);
        }

        static String newIndexFile() {
            try {
                return Files.createTempDirectory("mailtrace-proofpoint")
                        .resolve("index.db")
                        .toString();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
