package org.mailtrace.exo;

import static io.restassured.RestAssured.given;

import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;

/** Asks the service under test as the help desk. */
final class Asking {
    private Asking() {}

    static JsonPath ask(Map<String, String> question) {
        return given().auth()
                .oauth2(OidcWiremockTestResource.getAccessToken("helpdesk", Set.of("trace-reader")))
                .queryParams(question)
                .get("/traces")
                .jsonPath();
    }

    static JsonPath get(String path) {
        return given().auth()
                .oauth2(OidcWiremockTestResource.getAccessToken("helpdesk", Set.of("trace-reader")))
                .get(path)
                .jsonPath();
    }

    /** Waits until circuits are closed and pauses are over. */
    static void untilAnswered() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> Assertions.assertThat(ask(Map.of("recipient", "nobody@rivercounty.example"))
                                .getString("state"))
                        .isEqualTo("ANSWERED"));
    }
}
