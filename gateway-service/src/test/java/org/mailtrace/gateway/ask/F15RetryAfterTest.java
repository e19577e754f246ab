package org.mailtrace.gateway.ask;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailtrace.contract.CircuitState;
import org.mailtrace.contract.SourceAnswer;
import org.mailtrace.contract.SourceState;
import org.mailtrace.gateway.FakeSources;
import org.mailtrace.gateway.MovableClock;

@QuarkusTest
@QuarkusTestResource(OidcWiremockTestResource.class)
@QuarkusTestResource(FakeSources.class)
@DisplayName("F15: 429 with Retry-After")
class F15RetryAfterTest {
    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-27T08:00:00Z"));

    @Inject
    ObjectMapper json;

    private DirectSource archive;

    @BeforeEach
    void begin() {
        FakeSources.allEmpty();
        String url = "http://localhost:" + FakeSources.front("archive").port();
        archive = new DirectSource(url, Map.of("timeout", "10s"), Optional.empty(), json, clock);
    }

    @AfterEach
    void isCalm() {
        FakeSources.allEmpty();
    }

    @ParameterizedTest
    @CsvSource({"30, 30", "'Fri, 27 Nov 2026 08:00:30 GMT', 30", "86400, 60", "soon, 0", "-5, 0"})
    void leavesASourceAloneForAsLongAsItSaysAndNoLonger(String said, long seconds) {
        // given
        FakeSources.does("archive", aResponse().withStatus(429).withHeader("Retry-After", said));
        SourceAnswer first = archive.ask();

        // when
        clock.advance(Duration.ofSeconds(seconds).minusMillis(1));
        List<SourceState> meanwhile =
                IntStream.range(0, 20).mapToObj(i -> archive.ask().state()).toList();

        // then
        assertThat(first.state()).isEqualTo(SourceState.THROTTLED);
        assertThat(first.retryAfterSeconds().orElse(0L)).isEqualTo(seconds);
        assertThat(meanwhile).containsOnly(SourceState.THROTTLED);
        assertThat(FakeSources.questions("archive")).isEqualTo(seconds > 0 ? 1 : 21);
        assertThat(archive.source().circuit()).isNotEqualTo(CircuitState.OPEN);

        // and when
        FakeSources.answers("archive", "ANSWERED", "");
        clock.advance(Duration.ofMillis(1));

        // then
        assertThat(archive.ask().state()).isEqualTo(SourceState.ANSWERED);
    }
}
