package org.mailtrace.standins.exo.historical;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.mailtrace.standins.StandInsConfig;
import org.mailtrace.standins.exo.Tenant;

@QuarkusTest
class HistoricalSearchTest {
    @Inject
    StandInsConfig config;

    @Test
    void waitsRunsAndEnds() {
        // given
        Instant submitted = Instant.parse("2026-11-23T12:00:00Z");
        Duration pace = Duration.ofMinutes(10);
        SearchRequest request = new SearchRequest(
                "t",
                SearchRequest.SUMMARY,
                submitted,
                submitted,
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of());
        HistoricalSearch search = new HistoricalSearch(UUID.randomUUID(), submitted, request, false);

        // then
        assertThat(search.status(submitted.plusSeconds(599), pace)).isEqualTo("NotStarted");
        assertThat(search.status(submitted.plusSeconds(600), pace)).isEqualTo("InProgress");
        assertThat(search.status(submitted.plusSeconds(1200), pace)).isEqualTo("Done");
        assertThat(search.stopped().status(submitted.plusSeconds(1200), pace)).isEqualTo("Cancelled");
    }

    @Test
    void hasNoFileBeforeItIsDoneAndCanBeStoppedOnce() {
        // given
        Response started = tenant().run("Start-HistoricalSearch", question());
        String id = started.jsonPath().getString("value[0].JobId");

        // when
        Response first = tenant().run("Stop-HistoricalSearch", Map.of("JobId", id));
        Response second = tenant().run("Stop-HistoricalSearch", Map.of("JobId", id));

        // then
        assertThat(started.jsonPath().getString("value[0].Status")).isEqualTo("NotStarted");
        assertThat(started.jsonPath().getMap("value[0]")).containsEntry("FileUrl", null);
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(second.statusCode()).isEqualTo(400);
        assertThat(tenant().run("Get-HistoricalSearch", Map.of("JobId", id))
                        .jsonPath()
                        .getString("value[0].Status"))
                .isEqualTo("Cancelled");
        assertThat(tenant().run("Get-HistoricalSearch", Map.of()).jsonPath().<String>getList("value.JobId"))
                .contains(id);
    }

    @Test
    void wantsAnAddressOrAnIdAndKnowsThreeStatuses() {
        // given
        Map<String, Object> nobody = new HashMap<>(question());
        nobody.remove("RecipientAddress");
        Map<String, Object> pending = new HashMap<>(question());
        pending.put("DeliveryStatus", "Pending");
        Map<String, Object> subject = new HashMap<>(question());
        subject.put("Subject", "Autumn");

        // then
        assertThat(tenant().run("Start-HistoricalSearch", nobody).statusCode()).isEqualTo(400);
        assertThat(tenant().run("Start-HistoricalSearch", pending).statusCode()).isEqualTo(400);
        assertThat(tenant().run("Start-HistoricalSearch", subject).statusCode()).isEqualTo(400);
        assertThat(tenant().run("Start-HistoricalSearch", Map.of()).statusCode())
                .isEqualTo(400);
        assertThat(tenant().run("Get-HistoricalSearch", Map.of("JobId", "nothing"))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void leadsAnApplicationsTokenToTheSignInPage() {
        // given
        String file = "/exchange-online/reports/" + UUID.randomUUID() + ".csv";

        // when
        Response led = tenant().withToken(config.exchangeOnline().cmdletScope())
                .redirects()
                .follow(false)
                .get(file);

        // then
        assertThat(led.statusCode()).isEqualTo(302);
        assertThat(led.header("Location")).isEqualTo(config.publicUrl() + "/exchange-online/sign-in?return=" + file);
        assertThat(given().queryParam("return", file)
                        .get("/exchange-online/sign-in")
                        .contentType())
                .startsWith("text/html");
    }

    @Test
    void doesNotLeadFromTheSignInPageToElsewhere() {
        assertThat(given().redirects()
                        .follow(false)
                        .formParam("return", "https://elsewhere.example/")
                        .post("/exchange-online/sign-in")
                        .header("Location"))
                .endsWith("/exchange-online/sign-in");
    }

    private static Map<String, Object> question() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        return Map.of(
                "ReportTitle",
                "Demonstration",
                "ReportType",
                "MessageTrace",
                "StartDate",
                now.minus(20, ChronoUnit.DAYS).toString(),
                "EndDate",
                now.toString(),
                "RecipientAddress",
                List.of("*@rivercounty.example"));
    }

    private Tenant tenant() {
        return new Tenant(config);
    }
}
