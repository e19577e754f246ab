package org.mailtrace.proofpoint.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsCheckTest {
    private static final Map<String, String> GOOD = Map.of(
            "mailtrace.proofpoint.url", "https://rivercounty.pphosted.example:10000",
            "mailtrace.proofpoint.username", "svc",
            "mailtrace.proofpoint.password", "secret");
    private static final Duration GATEWAY_GIVES_A_SOURCE = Duration.ofSeconds(15);

    @Test
    void acceptsWhatIsComplete() {
        assertThat(SettingsCheck.faultIn(settings(GOOD))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"url", "username", "password"})
    void namesTheKeyThatIsMissing(String key) {
        // given
        Map<String, String> values = new HashMap<>(GOOD);
        values.remove("mailtrace.proofpoint." + key);

        // then
        assertOneSentenceNaming("mailtrace.proofpoint." + key, SettingsCheck.faultIn(settings(values)));
    }

    @ParameterizedTest
    @CsvSource({
        "url, not an address",
        "url, ftp://rivercounty.pphosted.example",
        "url, rivercounty.pphosted.example:10000",
        "url, http://rivercounty.pphosted.example:10000",
        "url, https://user:pw@rivercounty.pphosted.example",
        "quarantine-folders, 'Bulk, ,Phish'",
        "retention, 0s",
        "search.budget, 0s",
        "quarantine.budget, 0s",
    })
    void namesTheKeyThatIsWrong(String key, String value) {
        // given
        Map<String, String> values = new HashMap<>(GOOD);
        values.put("mailtrace.proofpoint." + key, value);

        // then
        assertOneSentenceNaming("mailtrace.proofpoint." + key, SettingsCheck.faultIn(settings(values)));
    }

    @Test
    void allowsPlainHttpOnThisMachineAndWhereItIsAllowed() {
        // given
        Map<String, String> loopback = new HashMap<>(GOOD);
        loopback.put("mailtrace.proofpoint.url", "http://localhost:8090/proofpoint/rest/v1");
        Map<String, String> allowed = new HashMap<>(GOOD);
        allowed.put("mailtrace.proofpoint.url", "http://stand-ins:8090/proofpoint");
        allowed.put("mailtrace.proofpoint.plain-http", "true");

        // then
        assertThat(SettingsCheck.faultIn(settings(loopback))).isEmpty();
        assertThat(SettingsCheck.faultIn(settings(allowed))).isEmpty();
    }

    @Test
    void answersWithinTheTimeThatTheGatewayGives() {
        // given
        ProofpointSettings settings = settings(GOOD);

        // then
        assertThat(settings.search().budget().plus(settings.quarantine().budget()))
                .isLessThanOrEqualTo(GATEWAY_GIVES_A_SOURCE.minusSeconds(1));
        assertThat(settings.search().guard().budget())
                .isLessThanOrEqualTo(settings.search().budget());
        assertThat(settings.quarantine().guard().timeout())
                .isLessThanOrEqualTo(settings.quarantine().budget());
    }

    private static void assertOneSentenceNaming(String key, Optional<String> fault) {
        assertThat(fault.orElseThrow()).startsWith("Set " + key).endsWith(".").doesNotContain("\n");
    }

    private static ProofpointSettings settings(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredInterceptors()
                .withConverter(MemorySize.class, 200, new MemorySizeConverter())
                .withConverter(Duration.class, 200, new DurationConverter())
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .withMapping(ProofpointSettings.class)
                .build()
                .getConfigMapping(ProofpointSettings.class);
    }
}
