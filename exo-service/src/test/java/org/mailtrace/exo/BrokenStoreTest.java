package org.mailtrace.exo;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import io.restassured.path.json.JsonPath;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The store is broken by taking its table away, and mended by bringing it back. */
@QuarkusTest
@QuarkusTestResource(OidcWiremockTestResource.class)
@QuarkusTestResource(FakeGraph.class)
class BrokenStoreTest {
    private static final Map<String, String> FOR_ANA = Map.of("recipient", "ana@rivercounty.example");
    private static final int MORE_THAN_THE_BREAKER_LOOKS_AT = 8;

    @ConfigProperty(name = "mailtrace.exo.store.file")
    Path file;

    @BeforeEach
    void healthyService() {
        FakeGraph.reset();
        Asking.untilAnswered();
        FakeGraph.reset();
    }

    @AfterEach
    void mend() {
        Asking.untilAnswered();
    }

    @Test
    void asksNothingThatItCannotCountAndSaysSo() throws SQLException {
        // given
        change("ALTER TABLE spent RENAME TO taken_away");
        try {
            for (int i = 0; i < MORE_THAN_THE_BREAKER_LOOKS_AT; i++) {
                // when
                JsonPath answer = Asking.ask(FOR_ANA);

                // then
                assertThat(answer.getString("state")).isEqualTo("FAILED");
                assertThat(answer.getString("explanation"))
                        .contains("could not be counted")
                        .contains("mailtrace.exo.store.file");
                assertThat(answer.getString("absenceProvenUntil")).isNull();
            }
            assertThat(FakeGraph.listRequests()).isZero();
            JsonPath source = Asking.get("/source");
            assertThat(source.getString("circuit")).isEqualTo("CLOSED");
            assertThat(source.getString("quotaRemaining")).isNull();
        } finally {
            change("ALTER TABLE taken_away RENAME TO spent");
        }

        // and
        assertThat(Asking.ask(FOR_ANA).getString("state")).isEqualTo("ANSWERED");
        assertThat(Asking.get("/source").getInt("quotaRemaining")).isPositive();
    }

    private void change(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
