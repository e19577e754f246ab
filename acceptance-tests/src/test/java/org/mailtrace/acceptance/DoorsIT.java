package org.mailtrace.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(RunningMailtrace.class)
@ResourceLock(value = RunningMailtrace.IT, mode = ResourceAccessMode.READ)
class DoorsIT {
    @ParameterizedTest
    @ValueSource(ints = {8080, 8081, 8082, 8083})
    void describesItselfOnTheMainPort(int port) {
        String openApi = Gateway.anonymous()
                .get(Launcher.url(port) + "/q/openapi?format=json")
                .asString();
        String page = Gateway.anonymous()
                .accept("text/html")
                .get(Launcher.url(port) + "/q/swagger-ui/")
                .asString();

        assertThat(Gateway.parse(openApi).path("paths").has("/traces"))
                .as(openApi)
                .isTrue();
        assertThat(page).contains("swagger-ui");
    }

    @ParameterizedTest
    @ValueSource(ints = {8080, 8081, 8082, 8083, 8090})
    void showsHealthAndMetricsOnTheManagementPortOnly(int port) {
        for (String path : new String[] {"/q/health/ready", "/q/metrics"}) {
            assertThat(Gateway.anonymous()
                            .accept("*/*")
                            .get(Launcher.url(port + 1000) + path)
                            .statusCode())
                    .as(path)
                    .isEqualTo(200);
            assertThat(Gateway.anonymous()
                            .accept("*/*")
                            .get(Launcher.url(port) + path)
                            .statusCode())
                    .as(path)
                    .isIn(401, 404);
        }
    }

    /** Names that only appear when something rare is counted are left out; they say so in the list. */
    @Test
    void exportsEveryMetricThatAlertsAndDashboardMayAskFor() throws IOException {
        // given
        Launcher.run("trace", "recipient=ana@rivercounty.example", "sender=offers@shop.example");
        Map<String, Integer> ports = Map.of("gateway", 9080, "proofpoint", 9081, "onprem-exchange", 9082, "exo", 9083);
        List<MatchResult> promised = Pattern.compile("(?m)^\\| `(\\w+)` \\| ([\\w, -]+) \\| (start|first question) \\|")
                .matcher(Files.readString(Path.of(System.getProperty("mailtrace.root"), "docs/operations/metrics.md")))
                .results()
                .toList();
        assertThat(promised).hasSizeGreaterThan(30);

        ports.forEach((service, port) -> {
            // when
            String metrics = Gateway.anonymous()
                    .accept("*/*")
                    .get(Launcher.url(port) + "/q/metrics")
                    .asString();
            Set<String> exported = Pattern.compile("(?m)^(\\w+)[{ ]")
                    .matcher(metrics)
                    .results()
                    .map(name -> name.group(1))
                    .collect(Collectors.toSet());

            // then
            assertThat(promised.stream()
                            .filter(row -> row.group(2).equals("all four")
                                    || List.of(row.group(2).split(", ", -1)).contains(service))
                            .map(row -> row.group(1)))
                    .as(service)
                    .isSubsetOf(exported);
        });
    }

    @Test
    void saysThatMailtraceIsRunningAlready() {
        // when
        Launcher.Result second = Launcher.run("up", "--detach");

        // then
        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.output()).contains("already running").hasLineCount(1);
        assertThat(Launcher.run("status").output()).doesNotContain("stopped");
    }

    @Test
    void explainsItselfToWhoMistypesACommand() {
        // when
        Launcher.Result result = Launcher.run("upp");

        // then
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.output()).contains("unknown command upp", "Usage");
    }

    @Test
    void printsAnAnswerToAQuestionOnTheCommandLine() {
        // when
        Launcher.Result result = Launcher.run("trace", "recipient=ana@rivercounty.example");

        // then
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(Gateway.parse(result.output()).path("traces")).isNotEmpty();
    }

    @Test
    void printsTheProblemOfABadQuestionAndFails() {
        // when
        Launcher.Result result = Launcher.run("trace", "subject=ab");

        // then
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(Gateway.parse(result.output()).path("status").asInt()).isEqualTo(400);
    }
}
