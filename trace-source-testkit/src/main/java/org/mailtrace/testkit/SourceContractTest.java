package org.mailtrace.testkit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mailtrace.contract.SourceState;

/**
 * The contract test that every source service must pass. A service extends it in a {@code @QuarkusTest} in front of a
 * stand-in that speaks its vendor's protocol, says which questions find what, and can take the vendor away.
 */
public abstract class SourceContractTest {
    /** A circuit judges by its last calls; sources that ask no vendor have none that opens. */
    private static final int ENOUGH_TO_OPEN = 6;

    /** The source's name, such as {@code exchange-online}. */
    protected abstract String source();

    /** A token with the role {@code trace-reader}. */
    protected abstract String readerToken();

    /** A valid token without any role of ours. */
    protected abstract String tokenWithoutRole();

    /** A token with the role {@code trace-operator} and no other. */
    protected abstract String operatorToken();

    /** Parameters of a question that finds at least three messages. */
    protected abstract Map<String, String> questionThatFindsThree();

    /** Parameters of a question that this source can answer and that finds nothing. */
    protected abstract Map<String, String> questionThatFindsNothing();

    /** Whether it goes on asking its vendor without a question, so that a circuit may be open again at once. */
    protected boolean triesByItself() {
        return false;
    }

    /** Takes the vendor away, so that the next call to it fails. */
    protected abstract void takeVendorAway();

    /** Brings the vendor back, circuits closed; called after every test. */
    protected abstract void bringVendorBack();

    @AfterEach
    void vendorIsBack() {
        bringVendorBack();
    }

    @Test
    void answersInTheShapeOfTheContract() {
        // when
        Response answer = ask(questionThatFindsThree());

        // then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.contentType()).startsWith("application/json");
        GoldenSchema.ANSWER.accepts(answer.asString());
        assertThat(answer.asString()).doesNotContain(":null");
        assertThat(answer.jsonPath().getString("source")).isEqualTo(source());
        assertThat(answer.jsonPath().getString("state")).isEqualTo(SourceState.ANSWERED.name());
        assertThat(idsOf(answer)).hasSizeGreaterThanOrEqualTo(3).doesNotHaveDuplicates();
    }

    @Test
    void ordersNewestFirst() {
        // when
        List<String> firstSeen = ask(questionThatFindsThree()).jsonPath().getList("observations.firstSeen");

        // then
        List<String> newestFirst = new ArrayList<>(firstSeen);
        newestFirst.sort((a, b) -> b.compareTo(a));
        assertThat(firstSeen).hasSizeGreaterThanOrEqualTo(3).isEqualTo(newestFirst);
    }

    @Test
    void givesTheSameIdsWhenAskedAgain() {
        assertThat(idsOf(ask(questionThatFindsThree()))).isEqualTo(idsOf(ask(questionThatFindsThree())));
    }

    @Test
    void pagesWithoutSkippingOrRepeating() {
        // given
        List<String> all = idsOf(ask(questionThatFindsThree()));

        // when
        List<String> paged = new ArrayList<>();
        Map<String, String> question = new TreeMap<>(questionThatFindsThree());
        question.put("limit", "1");
        for (int page = 0; page <= all.size(); page++) {
            Response answer = ask(question);
            paged.addAll(idsOf(answer));
            String next = answer.jsonPath().getString("next");
            if (next == null) {
                break;
            }
            question.put("cursor", next);
        }

        // then
        assertThat(paged).isEqualTo(all);
    }

    @Test
    void findsAnObservationAgainByItsId() {
        // given
        JsonPath listed = ask(questionThatFindsThree()).jsonPath();
        String id = listed.getString("observations[0].sourceId");

        // when
        Response found = asReader().get("/traces/{id}", id);

        // then
        assertThat(found.statusCode()).isEqualTo(200);
        GoldenSchema.OBSERVATION.accepts(found.asString());
        assertThat(found.jsonPath().getString("sourceId")).isEqualTo(id);
        assertThat(found.jsonPath().getString("firstSeen")).isEqualTo(listed.getString("observations[0].firstSeen"));
        assertThat(found.jsonPath().getString("messageId")).isEqualTo(listed.getString("observations[0].messageId"));
        assertThat(found.jsonPath().getList("events")).isNotEmpty();
    }

    @Test
    void saysNothingFoundOnlyAfterLooking() {
        // when
        Response answer = ask(questionThatFindsNothing());

        // then
        GoldenSchema.ANSWER.accepts(answer.asString());
        assertThat(answer.jsonPath().getString("state")).isEqualTo(SourceState.ANSWERED.name());
        assertThat(answer.jsonPath().getList("observations")).isEmpty();
        assertThat(answer.jsonPath().getString("absenceProvenUntil"))
                .isLessThanOrEqualTo(answer.jsonPath().getString("searchedTo"));
    }

    @Test
    void reportsAMissingVendorAsAStateAndNeverAsAnEmptyResult() {
        // given
        takeVendorAway();

        // when
        Response answer = ask(questionThatFindsNothing());

        // then
        assertThat(answer.statusCode()).isEqualTo(200);
        GoldenSchema.ANSWER.accepts(answer.asString());
        SourceState state = SourceState.valueOf(answer.jsonPath().getString("state"));
        assertThat(state.looked()).isFalse();
        assertThat(answer.jsonPath().getString("explanation")).isNotBlank();
    }

    @Test
    void neverSaysThatAnObservationIsUnknownWhileTheVendorIsAway() {
        // given
        String id = idsOf(ask(questionThatFindsThree())).getFirst();
        takeVendorAway();

        // when
        Response answer = asReader().get("/traces/{id}", id);

        // then
        assertThat(answer.statusCode()).isIn(200, 503);
    }

    @Test
    void answersAnUnknownIdWithAProblem() {
        problem(asReader().get("/traces/{id}", "bm90LWFuLWlk"), 404);
    }

    @Test
    void listsEveryFaultOfAQuestionAtOnce() {
        // when
        Response answer = asReader()
                .queryParam("recipient", "a*@rivercounty.example")
                .queryParam("limit", "0")
                .queryParam("from", "yesterday")
                .queryParam("colour", "red")
                .get("/traces");

        // then
        problem(answer, 400);
        assertThat(answer.jsonPath().getList("faults.parameter"))
                .containsExactlyInAnyOrder("recipient", "limit", "from", "colour");
    }

    @Test
    void refusesACursorThatItDidNotGive() {
        problem(
                asReader()
                        .queryParams(questionThatFindsThree())
                        .queryParam("cursor", "xyz")
                        .get("/traces"),
                400);
    }

    @Test
    void wantsAToken() {
        // when
        Response answer = given().queryParams(questionThatFindsThree()).get("/traces");

        // then
        problem(answer, 401);
        assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
    }

    @Test
    void wantsTheRole() {
        problem(
                given().auth()
                        .oauth2(tokenWithoutRole())
                        .queryParams(questionThatFindsThree())
                        .get("/traces"),
                403);
    }

    @Test
    void tellsHowItIsDoing() {
        // given
        ask(questionThatFindsThree());

        // when
        Response info = asReader().get("/source");

        // then
        assertThat(info.statusCode()).isEqualTo(200);
        GoldenSchema.INFO.accepts(info.asString());
        assertThat(info.jsonPath().getString("source")).isEqualTo(source());
        assertThat(info.jsonPath().getString("circuit")).isEqualTo("CLOSED");
    }

    @Test
    void setsItsCircuitsBackForAnOperatorAndForNobodyElse() {
        // given
        takeVendorAway();
        for (int i = 0; i < ENOUGH_TO_OPEN && !isOpen(); i++) {
            ask(questionThatFindsNothing());
        }

        // when
        Response refused = asReader().post("/source/circuit/reset");
        Response anonymous = given().post("/source/circuit/reset");
        Response reset = given().auth().oauth2(operatorToken()).post("/source/circuit/reset");

        // then
        problem(refused, 403);
        problem(anonymous, 401);
        assertThat(reset.statusCode()).isEqualTo(200);
        GoldenSchema.INFO.accepts(reset.asString());
        assertThat(reset.jsonPath().getString("source")).isEqualTo(source());
        if (!triesByItself()) {
            assertThat(reset.jsonPath().getString("circuit")).isIn("CLOSED", "UNKNOWN");
        }
    }

    private boolean isOpen() {
        return asReader().get("/source").jsonPath().getString("circuit").equals("OPEN");
    }

    @Test
    void describesEveryParameterOfAQuestion() {
        // when
        JsonPath description =
                given().accept("application/json").get("/q/openapi").jsonPath();

        // then
        assertThat(description.<String>getList("paths.'/traces'.get.parameters.name"))
                .containsExactlyInAnyOrder(
                        "sender",
                        "recipient",
                        "subject",
                        "messageId",
                        "from",
                        "to",
                        "limit",
                        "cursor",
                        "include",
                        "advanced",
                        "ticket",
                        "reason");
    }

    @Test
    void keepsTheCallersRequestId() {
        // when
        Response answer = asReader().header("X-Request-Id", "ticket-4711").get("/source");

        // then
        assertThat(answer.header("X-Request-Id")).isEqualTo("ticket-4711");
    }

    private Response ask(Map<String, String> question) {
        return asReader().queryParams(question).get("/traces");
    }

    private RequestSpecification asReader() {
        return given().auth().oauth2(readerToken());
    }

    private static List<String> idsOf(Response answer) {
        return answer.jsonPath().getList("observations.sourceId");
    }

    private static void problem(Response answer, int status) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.jsonPath().getInt("status")).isEqualTo(status);
        assertThat(answer.jsonPath().getString("type")).startsWith("https://mailtrace.example/problems/");
        assertThat(answer.jsonPath().getString("detail")).isNotBlank();
        assertThat(answer.asString()).doesNotContain("Exception").doesNotContain("\tat ");
    }
}
