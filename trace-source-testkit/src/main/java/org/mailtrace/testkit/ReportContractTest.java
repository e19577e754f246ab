package org.mailtrace.testkit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mailtrace.contract.ReportStatus;
import org.mailtrace.contract.SourceState;

/**
 * The contract test that every source must pass that answers some questions by a report. A service extends it as it does
 * {@link SourceContractTest}.
 */
public abstract class ReportContractTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** A token with the role {@code trace-reader}. */
    protected abstract String readerToken();

    /** A token of somebody else with the role {@code trace-reader}. */
    protected abstract String anotherReadersToken();

    /** A token with the role {@code trace-operator} and no other. */
    protected abstract String operatorToken();

    /** A question that only a report can answer and that finds at least three messages. */
    protected abstract Map<String, String> questionThatFindsThree();

    /** A question that only a report can answer and that finds nothing. */
    protected abstract Map<String, String> questionThatFindsNothing();

    /** A question whose window is older than anything the source keeps. */
    protected abstract Map<String, String> questionThatIsTooOld();

    /** Makes the vendor refuse the service for good, so that a report fails. */
    protected abstract void makeVendorRefuse();

    /** Brings the vendor back, circuits closed; called after every test. */
    protected abstract void bringVendorBack();

    @AfterEach
    void vendorIsBack() {
        bringVendorBack();
    }

    @Test
    void tellsThatOnlyAReportCanAnswerAndWhatItCosts() {
        // when
        Response answer = asReader().queryParams(questionThatFindsThree()).get("/traces");
        Response cost = asReader().queryParams(questionThatFindsThree()).get("/cost");

        // then
        GoldenSchema.ANSWER.accepts(answer.asString());
        assertThat(answer.jsonPath().getString("state")).isEqualTo(SourceState.REPORT_REQUIRED.name());
        assertThat(answer.jsonPath().getString("explanation")).contains("/reports");
        assertThat(cost.statusCode()).isEqualTo(200);
        GoldenSchema.COST.accepts(cost.asString());
        assertThat(cost.jsonPath().getString("state")).isEqualTo(SourceState.REPORT_REQUIRED.name());
        assertThat(cost.jsonPath().getInt("cost.rowRequests")).isPositive();
    }

    @Test
    void takesAReportInAndTellsWhereItIs() {
        // when
        Response accepted = order(questionThatFindsThree());

        // then
        assertThat(accepted.statusCode()).isEqualTo(202);
        GoldenSchema.REPORT.accepts(accepted.asString());
        assertThat(accepted.asString()).doesNotContain(":null");
        assertThat(accepted.header("Location"))
                .endsWith("/reports/" + accepted.jsonPath().getString("id"));
        assertThat(Integer.parseInt(accepted.header("Retry-After"))).isPositive();
        assertThat(accepted.jsonPath().getInt("cost.rowRequests")).isPositive();
    }

    @Test
    void completesAndAnswersInTheShapeOfTheContract() {
        // when
        String id = order(questionThatFindsThree()).jsonPath().getString("id");
        JsonPath report = untilOver(id);
        Response found = asReader().get("/reports/{id}/observations", id);

        // then
        assertThat(report.getString("status")).isEqualTo(ReportStatus.COMPLETE.name());
        assertThat(report.getString("links.observations")).endsWith("/reports/" + id + "/observations");
        GoldenSchema.ANSWER.accepts(found.asString());
        assertThat(found.jsonPath().getString("state")).isEqualTo(SourceState.ANSWERED.name());
        assertThat(idsOf(found)).hasSizeGreaterThanOrEqualTo(3).doesNotHaveDuplicates();
        assertThat(report.getInt("progress.messages")).isEqualTo(idsOf(found).size());
        List<String> firstSeen = found.jsonPath().getList("observations.firstSeen");
        assertThat(firstSeen).isSortedAccordingTo((a, b) -> b.compareTo(a));
    }

    @Test
    void pagesWithoutSkippingOrRepeating() {
        // given
        String id = order(questionThatFindsThree()).jsonPath().getString("id");
        untilOver(id);
        List<String> all = idsOf(asReader().get("/reports/{id}/observations", id));

        // when
        List<String> paged = new ArrayList<>();
        Response page = asReader().queryParam("limit", 1).get("/reports/{id}/observations", id);
        paged.addAll(idsOf(page));
        while (page.jsonPath().getString("next") != null && paged.size() <= all.size()) {
            page = asReader()
                    .queryParam("limit", 1)
                    .queryParam("cursor", page.jsonPath().getString("next"))
                    .get("/reports/{id}/observations", id);
            paged.addAll(idsOf(page));
        }

        // then
        assertThat(paged).isEqualTo(all);
    }

    @Test
    void saysNothingFoundOnlyOnceItIsComplete() {
        // when
        String id = order(questionThatFindsNothing()).jsonPath().getString("id");
        JsonPath report = untilOver(id);
        Response found = asReader().get("/reports/{id}/observations", id);

        // then
        GoldenSchema.ANSWER.accepts(found.asString());
        assertThat(report.getString("state")).isEqualTo(SourceState.ANSWERED.name());
        assertThat(found.jsonPath().getList("observations")).isEmpty();
        assertThat(found.jsonPath().getString("absenceProvenUntil")).isNotBlank();
    }

    @Test
    void neverLooksLikeAnEmptyAnswerWhenItFailed() {
        // given
        makeVendorRefuse();

        // when
        String id = order(questionThatFindsThree()).jsonPath().getString("id");
        JsonPath report = untilOver(id);
        Response found = asReader().get("/reports/{id}/observations", id);

        // then
        assertThat(report.getString("status")).isEqualTo(ReportStatus.FAILED.name());
        GoldenSchema.ANSWER.accepts(found.asString());
        assertThat(SourceState.valueOf(found.jsonPath().getString("state")).looked())
                .isFalse();
        assertThat(found.jsonPath().getString("explanation")).isNotBlank();
        assertThat(found.jsonPath().getString("absenceProvenUntil")).isNull();
    }

    @Test
    void leadsARepeatedRequestToTheSameReport() {
        // given
        String key = UUID.randomUUID().toString();

        // when
        Response first = order(questionThatFindsThree(), key);
        Response again = order(questionThatFindsThree(), key);
        Response other = order(questionThatFindsNothing(), key);
        Response ofAnother = given().auth()
                .oauth2(anotherReadersToken())
                .header("Idempotency-Key", key)
                .contentType("application/json")
                .body(questionThatFindsThree())
                .post("/reports");

        // then
        assertThat(again.statusCode()).isEqualTo(202);
        assertThat(again.jsonPath().getString("id")).isEqualTo(first.jsonPath().getString("id"));
        problem(other, 422);
        assertThat(ofAnother.jsonPath().getString("id"))
                .isNotEqualTo(first.jsonPath().getString("id"));
    }

    @Test
    void belongsToWhoAskedForIt() {
        // given
        String id = order(questionThatFindsThree()).jsonPath().getString("id");

        // then
        problem(as(anotherReadersToken()).get("/reports/{id}", id), 404);
        problem(as(anotherReadersToken()).get("/reports/{id}/observations", id), 404);
        problem(as(anotherReadersToken()).delete("/reports/{id}", id), 404);
        problem(as(operatorToken()).get("/reports/{id}/observations", id), 403);
        problem(asReader().get("/reports/{id}", "bm90LWFuLWlk"), 404);
        problem(given().get("/reports/{id}", id), 401);
    }

    @Test
    void showsAnOperatorTheStatesOfAllAndNothingElse() {
        // given
        Map<String, String> question = questionThatFindsThree();
        String id = order(question).jsonPath().getString("id");
        untilOver(id);

        // when
        Response list = as(operatorToken()).get("/reports");

        // then
        GoldenSchema.REPORTS.accepts(list.asString());
        assertThat(list.jsonPath().<String>getList("reports.id")).contains(id);
        assertThat(list.asString()).doesNotContain("@");
        problem(asReader().get("/reports"), 403);
    }

    @Test
    void canBeCancelled() {
        // given
        String id = order(questionThatFindsThree()).jsonPath().getString("id");

        // when
        Response cancelled = asReader().delete("/reports/{id}", id);

        // then
        assertThat(cancelled.statusCode()).isEqualTo(200);
        GoldenSchema.REPORT.accepts(cancelled.asString());
        assertThat(ReportStatus.valueOf(cancelled.jsonPath().getString("status"))
                        .isOver())
                .isTrue();
    }

    @Test
    void refusesWhatItCanNeverAnswer() {
        // when
        Response old = order(questionThatIsTooOld());

        // then
        problem(old, 422);
        assertThat(old.jsonPath().getString("sources[0].state")).isEqualTo(SourceState.OUT_OF_RETENTION.name());
    }

    @Test
    void listsEveryFaultOfAnOrderAtOnce() {
        // when
        Response answer = asReader()
                .contentType("application/json")
                .header("Idempotency-Key", "not a key")
                .body(Map.of(
                        "recipient", "a*@rivercounty.example", "from", "yesterday", "cursor", "x", "colour", "red"))
                .post("/reports");

        // then
        problem(answer, 400);
        assertThat(answer.jsonPath().getList("faults.parameter"))
                .containsExactlyInAnyOrder("Idempotency-Key", "recipient", "from", "cursor", "colour");
        problem(asReader().contentType("application/json").body("[]").post("/reports"), 400);
    }

    @Test
    void refusesAPageThatItCannotGive() {
        // given
        String id = order(questionThatFindsThree()).jsonPath().getString("id");

        // then
        problem(asReader().queryParam("cursor", "xyz").get("/reports/{id}/observations", id), 400);
        problem(
                asReader().queryParam("limit", "0").queryParam("colour", "red").get("/reports/{id}/observations", id),
                400);
    }

    private Response order(Map<String, String> question) {
        return order(question, UUID.randomUUID().toString());
    }

    private Response order(Map<String, String> question, String key) {
        return asReader()
                .header("Idempotency-Key", key)
                .contentType("application/json")
                .body(question)
                .post("/reports");
    }

    private JsonPath untilOver(String id) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .until(
                        () -> {
                            Response report = asReader().get("/reports/{id}", id);
                            assertThat(report.statusCode()).isEqualTo(200);
                            GoldenSchema.REPORT.accepts(report.asString());
                            return report.jsonPath();
                        },
                        report ->
                                ReportStatus.valueOf(report.getString("status")).isOver());
    }

    private RequestSpecification asReader() {
        return as(readerToken());
    }

    private static RequestSpecification as(String token) {
        return given().auth().oauth2(token);
    }

    private static List<String> idsOf(Response answer) {
        return answer.jsonPath().getList("observations.sourceId");
    }

    private static void problem(Response answer, int status) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(URI.create(answer.jsonPath().getString("type")).getHost()).isEqualTo("mailtrace.example");
        assertThat(answer.jsonPath().getString("detail")).isNotBlank();
        assertThat(answer.asString()).doesNotContain("Exception").doesNotContain("\tat ");
    }
}
