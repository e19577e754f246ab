package org.mailtrace.standins.exo;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailtrace.standins.StandInsConfig;
import org.mailtrace.standins.story.Story;
import org.mailtrace.standins.story.StoryBook;

@QuarkusTest
class ExchangeOnlineTest {
    private static final String TRACES = "/graph/v1.0/admin/exchange/tracing/messageTraces";

    @Inject
    StoryBook book;

    @Inject
    StandInsConfig config;

    @ParameterizedTest
    @CsvSource({
        "client_credentials, nobody, , 400, AADSTS700016",
        "client_credentials, , wrong, 401, AADSTS7000215",
        "password, , , 400, AADSTS70003"
    })
    void refusesATokenWithTheCodeThatOperatorsLookUp(
            String grant, String client, String secret, int status, String code) {
        token(
                        grant,
                        client == null ? config.exchangeOnline().clientId() : client,
                        secret == null ? config.exchangeOnline().clientSecret() : secret)
                .then()
                .statusCode(status)
                .body("error_description", startsWith(code + ":"));
    }

    @Test
    void asksForABearerToken() {
        given().get(TRACES).then().statusCode(401).body("error.code", equalTo("InvalidAuthenticationToken"));
        given().header("Authorization", "Bearer invented").get(TRACES).then().statusCode(401);
    }

    @Test
    void answersTheLast48HoursWhenNoPeriodIsAsked() {
        // when
        List<String> subjects = all(null, "value.subject");

        // then
        assertThat(subjects).contains("Lunch on Friday").doesNotContain("Minutes of the meeting");
    }

    @Test
    void findsAnOldMessageOnlyByAPeriodOfItsTime() {
        // given
        Story old = story("two-weeks-ago");

        // when
        List<String> found = all(period(old.at().minusSeconds(60), old.at().plusSeconds(60)), "value.messageId");

        // then
        assertThat(found).containsExactly(old.messageId());
    }

    @Test
    void refusesPeriodsAsMicrosoftDoes() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        refused("receivedDateTime ge " + now.minusSeconds(60), "EndDate is required when a StartDate is entered.");
        refused(
                "receivedDateTime ge " + now.minusSeconds(60) + " and receivedDateTime lt " + now,
                "EndDate is required when a StartDate is entered.");
        refused(
                period(now.minus(11, ChronoUnit.DAYS), now),
                "|System.ArgumentException|The interval between StartDate and EndDate can't be longer than 10 days.");
        refused(
                period(now.minus(92, ChronoUnit.DAYS), now.minus(91, ChronoUnit.DAYS)),
                "Invalid StartDate value. The StartDate can't be older than 90 days from today.");
        assertThat(traces(period(now.minus(10, ChronoUnit.DAYS), now), null).statusCode())
                .isEqualTo(200);
    }

    @Test
    void ignoresOrAndKeepsTheLastValueOfAProperty() {
        // when
        List<String> found = all(
                "(recipientAddress eq 'ana@rivercounty.example' or recipientAddress eq 'hugo@rivercounty.example')",
                "value.recipientAddress");

        // then
        assertThat(Set.copyOf(found)).containsExactly("hugo@rivercounty.example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status in ('failed', 'pending')",
                "recipientAddress ne 'ana@rivercounty.example'",
                "endswith(recipientAddress, 'ben@rivercounty.example')",
                "contains(senderAddress, 'sam@')"
            })
    void answersEverythingWhenItDoesNotKnowAnOperatorOnAProperty(String filter) {
        assertThat(all(filter, "value.id")).hasSameSizeAs(all(null, "value.id"));
    }

    @Test
    void takesNotForNothingAndTheLastWordOnASubject() {
        assertThat(Set.copyOf(all("not (recipientAddress eq 'hugo@rivercounty.example')", "value.recipientAddress")))
                .containsExactly("hugo@rivercounty.example");
        assertThat(Set.copyOf(
                        all("contains(subject, 'nothing of the kind') and subject eq 'ONLY TODAY'", "value.subject")))
                .containsExactly("Only today");
    }

    @Test
    void ignoresSelectionOrderAndCount() {
        // when
        Response page = tenant().withToken(config.exchangeOnline().scope())
                .queryParam("$select", "id")
                .queryParam("$orderby", "receivedDateTime asc")
                .queryParam("$count", "true")
                .queryParam("$filter", "senderAddress eq 'deals@bargains.example'")
                .get(TRACES);

        // then
        assertThat(page.jsonPath().getString("'@odata.count'")).isNull();
        assertThat(page.statusCode()).isEqualTo(200);
        List<String> times = all(null, "value.receivedDateTime");
        assertThat(times.stream().map(Instant::parse).toList()).isSortedAccordingTo(Comparator.reverseOrder());
    }

    @Test
    void namesARecallOnlyToWhoAsksForNewMembers() {
        // given
        String filter = "id eq '" + story("recalled").networkMessageId() + "'";

        // when
        List<String> usual = all(filter, "value.status");
        Response asked = tenant().withToken(config.exchangeOnline().scope())
                .header("Prefer", "include-unknown-enum-members")
                .queryParam("$filter", filter)
                .queryParam("$top", "2")
                .get(TRACES);
        Response rows = asked.jsonPath().getList("value").isEmpty()
                ? tenant().withToken(config.exchangeOnline().scope())
                        .header("Prefer", "include-unknown-enum-members")
                        .urlEncodingEnabled(false)
                        .get(TRACES + "?"
                                + URI.create(Tenant.next(asked).orElseThrow().replace("$", "%24"))
                                        .getRawQuery())
                : asked;

        // then
        assertThat(usual).allMatch("unknownFutureValue"::equalsIgnoreCase).isNotEmpty();
        assertThat(rows.jsonPath().getString("value[0].status")).isEqualToIgnoringCase("recalled");
    }

    @Test
    void mixesEventsOfOneSecondButNoOthersAndEachTimeAlike() {
        // given
        List<Story> stories = Stream.of(
                        "all-within-one-second", "rule-deleted", "junked", "held-by-exchange-online", "cloud-to-cloud")
                .map(this::story)
                .toList();

        // when
        List<Response> readings = stories.stream().map(this::details).toList();

        // then
        assertThat(readings)
                .allSatisfy(reading -> assertThat(reading.jsonPath().<String>getList("value.dateTime"))
                        .isSorted())
                .anySatisfy(reading -> assertThat(sequence(reading)).isNotEqualTo(sorted(sequence(reading))));
        assertThat(sequence(details(stories.getFirst()))).isEqualTo(sequence(readings.getFirst()));
    }

    @Test
    void answersEverythingWhenAnAddressIsAskedInPart() {
        // when
        List<String> partly = all("startswith(senderAddress, 'sam@')", "value.id");

        // then
        assertThat(partly).hasSameSizeAs(all(null, "value.id"));
    }

    @Test
    void takesAWholeDomainButNoOtherWildcard() {
        assertThat(all("senderAddress eq '*@contoso.example'", "value.id")).isNotEmpty();
        assertThat(all("senderAddress eq 'sam*@contoso.example'", "value.id")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0", "5001", "ten"})
    void refusesAnImpossiblePageSize(String top) {
        assertThat(traces(null, top).jsonPath().getString("error.message")).isEqualTo("ResultSize is invalid");
    }

    @Test
    void givesEachRecipientARowAndTheGroupAnExpandedOne() {
        // given
        Story group = story("group");

        // when
        String filter = "id eq '" + group.networkMessageId() + "'";

        // then
        assertThat(all(filter, "value.recipientAddress"))
                .containsExactlyInAnyOrder(
                        "storm-team@rivercounty.example",
                        "ana@rivercounty.example",
                        "ben@rivercounty.example",
                        "hugo@rivercounty.example");
        assertThat(all(filter, "value.findAll { it.recipientAddress == 'storm-team@rivercounty.example' }.status"))
                .singleElement()
                .satisfies(status -> assertThat(status).isEqualToIgnoringCase("expanded"));
    }

    @Test
    void givesEachTransactionOfAMessageAnIdOfItsOwn() {
        // given
        String filter = "messageId eq '" + story("in-two-transactions").messageId() + "'";

        // then
        assertThat(all(filter, "value.id"))
                .containsExactlyInAnyOrder(
                        "0d2d7c5e-58f1-4c6b-9a55-08de2a6b1f01", "8be3a1f7-22c4-47d0-8f0e-08de2a6b1f02");
    }

    @Test
    void callsJunkDeliveredAndSaysSoInTheDetailsOnly() {
        // given
        Story junked = story("junked");

        // when
        String status =
                all("id eq '" + junked.networkMessageId() + "'", "value.status").getFirst();
        Response details = authorized()
                .urlEncodingEnabled(false)
                .get(TRACES + "/" + junked.networkMessageId()
                        + "/getDetailsByRecipient(recipientAddress='hugo%40rivercounty.example')");

        // then
        assertThat(status).isEqualToIgnoringCase("delivered");
        assertThat(details.jsonPath().<String>getList("value.description"))
                .anyMatch(text -> text.endsWith("DefaultFolderType:JunkEmail"));
        assertThat(details.jsonPath().<String>getList("value.data"))
                .allMatch(xml -> xml.startsWith("<root><MEP Name="));
        assertThat(Set.copyOf(details.jsonPath().<String>getList("value.id")))
                .containsExactly(junked.networkMessageId());
    }

    @Test
    void hidesRowsUntilTheyAreVisible() {
        // given
        Story late = story("handed-over-minutes-ago");

        // when
        List<String> found = all("id eq '" + late.networkMessageId() + "'", "value.id");

        // then
        assertThat(found).isEmpty();
    }

    private void refused(String filter, String message) {
        Response refusal = traces(filter, null);
        assertThat(refusal.statusCode()).isEqualTo(400);
        assertThat(refusal.jsonPath().getString("error.message")).isEqualTo(message);
    }

    private static String period(Instant from, Instant to) {
        return "receivedDateTime ge " + from + " and receivedDateTime le " + to;
    }

    private Story story(String id) {
        return book.stories().stream()
                .filter(s -> s.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private Tenant tenant() {
        return new Tenant(config);
    }

    private Response traces(String filter, String top) {
        return tenant().traces(filter, top);
    }

    /** One column of all pages. */
    private List<String> all(String filter, String column) {
        return tenant().pages(filter, null, 10).stream()
                .flatMap(page -> page.jsonPath().<String>getList(column).stream())
                .toList();
    }

    private Response details(Story story) {
        return authorized()
                .urlEncodingEnabled(false)
                .get(TRACES + "/" + story.networkMessageId() + "/getDetailsByRecipient(recipientAddress='"
                        + story.to().getFirst().replace("@", "%40") + "')");
    }

    /** In which order the events happened, as their XML says. */
    private static List<Integer> sequence(Response details) {
        return details.jsonPath().<String>getList("value.data").stream()
                .map(xml -> Integer.valueOf(xml.replaceFirst("(?s).*SequenceNumber\" Long=\"(\\d+)\".*", "$1")))
                .toList();
    }

    private static List<Integer> sorted(List<Integer> numbers) {
        return numbers.stream().sorted().toList();
    }

    private RequestSpecification authorized() {
        return tenant().withToken(config.exchangeOnline().scope());
    }

    private Response token(String grant, String client, String secret) {
        return given().formParam("grant_type", grant)
                .formParam("client_id", client)
                .formParam("client_secret", secret)
                .formParam("scope", config.exchangeOnline().scope())
                .post("/entra/" + config.exchangeOnline().tenant() + "/oauth2/v2.0/token");
    }
}
