package org.mailtrace.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A real Prometheus that scrapes the running services under the names that the alerts call them by. */
final class PrometheusServer implements AutoCloseable {
    static final String MISSING =
            "prometheus is not on the PATH, so this is not checked here: install it, for example with"
                    + " Debian's package of that name.";

    /** The management ports of the four services, by the names of the scrape jobs. */
    private static final Map<String, Integer> JOBS = Map.of(
            "mailtrace-gateway", 9080,
            "mailtrace-proofpoint", 9081,
            "mailtrace-onprem-exchange", 9082,
            "mailtrace-exo", 9083);

    private static final int USUAL_PORT = 9390;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path log;
    private final Process process;

    static boolean isThere() {
        return Launcher.execute(List.of("sh", "-c", "command -v prometheus"), Map.of())
                        .exitCode()
                == 0;
    }

    /** @param rules groups of rules, as Prometheus reads them */
    PrometheusServer(Path folder, JsonNode rules) {
        log = folder.resolve("prometheus.log");
        try {
            // JSON is YAML.
            Path ruleFile = Files.writeString(folder.resolve("rules.yaml"), rules.toString());
            Path configuration = Files.writeString(
                    folder.resolve("prometheus.yaml"), configuration(ruleFile).toString());
            process = new ProcessBuilder(
                            "prometheus",
                            "--config.file=" + configuration,
                            "--storage.tsdb.path=" + folder.resolve("data"),
                            "--web.listen-address=127.0.0.1:" + Launcher.port(USUAL_PORT))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode configuration(Path rules) {
        ObjectNode configuration = JSON.createObjectNode();
        configuration.putObject("global").put("scrape_interval", "1s").put("evaluation_interval", "1s");
        configuration.putArray("rule_files").add(rules.toString());
        JOBS.forEach((job, port) -> configuration
                .withArray("scrape_configs")
                .addObject()
                .put("job_name", job)
                .put("metrics_path", "/q/metrics")
                .withArray("static_configs")
                .add(target(port)));
        return configuration;
    }

    /** With the label that the operator gives to everything from that namespace. */
    private static ObjectNode target(int port) {
        ObjectNode target = JSON.createObjectNode();
        target.putObject("labels").put("namespace", "mailtrace");
        target.putArray("targets").add("127.0.0.1:" + Launcher.port(port));
        return target;
    }

    /** Waits until it has scraped all services and evaluated its rules. */
    void awaitFirstScrapes() {
        Awaitility.await("all services are scraped")
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(300))
                .ignoreExceptionsMatching(e -> process.isAlive())
                .until(() -> {
                    assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
                    return query("sum(count_over_time(up[1m])) > 12 and sum(up) == " + JOBS.size())
                                    .size()
                            == 1;
                });
    }

    /** The series that an expression has now; it is an error if Prometheus cannot tell. */
    JsonNode query(String expression) {
        Response response =
                Gateway.anonymous().queryParam("query", expression).get(Launcher.url(USUAL_PORT) + "/api/v1/query");
        assertThat(response.statusCode())
                .as(expression + ": " + response.asString())
                .isEqualTo(200);
        return Gateway.json(response).at("/data/result");
    }

    /** Every rule as Prometheus has evaluated it. */
    List<JsonNode> rules() {
        Response response = Gateway.anonymous().get(Launcher.url(USUAL_PORT) + "/api/v1/rules");
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
        return Manifests.each(Gateway.json(response).at("/data/groups"))
                .flatMap(group -> Manifests.each(group.path("rules")))
                .toList();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
