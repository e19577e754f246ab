package org.mailtrace.standins.proofpoint;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mailtrace.standins.StandInsConfig;
import org.mailtrace.standins.story.Story;
import org.mailtrace.standins.story.StoryBook;

@QuarkusTest
class ProofpointTest {
    private static final String SEARCH = "/proofpoint/rest/v1/pss/filter";
    private static final String QUARANTINE = "/proofpoint/rest/v1/quarantine";

    @Inject
    StoryBook book;

    @Inject
    StandInsConfig config;

    @Test
    void asksForNameAndPassword() {
        given().get(SEARCH).then().statusCode(401);
        given().auth()
                .preemptive()
                .basic("demo-smart-search", "wrong")
                .get(SEARCH)
                .then()
                .statusCode(401);
        given().get(QUARANTINE + "?rcpt=a@b.example").then().statusCode(401);
    }

    @Test
    void hasNoResultKeyWhenNothingIsFound() {
        assertThat(search("env_rcpt", "nobody@rivercounty.example").jsonPath().getMap(""))
                .isEmpty();
    }

    @Test
    void writesStringsAndADateInItsOwnZone() {
        // given
        Story story = story("bulk-quarantined");

        // when
        Map<String, Object> row = rows(search("hdr_mid", "news-1@shop.example")).getFirst();

        // then
        assertThat(row).hasSize(44);
        assertThat(row.entrySet())
                .filteredOn(e -> !e.getKey().equals("module_rules"))
                .allMatch(e -> e.getValue() instanceof String);
        assertThat(row.get("module_rules")).isEqualTo(List.of("spam.inbound_bulk"));
        OffsetDateTime date = OffsetDateTime.parse(
                (String) row.get("Date"), DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss '[UTC'XX']'"));
        assertThat(date.toInstant()).isEqualTo(story.at());
        assertThat(date.getOffset()).isNotEqualTo(ZoneOffset.UTC);
        assertThat(row)
                .containsEntry("Final_Action", "discard")
                .containsEntry("Final_Rule", "spam.inbound_bulk")
                .containsEntry("Quarantine_Folder", "Bulk")
                .containsEntry("Message_ID", "<news-1@shop.example>");
    }

    @Test
    void findsLongerAddressesThatHoldTheOneAskedFor() {
        // when
        Set<Object> recipients = Set.copyOf(rows(search("env_rcpt", "ana@rivercounty.example")).stream()
                .map(row -> row.get("Recipients"))
                .toList());

        // then
        assertThat(recipients).contains("ana@rivercounty.example", "dana@rivercounty.example");
        assertThat(search("env_rcpt", "@").jsonPath().getMap("")).isEmpty();
        assertThat(rows(search("env_from", "*@contoso.*"))).isNotEmpty();
    }

    @Test
    void findsSubjectsByTheStemsOfTheirWords() {
        assertThat(rows(search("subject", "the offer for autumn"))).isNotEmpty();
        assertThat(search("subject", "autu").jsonPath().getMap("")).isEmpty();
        assertThat(search("subject", "the").jsonPath().getMap("")).isEmpty();
    }

    @Test
    void cutsSilentlyAtTheCountAndShowsTheNewestFirst() {
        // when
        List<Map<String, Object>> all = rows(search("env_from", "*"));
        List<Map<String, Object>> two = rows(
                authorized().queryParam("env_from", "*").queryParam("count", 2).get(SEARCH));

        // then
        assertThat(all).hasSizeGreaterThan(10);
        assertThat(two).isEqualTo(all.subList(0, 2));
        assertThat(all).extracting(row -> (String) row.get("Date")).isSortedAccordingTo((a, b) -> b.compareTo(a));
    }

    @Test
    void looksBackOneDayUnlessAPeriodIsAsked() {
        // given
        Story old = story("two-weeks-ago");
        String from = time(old.at().minusSeconds(60));
        String to = time(old.at().plusSeconds(60));

        // when
        Response byDefault = search("hdr_mid", old.messageId());
        Response then =
                authorized().queryParam("from", from).queryParam("to", to).get(SEARCH);

        // then
        assertThat(byDefault.jsonPath().getMap("")).isEmpty();
        assertThat(rows(then)).extracting(row -> row.get("Message_ID")).containsExactly(old.messageId());
    }

    @Test
    void splitsAMessageWhoseRecipientsMeetDifferentFates() {
        // when
        List<Map<String, Object>> rows =
                rows(search("hdr_mid", story("three-fates").messageId()));

        // then
        assertThat(rows).hasSize(2);
        Map<String, Object> child = rows.stream()
                .filter(row -> !"".equals(row.get("Message_Split")))
                .findFirst()
                .orElseThrow();
        Map<String, Object> parent = rows.stream()
                .filter(row -> "".equals(row.get("Message_Split")))
                .findFirst()
                .orElseThrow();
        assertThat(child)
                .containsEntry("Message_Split", parent.get("GUID"))
                .containsEntry("Recipients", "emil@rivercounty.example")
                .containsEntry("Final_Action", "discard");
        assertThat(parent)
                .containsEntry("Recipients", "ana@rivercounty.example,carla@rivercounty.example")
                .containsEntry("Final_Action", "continue");
        assertThat((String) parent.get("Sendmail_To_Stat"))
                .contains(
                        "to=<ana@rivercounty.example>", "relay=exch01.rivercounty.example. [", "stat=Sent (250 2.6.0");
    }

    @Test
    void showsWhatAStorySaysInTheVendorsOwnColumns() {
        // when
        Map<String, Object> accepted =
                rows(search("hdr_mid", story("partner-accepted").messageId())).getFirst();
        Map<String, Object> encrypted = rows(search(
                        "hdr_mid", story("encrypted-for-a-partner").messageId()))
                .getFirst();
        Map<String, Object> encoded =
                rows(search("hdr_mid", story("encoded-subject").messageId())).getFirst();
        List<Map<String, Object>> passes =
                rows(search("hdr_mid", story("released-and-filtered-again").messageId()));

        // then
        assertThat(accepted).containsEntry("Final_Action", "accept").containsEntry("Final_Rule", "access.partners");
        assertThat(rows(search("action", "accept"))).contains(accepted);
        assertThat(encrypted).containsEntry("PE_Recipients", "clinic@health.example");
        assertThat((String) encoded.get("Subject")).startsWith("=?UTF-8?Q?");
        assertThat(passes).extracting(row -> row.get("Final_Action")).containsExactly("continue", "discard");
    }

    @Test
    void tellsMailThatLeavesByItsPolicyRoutes() {
        assertThat(rows(search("hdr_mid", story("cloud-to-outside").messageId()))
                        .getFirst()
                        .get("Policy_Routes"))
                .isEqualTo("allow_relay,firewallsafe,internalnet,outbound");
        assertThat(rows(search("hdr_mid", story("still-pending").messageId()))
                        .getFirst()
                        .get("Policy_Routes"))
                .isEqualTo("default_inbound,firewallsafe");
    }

    @Test
    void tellsADeferralWithItsReply() {
        // when
        Map<String, Object> row =
                rows(search("hdr_mid", story("still-pending").messageId())).getFirst();

        // then
        assertThat(row)
                .containsEntry("Sendmail_Stat", "Deferred: 451 4.4.1 Connection timed out")
                .containsEntry("Sendmail_Errorcode", "4.4.1");
        assertThat(((String) row.get("SendmailRaw_Log")).lines()).hasSize(2);
    }

    @Test
    void searchesOneQuarantineFolderOnlyAndWantsAnAddressOrSubject() {
        authorized().get(QUARANTINE).then().statusCode(400);
        assertThat(held("Bulk", "rcpt", "ana@rivercounty.example").jsonPath().<String>getList("records.messageid"))
                .containsExactly("news-1@shop.example");
        assertThat(authorized()
                        .queryParam("rcpt", "ana@rivercounty.example")
                        .get(QUARANTINE)
                        .jsonPath()
                        .getInt("count"))
                .isZero();
        assertThat(held("Bulk", "from", "*@shop.example").jsonPath().getInt("count"))
                .isEqualTo(1);
    }

    @Test
    void noLongerHoldsWhatWasReleasedOrHasExpired() {
        // given
        Story released = story("released-then-delivered");

        // when
        Map<String, Object> row = rows(search("hdr_mid", released.messageId())).getFirst();
        Response folder = held("Bulk", "rcpt", "ben@rivercounty.example");
        Response expired = authorized()
                .queryParam("rcpt", "emil@rivercounty.example")
                .queryParam("folder", "Bulk")
                .queryParam("startdate", "2020-01-01 00:00:00")
                .get(QUARANTINE);

        // then
        assertThat(row).containsEntry("Quarantine_Folder", "Bulk").containsEntry("current_folder", "");
        assertThat(folder.jsonPath().getInt("count")).isZero();
        assertThat(expired.jsonPath().<String>getList("records.subject")).containsExactly("Invitation to the fair");
    }

    @Test
    void countsADownloadThatATracerMustNeverCause() {
        // given
        String guid = (String)
                rows(search("hdr_mid", "news-1@shop.example")).getFirst().get("GUID");

        // when
        Response message = authorized().queryParam("guid", guid).get(QUARANTINE);

        // then
        assertThat(message.statusCode()).isEqualTo(200);
        assertThat(message.asString()).contains("Message-ID: <news-1@shop.example>");
        assertThat(given().get("/requests").jsonPath().<String>getList("endpoint"))
                .contains("proofpoint-quarantine.download");
        authorized().queryParam("guid", "unknown").get(QUARANTINE).then().statusCode(404);
    }

    private Response held(String folder, String key, String value) {
        return authorized().queryParam(key, value).queryParam("folder", folder).get(QUARANTINE);
    }

    private Response search(String key, String value) {
        return authorized().queryParam(key, value).get(SEARCH);
    }

    private static List<Map<String, Object>> rows(Response response) {
        assertThat(response.statusCode()).isEqualTo(200);
        return response.jsonPath().getList("result");
    }

    private static String time(Instant instant) {
        return DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssXX").format(instant.atOffset(ZoneOffset.UTC));
    }

    private RequestSpecification authorized() {
        return given().auth()
                .preemptive()
                .basic(config.proofpoint().username(), config.proofpoint().password());
    }

    private Story story(String id) {
        return book.stories().stream()
                .filter(s -> s.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
