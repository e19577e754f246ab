package org.mailtrace.gateway.describe;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mailtrace.gateway.FakeSources;

/** The OpenAPI document as callers get it; what it says is kept, so that a change of it is seen. */
@QuarkusTest
@QuarkusTestResource(OidcWiremockTestResource.class)
@QuarkusTestResource(FakeSources.class)
class DescriptionTest {
    @Test
    void isTheOneThatIsKept() throws IOException {
        ServedDocument.modern().isKeptAs("openapi.json");
    }

    @Test
    void isValid() {
        ServedDocument modern = ServedDocument.modern();

        assertThat(modern.root().path("openapi").asText()).isEqualTo("3.1.0");
        assertThat(new OpenAPIV3Parser()
                        .readContents(modern.text(), List.of(), new ParseOptions())
                        .getMessages())
                .isEmpty();
    }

    @Test
    void tellsOfEveryOperationWhatItDoesWithAnExampleAndACurlLine() {
        // when
        List<ObjectNode> operations = ServedDocument.modern().operations();

        // then
        assertThat(operations).hasSizeGreaterThanOrEqualTo(4).allSatisfy(operation -> {
            assertThat(operation.path("operationId").asText()).matches("[a-z]+[A-Za-z]+");
            assertThat(operation.path("summary").asText()).isNotBlank();
            assertThat(operation.path("description").asText())
                    .contains("With cURL: `curl ", "'http://localhost:8080/", "-H \"Authorization: Bearer $TOKEN\"");
            assertThat(operation.path("security")).isNotEmpty();
            operation
                    .path("parameters")
                    .forEach(parameter -> assertThat(
                                    parameter.path("description").asText())
                            .as(parameter.path("name").asText())
                            .isNotBlank());
        });
    }

    @Test
    void hasAnExampleForWhateverComesBack() {
        // when
        List<String> without = new ArrayList<>();
        ServedDocument.modern()
                .operations()
                .forEach(operation -> operation
                        .path("responses")
                        .properties()
                        .forEach(response -> response.getValue().path("content").properties().stream()
                                .filter(content -> !content.getValue().has("example"))
                                .forEach(content -> without.add(
                                        operation.path("operationId").asText() + " " + response.getKey() + " "
                                                + content.getKey()))));

        // then; the 500 cannot be asked for
        assertThat(without).allMatch(missing -> missing.endsWith(" 500 application/problem+json"));
    }

    @Test
    void saysOfEveryOperationHowItRefuses() {
        // when
        List<ObjectNode> operations = ServedDocument.modern().operations();

        // then
        assertThat(operations).allSatisfy(operation -> {
            JsonNode responses = operation.path("responses");
            assertThat(List.of("401", "403", "406", "429", "500", "503")).allMatch(responses::has);
            assertThat(responses.has("404")).isEqualTo(hasPathParameter(operation));
            assertThat(responses.at("/403/description").asText()).contains("role");
            assertThat(List.of("429", "503"))
                    .allMatch(status -> responses
                            .path(status)
                            .at("/headers/Retry-After/schema/type")
                            .asText()
                            .equals("integer"));
            responses.properties().stream()
                    .filter(response -> response.getKey().compareTo("400") >= 0)
                    .forEach(response -> assertThat(response.getValue()
                                    .path("content")
                                    .propertyStream()
                                    .map(Map.Entry::getKey))
                            .containsExactly("application/problem+json"));
        });
        assertThat(operations.stream()
                        .filter(operation ->
                                operation.path("operationId").asText().startsWith("search")))
                .allMatch(operation -> operation.path("responses").has("400"));
    }

    @Test
    void describesTheOtherShapesOnTheSameOperations() {
        // when
        JsonNode root = ServedDocument.modern().root();

        // then
        assertThat(types(root.at("/paths/~1traces/get")))
                .containsExactlyInAnyOrder("application/json", "text/event-stream", "application/x-ndjson", "text/csv");
        assertThat(types(root.at("/paths/~1traces~1{id}/get")))
                .containsExactlyInAnyOrder("application/json", "text/plain", "text/markdown");
        assertThat(root.at("/paths/~1traces/get/description").asText())
                .contains("`source`", "`trace`", "`done`", "`problem`", "was cut off");
    }

    @Test
    void describesTheTablesOfAReport() {
        // when
        JsonNode root = ServedDocument.modern().root();

        // then
        assertThat(types(root.at("/paths/~1traces~1reports~1{id}~1traces/get")))
                .containsExactlyInAnyOrder("application/json", "text/csv");
        assertThat(types(root.at("/paths/~1traces~1reports~1{id}~1traces.csv/get")))
                .containsExactly("text/csv");
    }

    @Test
    void describesTheReportThatComesInPlaceOfAnAnswer() {
        // when
        JsonNode search = ServedDocument.modern().root().at("/paths/~1traces/get");
        JsonNode accepted = search.at("/responses/202");

        // then
        assertThat(search.path("parameters").findValuesAsText("name")).contains("Prefer", "Idempotency-Key");
        assertThat(accepted.path("headers").propertyStream().map(Map.Entry::getKey))
                .containsExactlyInAnyOrder("Location", "Retry-After", "Preference-Applied");
        assertThat(accepted.at("/content/application~1json/schema/$ref").asText())
                .isEqualTo("#/components/schemas/GatewayReport");
        assertThat(search.at("/responses/422/description").asText()).contains("Idempotency-Key");
    }

    @Test
    void promisesFieldsAndNeverANull() {
        // when
        ServedDocument modern = ServedDocument.modern();
        JsonNode trace = modern.root().at("/components/schemas/Trace");

        // then
        assertThat(modern.words()).doesNotContain("anyOf", "oneOf", "nullable");
        assertThat(modern.text()).doesNotContain("\"null\"");
        assertThat(trace.path("required").valueStream().map(JsonNode::asText))
                .contains("id", "recipients", "notices", "links")
                .doesNotContain("messageId", "subject");
        assertThat(modern.root().at("/components/schemas/SearchBody").has("required"))
                .isFalse();
    }

    @Test
    void offersEveryParameterOfAQuestion() {
        // when
        JsonNode parameters = ServedDocument.modern().root().at("/paths/~1traces/get/parameters");

        // then
        assertThat(parameters.findValuesAsText("name"))
                .contains(
                        "sender",
                        "recipient",
                        "subject",
                        "messageId",
                        "from",
                        "to",
                        "source",
                        "outcome",
                        "limit",
                        "cursor",
                        "include",
                        "advanced",
                        "ticket",
                        "reason");
        assertThat(parameters
                        .valueStream()
                        .filter(parameter ->
                                parameter.at("/schema/type").asText().equals("array")))
                .hasSize(4)
                .allMatch(parameter -> !parameter.path("explode").asBoolean(true));
    }

    @Test
    void letsSwaggerUiLogIn() {
        // when
        JsonNode flow = ServedDocument.modern().root().at("/components/securitySchemes/login/flows/authorizationCode");
        String page = given().get("/q/swagger-ui/").asString();

        // then
        assertThat(flow.path("authorizationUrl").asText()).endsWith("/protocol/openid-connect/auth");
        assertThat(flow.path("tokenUrl").asText()).endsWith("/protocol/openid-connect/token");
        assertThat(page).contains("mailtrace-swagger-ui", "usePkceWithAuthorizationCodeGrant");
        assertThat(given().get("/q/swagger-ui/oauth2-redirect.html").statusCode())
                .isEqualTo(200);
    }

    private static boolean hasPathParameter(JsonNode operation) {
        return operation.path("parameters").findValuesAsText("in").contains("path");
    }

    private static List<String> types(JsonNode operation) {
        return operation
                .at("/responses/200/content")
                .propertyStream()
                .map(Map.Entry::getKey)
                .toList();
    }
}
