package org.mailtrace.standins.exo.historical;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.mailtrace.standins.StandInsConfig;
import org.mailtrace.standins.exo.Tenant;

@QuarkusTest
@TestProfile(TightTenantTest.Tight.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TightTenantTest {
    public static class Tight implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "mailtrace.standins.exchange-online.quota", "3",
                    "mailtrace.standins.exchange-online.historical-pace", "0s",
                    "mailtrace.standins.exchange-online.historical-per-day", "4",
                    "mailtrace.standins.exchange-online.report-downloads", "3");
        }
    }

    @Inject
    StandInsConfig config;

    @Test
    @Order(1)
    void writesASummaryInUtf16WithoutAMark() {
        // given
        String id = search("MessageTrace", "*@rivercounty.example");

        // when
        byte[] file = download(id).asByteArray();
        List<NamedCsvRecord> lines = csv(file);

        // then
        assertThat(file[0]).isEqualTo((byte) 'o');
        assertThat(file[1]).isZero();
        assertThat(lines.getFirst().getHeader())
                .startsWith("origin_timestamp_utc", "sender_address", "recipient_status");
        assertThat(lines)
                .anyMatch(line -> line.getField("recipient_status").equals("ana@rivercounty.example##Receive, Deliver"))
                .anyMatch(line -> line.getField("recipient_status").contains(";"))
                .noneMatch(line -> line.getField("recipient_status").contains("Expand"))
                .allMatch(line -> line.getField("network_message_id").matches("[0-9a-f]{32}"));
        assertThat(lines)
                .extracting(line -> Instant.parse(line.getField("origin_timestamp_utc")))
                .allMatch(time -> time.isBefore(Instant.now().minus(4, ChronoUnit.HOURS)));
    }

    @Test
    @Order(2)
    void writesALinePerEventInTheExtendedKind() {
        // given
        String id = search("MessageTraceDetail", "hoarder@rivercounty.example");

        // when
        List<NamedCsvRecord> lines = csv(download(id).asByteArray());

        // then
        assertThat(lines.getFirst().getHeader()).hasSize(27);
        assertThat(lines)
                .extracting(line -> line.getField("source") + " " + line.getField("event_id"))
                .contains("SMTP RECEIVE", "SMTP FAIL");
        assertThat(lines)
                .filteredOn(line -> line.getField("event_id").equals("FAIL"))
                .allSatisfy(
                        line -> assertThat(line.getField("recipient_status")).contains("{LED=554 5.2.2"));
    }

    @Test
    @Order(3)
    void isBusyAfterAFewDownloads() {
        // given
        String id = search("MessageTrace", "ben@rivercounty.example");

        // when
        List<Integer> answers =
                Stream.generate(() -> download(id).statusCode()).limit(4).toList();

        // then
        assertThat(answers).containsExactly(200, 200, 200, 503);
    }

    @Test
    @Order(4)
    void namesNoFileWhenItFoundNothingAndCountsAllSearchesOfADay() {
        // given
        Response none = start("MessageTrace", "nobody@rivercounty.example");

        // when
        Response refused = start("MessageTrace", "ben@rivercounty.example");

        // then
        assertThat(none.jsonPath().getString("value[0].Status")).isEqualTo("Done");
        assertThat(none.jsonPath().getMap("value[0]")).containsEntry("FileUrl", null);
        assertThat(refused.statusCode()).isEqualTo(400);
    }

    @Test
    @Order(5)
    void sharesOneQuotaBetweenListsDetailsAndCmdlets() {
        // given
        Tenant tenant = new Tenant(config);
        String details = Tenant.TRACES + "/none/getDetailsByRecipient(recipientAddress='x')";
        assertThat(tenant.traces(null, null).statusCode()).isEqualTo(200);
        assertThat(tenant.withToken(config.exchangeOnline().scope())
                        .urlEncodingEnabled(false)
                        .get(details)
                        .statusCode())
                .isEqualTo(200);
        assertThat(tenant.run("Get-MessageTraceV2", Map.of()).statusCode()).isEqualTo(200);

        // when
        Response list = tenant.traces(null, null);
        Response cmdlet = tenant.run("Get-MessageTraceV2", Map.of());

        // then
        assertThat(list.statusCode()).isEqualTo(429);
        assertThat(list.jsonPath().getString("error.message"))
                .isEqualTo("Your recent queries have surpassed the permitted limit, please try again later.");
        assertThat(Integer.parseInt(list.header("Retry-After"))).isBetween(1, 300);
        assertThat(cmdlet.statusCode()).isEqualTo(429);
        assertThat(cmdlet.jsonPath().getString("error.details[0].message")).endsWith("please try again later.");
    }

    private String search(String type, String recipient) {
        Response started = start(type, recipient);
        assertThat(started.jsonPath().getString("value[0].FileUrl"))
                .startsWith(config.publicUrl() + "/exchange-online/reports/");
        return started.jsonPath().getString("value[0].JobId");
    }

    private Response start(String type, String recipient) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        return new Tenant(config)
                .run(
                        "Start-HistoricalSearch",
                        Map.of(
                                "ReportTitle",
                                "Demonstration",
                                "ReportType",
                                type,
                                "StartDate",
                                now.minus(20, ChronoUnit.DAYS).toString(),
                                "EndDate",
                                now.toString(),
                                "RecipientAddress",
                                recipient));
    }

    private Response download(String id) {
        String session = given().redirects()
                .follow(false)
                .formParam("return", "/exchange-online/reports/" + id + ".csv")
                .post("/exchange-online/sign-in")
                .cookie("demo-session");
        return given().cookie("demo-session", session).get("/exchange-online/reports/" + id + ".csv");
    }

    private static List<NamedCsvRecord> csv(byte[] file) {
        return CsvReader.builder().ofNamedCsvRecord(new String(file, StandardCharsets.UTF_16LE)).stream()
                .toList();
    }
}
