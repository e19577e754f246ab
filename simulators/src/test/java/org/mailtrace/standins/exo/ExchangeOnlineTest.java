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
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
        List<String> subjects = traces(null, null).jsonPath().getList("value.subject");

        // then
        assertThat(subjects).contains("Lunch on Friday").doesNotContain("Minutes of the meeting");
    }

    @Test
    void findsAnOldMessageOnlyByAPeriodOfItsTime() {
        // given
        Story old = story("two-weeks-ago");

        // when
        Response found = traces(period(old.at().minusSeconds(60), old.at().plusSeconds(60)), null);

        // then
        assertThat(found.jsonPath().getList("value.messageId")).containsExactly(old.messageId());
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
        Response found = traces(
                "(recipientAddress eq 'ana@rivercounty.example' or recipientAddress eq 'hugo@rivercounty.example')",
                null);

        // then
        assertThat(Set.copyOf(found.jsonPath().<String>getList("value.recipientAddress")))
                .containsExactly("hugo@rivercounty.example");
    }

    @Test
    void answersEverythingWhenAnAddressIsAskedInPart() {
        // when
        int all = traces(null, null).jsonPath().getList("value").size();
        Response partly = traces("startswith(senderAddress, 'sam@')", null);

        // then
        assertThat(partly.jsonPath().getList("value")).hasSize(all);
    }

    @Test
    void takesAWholeDomainButNoOtherWildcard() {
        assertThat(traces("senderAddress eq '*@contoso.example'", null)
                        .jsonPath()
                        .getList("value"))
                .isNotEmpty();
        assertThat(traces("senderAddress eq 'sam*@contoso.example'", null)
                        .jsonPath()
                        .getList("value"))
                .isEmpty();
    }

    @Test
    void pagesByAbsoluteLinksWithoutLossOrRepetition() {
        // given
        int all = traces(null, null).jsonPath().getList("value").size();
        Set<String> seen = new HashSet<>();

        // when
        Response page = traces(null, "7");
        int pages = 1;
        seen.addAll(keys(page));
        String next = page.jsonPath().getString("'@odata.nextLink'");
        while (next != null) {
            assertThat(next).startsWith("http://standins.example:8090" + TRACES).contains("$skiptoken=");
            String query = URI.create(next.replace("$", "%24")).getRawQuery();
            Response following = authorized().urlEncodingEnabled(false).get(TRACES + "?" + query);
            seen.addAll(keys(following));
            pages++;
            next = following.jsonPath().getString("'@odata.nextLink'");
        }

        // then
        assertThat(seen).hasSize(all);
        assertThat(pages).isEqualTo((all + 6) / 7);
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
        Response found = traces("id eq '" + group.networkMessageId() + "'", null);

        // then
        assertThat(found.jsonPath().<String>getList("value.recipientAddress"))
                .containsExactlyInAnyOrder(
                        "storm-team@rivercounty.example",
                        "ana@rivercounty.example",
                        "ben@rivercounty.example",
                        "hugo@rivercounty.example");
        String status = found.jsonPath()
                .getString("value.find { it.recipientAddress == 'storm-team@rivercounty.example' }.status");
        assertThat(status.toLowerCase(Locale.ROOT)).isEqualTo("expanded");
    }

    @Test
    void callsJunkDeliveredAndSaysSoInTheDetailsOnly() {
        // given
        Story junked = story("junked");

        // when
        String status = traces("id eq '" + junked.networkMessageId() + "'", null)
                .jsonPath()
                .getString("value[0].status");
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
        Response found = traces("id eq '" + late.networkMessageId() + "'", null);

        // then
        assertThat(found.statusCode()).isEqualTo(200);
        assertThat(found.jsonPath().getList("value")).isEmpty();
    }

    private void refused(String filter, String message) {
        Response refusal = traces(filter, null);
        assertThat(refusal.statusCode()).isEqualTo(400);
        assertThat(refusal.jsonPath().getString("error.message")).isEqualTo(message);
    }

    private static String period(Instant from, Instant to) {
        return "receivedDateTime ge " + from + " and receivedDateTime le " + to;
    }

    private static List<String> keys(Response page) {
        return page.jsonPath().getList("value.collect { it.id + it.recipientAddress }");
    }

    private Story story(String id) {
        return book.stories().stream()
                .filter(s -> s.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private Response traces(String filter, String top) {
        var request = authorized();
        if (filter != null) {
            request.queryParam("$filter", filter);
        }
        if (top != null) {
            request.queryParam("$top", top);
        }
        return request.get(TRACES);
    }

    private RequestSpecification authorized() {
        String token = token(
                        "client_credentials",
                        config.exchangeOnline().clientId(),
                        config.exchangeOnline().clientSecret())
                .jsonPath()
                .getString("access_token");
        return given().header("Authorization", "Bearer " + token);
    }

    private Response token(String grant, String client, String secret) {
        return given().formParam("grant_type", grant)
                .formParam("client_id", client)
                .formParam("client_secret", secret)
                .formParam("scope", config.exchangeOnline().scope())
                .post("/entra/" + config.exchangeOnline().tenant() + "/oauth2/v2.0/token");
    }
}
