package org.mailtrace.standins.exo.cmdlet;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailtrace.standins.StandInsConfig;
import org.mailtrace.standins.exo.Tenant;
import org.mailtrace.standins.story.Story;
import org.mailtrace.standins.story.StoryBook;

@QuarkusTest
class InvokeCommandTest {
    private static final String TRACE = "Get-MessageTraceV2";
    private static final String DETAIL = "Get-MessageTraceDetailV2";
    private static final Pattern NEXT = Pattern.compile("-EndDate \"([^\"]+)\" -StartingRecipientAddress \"([^\"]+)\"");

    @Inject
    StandInsConfig config;

    @Inject
    StoryBook book;

    @TestHTTPResource("/exchange-online/adminapi/")
    URI api;

    @AfterEach
    void repair() {
        given().delete("/faults").then().statusCode(204);
    }

    @Test
    void takesTokensOfExchangeOnlyAndGraphTakesNone() {
        String graph = config.exchangeOnline().scope();
        String exchange = config.exchangeOnline().cmdletScope();
        assertThat(tenant().invoke(tenant().withToken(graph), TRACE, Map.of()).statusCode())
                .isEqualTo(401);
        assertThat(tenant().withToken(exchange).get(Tenant.TRACES).jsonPath().getString("error.message"))
                .isEqualTo("Access token validation failure. Invalid audience.");
        assertThat(tenant().run(TRACE, Map.of()).statusCode()).isEqualTo(200);
    }

    @Test
    void knowsNoOtherVersionThanBeta() {
        tenant().withToken(config.exchangeOnline().cmdletScope())
                .contentType("application/json")
                .body("{}")
                .post("/exchange-online/adminapi/v1.0/"
                        + config.exchangeOnline().tenant() + "/InvokeCommand")
                .then()
                .statusCode(405);
    }

    @Test
    void answersACmdletThatMayNotRunWithAnEmptyBodyDeclaredAsGzip() throws IOException, InterruptedException {
        // when
        HttpResponse<byte[]> reply = raw("Get-Mailbox", "{}");

        // then
        assertThat(reply.statusCode()).isEqualTo(403);
        assertThat(reply.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(reply.body()).isEmpty();
    }

    @Test
    void takesSeveralValuesOfAParameter() {
        // when
        Response found = tenant().run(
                        TRACE,
                        Map.of(
                                "RecipientAddress",
                                List.of("ana@rivercounty.example", "HUGO@rivercounty.example"),
                                "Status",
                                List.of("Delivered", "Quarantined")));

        // then
        assertThat(Set.copyOf(found.jsonPath().<String>getList("value.RecipientAddress")))
                .containsExactlyInAnyOrder("ana@rivercounty.example", "hugo@rivercounty.example");
        assertThat(Set.copyOf(found.jsonPath().<String>getList("value.Status")))
                .containsExactlyInAnyOrder("Delivered", "Quarantined");
    }

    @Test
    void writesTypesBesideTheProperties() {
        // when
        Map<String, Object> row =
                tenant().run(TRACE, Map.of("ResultSize", 1)).jsonPath().getMap("value[0]");

        // then
        assertThat(row)
                .containsEntry("MessageTraceId@data.type", "System.Guid")
                .containsEntry("Received@data.type", "System.DateTime")
                .containsKeys("MessageTraceId", "Received", "SenderAddress", "RecipientAddress", "Size@data.type");
    }

    @Test
    void tellsTimesWithAndWithoutAZone() {
        assertThat(tenant().run(TRACE, Map.of()).jsonPath().<String>getList("value.Received"))
                .anyMatch(time -> time.endsWith("Z"))
                .anyMatch(time -> !time.endsWith("Z"));
    }

    @Test
    void leadsThroughAllRowsByTheWarningAndRepeatsTheLastOne() {
        // given
        Set<String> all = new HashSet<>(keys(tenant().run(TRACE, tenDays())));
        Set<String> seen = new HashSet<>();
        Map<String, Object> question = new HashMap<>(tenDays());
        question.put("ResultSize", 9);
        int repeated = 0;

        // when
        Response page = tenant().run(TRACE, question);
        Matcher next = NEXT.matcher(warnings(page));
        int pages = 1;
        seen.addAll(keys(page));
        while (next.find() && pages < 50) {
            question.put("EndDate", next.group(1));
            question.put("StartingRecipientAddress", next.group(2));
            page = tenant().run(TRACE, question);
            repeated += (int) keys(page).stream().filter(seen::contains).count();
            seen.addAll(keys(page));
            next = NEXT.matcher(warnings(page));
            pages++;
        }

        // then
        assertThat(seen).isEqualTo(all);
        assertThat(pages).isBetween(3, 49);
        assertThat(repeated).isGreaterThanOrEqualTo(pages - 1);
    }

    @Test
    void saysThatThereIsMoreInTheBodyAndInAHeader() {
        // when
        Response page = tenant().run(TRACE, Map.of("ResultSize", 2));

        // then
        assertThat(warnings(page))
                .startsWith(
                        "There are more results, use the following command to get more. Get-MessageTraceV2 -StartDate ")
                .endsWith(" -ResultSize 2");
        assertThat(page.header("X-Warnings")).isEqualTo(warnings(page));
        assertThat(tenant().run(TRACE, Map.of()).header("X-Warnings")).isNull();
    }

    @Test
    void pagesBySendingTheSameBodyToTheNextLink() {
        // given
        String exchange = config.exchangeOnline().cmdletScope();
        int all = keys(tenant().run(TRACE, Map.of())).size();

        // when
        Response first =
                tenant().invoke(tenant().withToken(exchange).header("Prefer", "odata.maxpagesize=5"), TRACE, Map.of());
        String link = Tenant.next(first).orElseThrow();
        Response second = tenant().withToken(exchange)
                .contentType("application/json")
                .body(Map.of("CmdletInput", Map.of("CmdletName", TRACE, "Parameters", Map.of())))
                .urlEncodingEnabled(false)
                .post(URI.create(link.replace("$", "%24")).getRawPath() + "?"
                        + URI.create(link.replace("$", "%24")).getRawQuery());

        // then
        assertThat(keys(first)).hasSize(5).doesNotContainAnyElementsOf(keys(second));
        assertThat(keys(second)).hasSize(all - 5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "5001", "many"})
    void refusesAnImpossibleResultSize(String size) {
        assertThat(text(tenant().run(TRACE, Map.of("ResultSize", size)))).isEqualTo("ResultSize is invalid");
    }

    @Test
    void putsItsTextBehindTheLastBarAndMuchElseBesideIt() {
        // given
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

        // when
        Response refusal = tenant().run(
                        TRACE,
                        Map.of("StartDate", now.minus(11, ChronoUnit.DAYS).toString(), "EndDate", now.toString()));

        // then
        assertThat(refusal.statusCode()).isEqualTo(400);
        assertThat(text(refusal)).isEqualTo("The interval between StartDate and EndDate can't be longer than 10 days.");
        assertThat(refusal.jsonPath().getString("error.message")).isEqualTo("Error executing cmdlet");
        assertThat(refusal.jsonPath().getString("error.innererror.internalexception.stacktrace"))
                .contains("   at ");
        assertThat(text(tenant().run(
                                TRACE, Map.of("StartDate", now.minusSeconds(60).toString()))))
                .isEqualTo("EndDate is required when a StartDate is entered.");
        assertThat(text(tenant().run(TRACE, Map.of("OrderBy", "Received"))))
                .isEqualTo("A parameter cannot be found that matches parameter name 'OrderBy'.");
    }

    @Test
    void knowsDetailsOfTheLast48HoursUnlessAPeriodIsGiven() {
        // given
        Story old = story("two-weeks-ago");
        Map<String, Object> question = new HashMap<>(Map.of(
                "MessageTraceId",
                old.networkMessageId(),
                "RecipientAddress",
                old.to().getFirst()));

        // when
        Response without = tenant().run(DETAIL, question);
        question.put("StartDate", old.at().minus(1, ChronoUnit.HOURS).toString());
        question.put("EndDate", old.at().plus(1, ChronoUnit.HOURS).toString().replace("Z", ""));
        Response with = tenant().run(DETAIL, question);

        // then
        assertThat(without.statusCode()).isEqualTo(200);
        assertThat(without.jsonPath().getList("value")).isEmpty();
        assertThat(with.jsonPath().<String>getList("value.Event")).containsExactly("Receive", "Deliver");
        assertThat(text(tenant().run(DETAIL, Map.of("MessageTraceId", old.networkMessageId()))))
                .endsWith("missing mandatory parameters: RecipientAddress.");
    }

    @Test
    void closesTheConnectionOnAWideTraceWhenSoSwitched() {
        // given
        fault("{\"widestHours\": 24}");

        // then
        assertThat(catchThrowable(() -> raw(TRACE, "{}"))).isInstanceOf(IOException.class);
        Instant now = Instant.now();
        assertThat(tenant().run(
                                TRACE,
                                Map.of(
                                        "StartDate",
                                        now.minus(6, ChronoUnit.HOURS).toString(),
                                        "EndDate",
                                        now.toString()))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void recommendsTheQuestionThatWasJustAnsweredWhenSoSwitched() {
        // given
        fault("{\"pages\": \"circle\"}");

        // when
        Response once = tenant().run(TRACE, Map.of("ResultSize", 5));
        Matcher next = NEXT.matcher(warnings(once));
        assertThat(next.find()).isTrue();
        Response again = tenant().run(
                        TRACE,
                        Map.of(
                                "ResultSize",
                                5,
                                "StartDate",
                                Instant.now().minus(2, ChronoUnit.DAYS).toString(),
                                "EndDate",
                                next.group(1),
                                "StartingRecipientAddress",
                                next.group(2)));

        // then
        assertThat(keys(again)).isEqualTo(keys(once));
    }

    @Test
    void refusesPermissionWithoutAWord() throws IOException, InterruptedException {
        // given
        fault("{\"refuse\": \"permission\"}");

        // when
        HttpResponse<byte[]> reply = raw(TRACE, "{}");

        // then
        assertThat(reply.statusCode()).isEqualTo(403);
        assertThat(reply.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(reply.body()).isEmpty();
    }

    private static Map<String, Object> tenDays() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        return Map.of("StartDate", now.minus(10, ChronoUnit.DAYS).toString(), "EndDate", now.toString());
    }

    private static List<String> keys(Response page) {
        return page.jsonPath().getList("value.collect { it.MessageTraceId + it.RecipientAddress }");
    }

    private static String warnings(Response page) {
        return String.join("", page.jsonPath().<String>getList("'@adminapi.warnings'"));
    }

    private static String text(Response refusal) {
        String message = refusal.jsonPath().getString("error.details[0].message");
        return message.substring(message.lastIndexOf('|') + 1);
    }

    private static void fault(String body) {
        given().contentType("application/json")
                .body(body)
                .post("/faults/exchange-online")
                .then()
                .statusCode(204);
    }

    private HttpResponse<byte[]> raw(String cmdlet, String parameters) throws IOException, InterruptedException {
        String body = "{\"CmdletInput\":{\"CmdletName\":\"" + cmdlet + "\",\"Parameters\":" + parameters + "}}";
        HttpRequest request = HttpRequest.newBuilder(
                        api.resolve("beta/" + config.exchangeOnline().tenant() + "/InvokeCommand"))
                .header(
                        "Authorization",
                        "Bearer " + tenant().token(config.exchangeOnline().cmdletScope()))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.ofByteArray());
        }
    }

    private Story story(String id) {
        return book.stories().stream()
                .filter(story -> story.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private Tenant tenant() {
        return new Tenant(config);
    }
}
