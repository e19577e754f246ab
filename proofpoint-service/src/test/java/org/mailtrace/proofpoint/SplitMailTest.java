package org.mailtrace.proofpoint;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Parts of one message that Smart Search shows as rows of their own. */
@QuarkusTest
@QuarkusTestResource(OidcWiremockTestResource.class)
@QuarkusTestResource(ClusterResource.class)
class SplitMailTest {
    private static final Map<String, String> BO = Map.of("recipient", "bo@rivercounty.example");
    private final FakeCluster cluster = ClusterResource.cluster();
    private final Instant at = Instant.now().minus(Duration.ofHours(2));

    @BeforeEach
    void aMessageInTwoParts() {
        cluster.rows.clear();
        cluster.held.clear();
        cluster.rows.add(FakeCluster.row("guid-parent", at, "sam@shop.example", "ana@rivercounty.example", "Report"));
        Map<String, String> child =
                FakeCluster.heldRow("guid-child", at, "bo@rivercounty.example", "inbound_bulk", "Bulk");
        child.put("Sender", "sam@shop.example");
        child.put("Message_ID", "<guid-parent@shop.example>");
        child.put("Message_Split", "guid-parent");
        cluster.rows.add(child);
        cluster.held.add(FakeCluster.heldRecord("guid-child", at, "bo@rivercounty.example", "Bulk"));
        cluster.requests.clear();
    }

    @AfterEach
    void nothingIsLeft() {
        cluster.behave();
        cluster.rows.clear();
        cluster.held.clear();
    }

    @Test
    void looksForTheOtherPartsOfASplitMessage() {
        // when
        JsonPath answer = ask(BO);
        JsonPath all = ask(Map.of("messageId", "guid-parent@shop.example"));

        // then
        assertThat(answer.getList("observations")).hasSize(1);
        assertThat(answer.getInt("observations[0].recipientCount")).isEqualTo(2);
        assertThat(answer.getList("observations[0].recipients.address")).containsExactly("bo@rivercounty.example");
        assertThat(answer.getString("observations[0].recipients[0].quarantine.state"))
                .as("the part's own GUID is looked up, not the parent's")
                .isEqualTo("PRESENT");
        assertThat(all.getList("observations")).hasSize(1);
        assertThat(all.getBoolean("observations[0].recipientsComplete")).isTrue();
        assertThat(all.getString("observations[0].sourceId")).isEqualTo(answer.getString("observations[0].sourceId"));
    }

    @Test
    void findsEveryPartByTheIdOfTheMessage() {
        // when
        String sourceId = ask(BO).getString("observations[0].sourceId");
        JsonPath found = reader().get("/traces/" + sourceId).jsonPath();

        // then
        assertThat(found.getList("recipients.address"))
                .containsExactlyInAnyOrder("ana@rivercounty.example", "bo@rivercounty.example");
        assertThat(found.getBoolean("recipientsComplete")).isTrue();
    }

    @Test
    void findsAPartWhoseParentIsNotKeptAnyMore() {
        // given
        cluster.rows.removeFirst();

        // when
        String sourceId = ask(BO).getString("observations[0].sourceId");

        // then
        assertThat(reader().get("/traces/" + sourceId).statusCode()).isEqualTo(200);
    }

    @Test
    void doesNotCallTheRecipientsCompleteIfTheOtherPartsCouldNotBeRead() {
        // given
        cluster.misbehave("pss/filter?hdr_mid", exchange -> FakeCluster.status(exchange, 403, "text/plain", "no"));

        // when
        JsonPath answer = ask(Map.of("recipient", "bo@rivercounty.example", "include", "recipients"));

        // then
        assertThat(answer.getList("observations")).hasSize(1);
        assertThat(answer.getBoolean("observations[0].recipientsComplete")).isFalse();
    }

    private static JsonPath ask(Map<String, String> question) {
        return reader().queryParams(question)
                .get("/traces")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static RequestSpecification reader() {
        return given().auth().oauth2(OidcWiremockTestResource.getAccessToken("helpdesk", Set.of("trace-reader")));
    }
}
