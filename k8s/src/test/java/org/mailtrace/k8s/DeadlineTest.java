package org.mailtrace.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long an answer takes at the most stands at many places; all of them say what the gateway's settings say. */
class DeadlineTest {
    private static final String SETTINGS = "gateway-service/src/main/resources/application.properties";
    /** Forge, the least patient of those that wait for an answer; what is promised leaves room for the way. */
    private static final Duration CALLERS_WAIT = Duration.ofSeconds(25);

    private static final String RUNBOOK = "docs/operations/runbooks/MailtraceAnswersTooLate.md";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gateway-service/src/main/java/org/mailtrace/gateway/settings/GatewaySettings.java"
                        + " | @WithDefault\\(\"(\\d+)s\"\\)\\s+Duration deadline\\(\\)",
                "k8s/site/ingress.yaml | longest answer \\((\\d+) s\\)",
                "k8s/base/every-pod.yaml | the longest answer \\((\\d+) s\\)",
                "k8s/README.md | the longest takes (\\d+) s",
                "trace-http/src/main/resources/META-INF/microprofile-config.properties | (\\d+) s the gateway's deadline",
                "docs/integrations/README.md | no longer than (\\d+) seconds \\(`mailtrace.deadline`\\)",
                "docs/integrations/n8n.md | Sources are waited for (\\d+) seconds",
                "docs/integrations/power-automate.md | waits for its sources (\\d+) at most",
                "docs/conclusions.md | `mailtrace.deadline` \\((\\d+) s\\)",
                "docs/operations/runbooks/MailtraceAnswersTooLate.md | `mailtrace.deadline`, (\\d+) s",
                "benchmarks/README.md | the deadline in milliseconds \\((\\d+)000\\)",
                "benchmarks/src/main/java/org/mailtrace/benchmarks/DeadSource.java | : (\\d+)_000\\)",
            })
    void everyPageSaysTheDeadlineThatIsSet(String file, String where) {
        // when
        Matcher said = Pattern.compile(where).matcher(Metrics.text(file));

        // then
        assertThat(said.find()).as("%s says it", file).isTrue();
        assertThat(Duration.ofSeconds(Long.parseLong(said.group(1)))).isEqualTo(set("mailtrace.deadline"));
        assertThat(said.find()).as("%s says it once", file).isFalse();
    }

    @Test
    void theAlertSpeaksBeyondTheDeadlineAndBeforeCallersGiveUp() {
        // given
        Matcher alert = Pattern.compile("http_server_requests_seconds_max\\{[^}]*}\\) > (\\d+)\\R")
                .matcher(Metrics.text("k8s/components/prometheus/rules.yaml"));
        assertThat(alert.find()).isTrue();

        // when
        Duration promised = Duration.ofSeconds(Long.parseLong(alert.group(1)));

        // then
        assertThat(promised).isGreaterThan(set("mailtrace.deadline")).isLessThan(CALLERS_WAIT);
        assertThat(Metrics.text(RUNBOOK)).contains("within " + promised.toSeconds() + " s");
        assertThat(Metrics.text("docs/operations/grafana-dashboard.json"))
                .contains("The gateway promises " + promised.toSeconds() + " seconds.");
    }

    @Test
    void whatASlowAuditShareMayAddIsSaidAndFitsIntoTheDrain() {
        // given
        Duration slowest = set("mailtrace.deadline").plus(set("mailtrace.audit.patience"));
        Properties common = properties("trace-http/src/main/resources/META-INF/microprofile-config.properties");

        // then
        assertThat(Metrics.text(RUNBOOK)).contains("up to " + slowest.toSeconds() + " s");
        assertThat(RunRules.seconds(common.getProperty("quarkus.shutdown.timeout")))
                .isGreaterThan(slowest);
        assertThat(slowest).isLessThan(CALLERS_WAIT);
    }

    private static Duration set(String name) {
        return RunRules.seconds(properties(SETTINGS).getProperty(name));
    }

    private static Properties properties(String file) {
        Properties properties = new Properties();
        Stream.of(Metrics.text(file).split("\\R"))
                .filter(line -> line.matches("[a-z][^#=]*=.*"))
                .map(line -> line.split("=", 2))
                .forEach(pair -> properties.setProperty(pair[0].strip(), pair[1].strip()));
        return properties;
    }
}
