package org.mailtrace.proofpoint;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mailtrace.proofpoint.settings.ProofpointSettings;
import org.mailtrace.proofpoint.smartsearch.SmartSearch;
import org.mailtrace.proofpoint.stream.StreamSettings;
import org.mailtrace.proofpoint.vendor.Cluster;
import org.mailtrace.proofpoint.vendor.Credentials;

/** Plants secrets that can be recognised, makes everything go right and wrong, and looks for them wherever text comes out. */
@QuarkusTest
@QuarkusTestResource(OidcWiremockTestResource.class)
@QuarkusTestResource(ClusterResource.class)
class CanariesTest {
    private static final Logger ROOT = Logger.getLogger("");
    private static final List<String> SECRETS = List.of(
            FakeCluster.PASSWORD,
            ClusterResource.TOKEN,
            ClusterResource.ARCHIVE_TOKEN,
            Base64.getEncoder()
                    .encodeToString(
                            (FakeCluster.USERNAME + ":" + FakeCluster.PASSWORD).getBytes(StandardCharsets.UTF_8)));
    private static final List<String> PERSONAL =
            List.of("canary-recipient@rivercounty.example", "canary-sender@shop.example", "canary subject");

    private final FakeCluster cluster = ClusterResource.cluster();
    private final Queue<String> logged = new ConcurrentLinkedQueue<>();
    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord message) {
            StringBuilder text =
                    new StringBuilder(message.getLoggerName()).append(' ').append(message.getMessage());
            Object[] parameters = message.getParameters();
            for (Object each : parameters == null ? new Object[0] : parameters) {
                text.append(' ').append(each);
            }
            for (Throwable thrown = message.getThrown(); thrown != null; thrown = thrown.getCause()) {
                text.append(' ').append(thrown);
            }
            logged.add(text.toString());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private final Logger own = Logger.getLogger("org.mailtrace");
    private final Logger client = Logger.getLogger("org.jboss.resteasy");

    @TestHTTPResource(value = "/metrics", management = true)
    URI metrics;

    @Inject
    ProofpointSettings settings;

    @Inject
    StreamSettings stream;

    @Inject
    SmartSearch search;

    @Inject
    Credentials credentials;

    @Inject
    Cluster clients;

    @BeforeEach
    void listen() {
        cluster.rows.clear();
        cluster.rows.add(FakeCluster.heldRow(
                "guid-canary",
                Instant.now().minus(Duration.ofHours(1)),
                "canary-recipient@rivercounty.example",
                "inbound_bulk",
                "Bulk"));
        cluster.rows.getFirst().put("Sender", "canary-sender@shop.example");
        cluster.rows.getFirst().put("Subject", "canary subject");
        listener.setLevel(Level.ALL);
        own.setLevel(Level.FINE);
        client.setLevel(Level.FINE);
        ROOT.addHandler(listener);
    }

    @AfterEach
    void listenNoMore() {
        ROOT.removeHandler(listener);
        own.setLevel(null);
        client.setLevel(null);
        cluster.behave();
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> ask().contains("\"state\":\"ANSWERED\""));
        cluster.rows.clear();
    }

    @Test
    void noSecretComesOutOfAnything() {
        // given
        own.fine("the listener works");
        StringBuilder said = new StringBuilder();

        // when
        said.append(ask());
        for (int status : List.of(401, 403, 500, 302)) {
            cluster.misbehave(
                    "pss/filter", exchange -> FakeCluster.status(exchange, status, "text/plain", FakeCluster.PASSWORD));
            said.append(ask());
        }
        cluster.misbehave("pss/filter", exchange -> exchange.close());
        said.append(ask());
        said.append(reader().get("/source").asString())
                .append(reader().get("/traces?recipient=not-an-address").asString())
                .append(reader().get("/traces/no-such-id").asString())
                .append(given().get("/traces").asString());
        String measured = given().get(metrics).asString();

        // then
        assertThat(logged).anyMatch(line -> line.contains("the listener works"));
        assertThat(measured).contains("mailtrace_source_answers");
        for (String secret : SECRETS) {
            assertThat(said.toString()).doesNotContain(secret);
            assertThat(measured).doesNotContain(secret);
            assertThat(logged).noneMatch(line -> line.contains(secret));
        }
        for (String personal : PERSONAL) {
            assertThat(measured).doesNotContain(personal);
            assertThat(logged)
                    .filteredOn(line -> line.startsWith("org.mailtrace"))
                    .noneMatch(line -> line.contains(personal));
        }
    }

    @Test
    void noSecretIsInTheTextOfAnObjectThatKnowsIt() {
        for (Object each : List.of(
                settings,
                settings.search(),
                settings.quarantine(),
                stream,
                search,
                credentials,
                credentials.seen(),
                clients,
                cluster)) {
            assertThat(each.toString()).doesNotContain(SECRETS);
        }
    }

    private static String ask() {
        return reader().queryParams(Map.of("recipient", "canary-recipient@rivercounty.example"))
                .get("/traces")
                .asString();
    }

    private static RequestSpecification reader() {
        return given().auth().oauth2(OidcWiremockTestResource.getAccessToken("helpdesk", Set.of("trace-reader")));
    }
}
