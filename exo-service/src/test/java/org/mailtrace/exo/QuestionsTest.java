package org.mailtrace.exo;

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
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mailtrace.exo.words.Words;

@QuarkusTest
@QuarkusTestResource(OidcWiremockTestResource.class)
@QuarkusTestResource(FakeGraph.class)
class QuestionsTest {
    private static final String ANA = "ana@rivercounty.example";
    private static final String BEN = "ben@rivercounty.example";
    private static final String TEAM = "team@rivercounty.example";
    private final String id = UUID.randomUUID().toString();
    private final Instant received = Instant.now().minus(Duration.ofHours(2)).truncatedTo(ChronoUnit.SECONDS);

    @BeforeEach
    void healthyVendor() {
        FakeGraph.reset();
        Asking.untilAnswered();
        FakeGraph.reset();
    }

    @Test
    void filtersEveryRowAgain() {
        // given
        FakeGraph.tracesAre(
                FakeGraph.row(id, received, "ANA@rivercounty.example", "delivered"),
                FakeGraph.row(UUID.randomUUID().toString(), received, BEN, "delivered"),
                FakeGraph.row(UUID.randomUUID().toString(), received.minus(Duration.ofDays(3)), ANA, "delivered"));

        // when
        JsonPath answer = Asking.ask(Map.of("recipient", ANA));

        // then
        assertThat(answer.getList("observations.networkMessageId")).isEqualTo(List.of(id));
        assertThat(answer.getBoolean("observations[0].detailsFetched")).isTrue();
        assertThat(answer.getString("observations[0].recipients[0].status")).isEqualTo("DELIVERED");
        assertThat(answer.getString("observations[0].consoleUrl")).endsWith(id);
        assertThat(answer.getString("observations[0].origin")).isNull();
    }

    @Test
    void readsEventsOfThreeRecipientsAndSaysSo() {
        // given
        FakeGraph.tracesAre(IntStream.range(0, 5)
                .mapToObj(i -> FakeGraph.row(id, received, "user" + i + "@rivercounty.example", "delivered"))
                .toArray(String[]::new));

        // when
        JsonPath answer = Asking.ask(Map.of("messageId", id));

        // then
        assertThat(FakeGraph.detailRequests()).isEqualTo(3);
        assertThat(answer.getBoolean("observations[0].detailsFetched")).isFalse();
        assertThat(answer.getBoolean("observations[0].recipientsComplete")).isTrue();
        assertThat(answer.getInt("observations[0].recipientCount")).isEqualTo(5);
        assertThat(answer.getString("observations[0].recipients[4].explanation"))
                .contains("folder was not checked");
    }

    @Test
    void spendsNoMoreThanItsAllowanceOnOneQuestion() {
        // given
        FakeGraph.tracesAre(IntStream.range(0, 20)
                .mapToObj(i -> FakeGraph.row(UUID.randomUUID().toString(), received, ANA, "delivered"))
                .toArray(String[]::new));

        // when
        Asking.ask(Map.of("recipient", ANA));

        // then
        assertThat(FakeGraph.detailRequests()).isEqualTo(8);
    }

    @Test
    void keepsEventsBriefly() {
        // given
        FakeGraph.tracesAre(FakeGraph.row(id, received, ANA, "delivered"));

        // when
        Asking.ask(Map.of("recipient", ANA));
        Asking.ask(Map.of("recipient", ANA));

        // then
        assertThat(FakeGraph.detailRequests()).isEqualTo(1);
    }

    @Test
    void listsTheMembersOfAGroup() {
        // given
        String group = FakeGraph.row(id, received, TEAM, "expanded");
        FakeGraph.tracesWith("recipientAddress eq '" + TEAM + "'", group);
        FakeGraph.tracesWith(
                "id eq '" + id + "'",
                group,
                FakeGraph.row(id, received, ANA, "delivered"),
                FakeGraph.row(id, received, BEN, "delivered"));
        FakeGraph.detailsAre(FakeGraph.event("Expand", 1, "The group was expanded."));

        // when
        JsonPath answer = Asking.ask(Map.of("recipient", TEAM));

        // then
        assertThat(answer.getList("observations[0].recipients.address")).containsExactlyInAnyOrder(TEAM, ANA, BEN);
        assertThat(answer.getList("observations[0].recipients.find { it.status == 'EXPANDED' }.relatedAddresses"))
                .isEqualTo(List.of(ANA, BEN));
    }

    @Test
    void answersAtOnceForOneDayLongAgo() {
        // given
        Instant from = Instant.now().minus(Duration.ofDays(80));

        // when
        JsonPath answer = Asking.ask(Map.of(
                "recipient",
                ANA,
                "from",
                from.toString(),
                "to",
                from.plus(Duration.ofDays(10)).toString()));

        // then
        assertThat(answer.getString("state")).isEqualTo("ANSWERED");
        assertThat(answer.getString("absenceProvenUntil")).isEqualTo(answer.getString("searchedTo"));
    }

    @Test
    void wantsAReportForAWiderWindowOrAThoroughSearch() {
        // when
        JsonPath wide = Asking.ask(Map.of(
                "recipient",
                ANA,
                "from",
                Instant.now().minus(Duration.ofDays(11)).toString()));
        JsonPath thorough = Asking.ask(Map.of("recipient", ANA, "advanced", "true"));

        // then
        assertThat(wide.getString("state")).isEqualTo("REPORT_REQUIRED");
        assertThat(wide.getString("explanation")).contains("POST /reports", "at least 3 requests");
        assertThat(thorough.getString("state")).isEqualTo("REPORT_REQUIRED");
        assertThat(FakeGraph.listRequests()).isZero();
    }

    @Test
    void saysWhatIsTooOld() {
        // given
        Instant old = Instant.now().minus(Duration.ofDays(93));

        // when
        JsonPath wholly = Asking.ask(Map.of(
                "recipient",
                ANA,
                "from",
                old.toString(),
                "to",
                old.plus(Duration.ofDays(1)).toString()));
        int before = FakeGraph.listRequests();
        JsonPath partly = Asking.ask(Map.of(
                "recipient",
                ANA,
                "from",
                old.toString(),
                "to",
                old.plus(Duration.ofDays(9)).toString()));

        // then
        assertThat(before).isZero();
        assertThat(wholly.getString("state")).isEqualTo("OUT_OF_RETENTION");
        assertThat(partly.getString("state")).isEqualTo("OUT_OF_RETENTION");
        assertThat(partly.getString("searchedFrom")).isEqualTo(partly.getString("searchableFrom"));
        assertThat(FakeGraph.listRequests()).isEqualTo(1);
    }

    @Test
    void cannotSearchByTheNullSenderAlone() {
        // when
        JsonPath answer = Asking.ask(Map.of("sender", "<>"));

        // then
        assertThat(answer.getString("state")).isEqualTo("CANNOT_ANSWER");
        assertThat(FakeGraph.listRequests()).isZero();
    }

    @Test
    void warnsThatNothingFoundForADomainIsNoProof() {
        assertThat(Asking.ask(Map.of("sender", "*@contoso.example")).getList("warnings"))
                .isEqualTo(List.of(Words.NOT_WHOLE_DOMAIN, Words.BY_ENVELOPE_SENDER));
    }

    @Test
    void carriesTextOfACallerSafely() {
        // given
        FakeGraph.tracesWith("contains(subject, 'O''Brien 100% & co')");

        // when
        JsonPath answer = Asking.ask(Map.of("subject", "O'Brien 100% & co", "recipient", "o'neil@rivercounty.example"));

        // then
        assertThat(answer.getString("state")).isEqualTo("ANSWERED");
        assertThat(answer.getString("equivalent")).contains("'O''Brien 100% & co'", "'o''neil@rivercounty.example'");
    }
}
