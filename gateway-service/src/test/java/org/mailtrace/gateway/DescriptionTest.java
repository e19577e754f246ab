package org.mailtrace.gateway;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The OpenAPI document as callers get it; what it says is kept, so that a change of it is seen. */
@QuarkusTest
@QuarkusTestResource(OidcWiremockTestResource.class)
@QuarkusTestResource(FakeSources.class)
class DescriptionTest {
    private static final Path GOLDEN = Path.of("src/test/resources/openapi.json");
    private final ObjectMapper json = new ObjectMapper();

    @Test
    void isTheOneThatIsKept() throws IOException {
        // when
        String served = json.writerWithDefaultPrettyPrinter().writeValueAsString(json.readTree(document())) + "\n";

        // then; to accept a change on purpose, run with MAILTRACE_GOLDEN=write in the environment
        if ("write".equals(System.getenv("MAILTRACE_GOLDEN"))) {
            Files.writeString(GOLDEN, served);
        }
        assertThat(served).isEqualTo(Files.readString(GOLDEN));
    }

    @Test
    void keepsToWhatTicketingSystemsCanImport() throws IOException {
        // when
        String document = document();
        JsonNode root = json.readTree(document);

        // then
        assertThat(root.path("openapi").asText()).startsWith("3.0.");
        assertThat(document).doesNotContain("oneOf", "anyOf", "additionalProperties", "discriminator");
        assertThat(document).hasSizeLessThan(1_000_000);
        assertThat(operations(root)).hasSize(9).allSatisfy(operation -> {
            assertThat(operation.path("operationId").asText()).matches("[a-z]+[A-Za-z]+");
            assertThat(operation.path("summary").asText()).isNotBlank();
            assertThat(operation.path("description").asText()).isNotBlank();
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
    void offersEveryParameterOfAQuestion() throws IOException {
        // when
        JsonNode parameters = json.readTree(document()).at("/paths/~1traces/get/parameters");

        // then; one is a header
        assertThat(parameters.findValuesAsText("name"))
                .containsExactlyInAnyOrder(
                        "Prefer",
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
        assertThat(parameters.findValuesAsText("in")).containsOnly("query", "header");
    }

    @Test
    void letsSwaggerUiLogIn() throws IOException {
        // when
        JsonNode flow = json.readTree(document()).at("/components/securitySchemes/login/flows/authorizationCode");
        String page = given().get("/q/swagger-ui/").asString();

        // then
        assertThat(flow.path("authorizationUrl").asText()).endsWith("/protocol/openid-connect/auth");
        assertThat(flow.path("tokenUrl").asText()).endsWith("/protocol/openid-connect/token");
        assertThat(page).contains("mailtrace-swagger-ui", "usePkceWithAuthorizationCodeGrant");
        assertThat(given().get("/q/swagger-ui/oauth2-redirect.html").statusCode())
                .isEqualTo(200);
    }

    private static List<JsonNode> operations(JsonNode root) {
        List<JsonNode> operations = new ArrayList<>();
        root.path("paths")
                .forEach(path -> path.properties().stream()
                        .filter(entry -> List.of("get", "post", "delete").contains(entry.getKey()))
                        .forEach(entry -> operations.add(entry.getValue())));
        return operations;
    }

    /** Without the addresses of this run. */
    private static String document() {
        Response served = given().accept("application/json").get("/q/openapi");
        assertThat(served.statusCode()).isEqualTo(200);
        return served.asString()
                .replaceAll("http://[a-z0-9.]+:[0-9]+(/auth)?/realms/quarkus", "http://localhost:8180/realms/mailtrace")
                .replaceAll("http://(localhost|127.0.0.1|0.0.0.0):[0-9]{5}", "http://localhost:8080");
    }
}
