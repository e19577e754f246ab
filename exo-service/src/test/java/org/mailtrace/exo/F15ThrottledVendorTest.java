package org.mailtrace.exo;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.mailtrace.contract.SourceState;
import org.mailtrace.exo.rows.Rows;
import org.mailtrace.http.guard.SourceFailure;

@QuarkusTest
@QuarkusTestResource(OidcWiremockTestResource.class)
@QuarkusTestResource(FakeGraph.class)
@DisplayName("F15: the vendor throttles or is unavailable")
class F15ThrottledVendorTest {
    private Vendor vendor;

    @BeforeEach
    void start() {
        vendor = new Vendor();
    }

    @AfterEach
    void stop() {
        vendor.close();
    }

    @ParameterizedTest
    @CsvSource({"GRAPH,429", "GRAPH,503", "CMDLET,429", "CMDLET,503"})
    void sendsNothingMoreUntilThePauseInSecondsIsOver(Interface by, int status) {
        // given
        vendor.answers(by, aResponse().withStatus(status).withHeader("Retry-After", "120"));

        // when
        List<Rows> all = storm(by);

        // then
        assertThat(all)
                .allSatisfy(rows -> assertThat(rows.ending()).hasValueSatisfying(failure -> {
                    assertThat(failure.state()).isEqualTo(SourceState.THROTTLED);
                    assertThat(failure.retryAfter().orElseThrow())
                            .isBetween(Duration.ofSeconds(30), Duration.ofMinutes(2));
                }));
        assertThat(vendor.requests(by)).isEqualTo(1);
        assertThat(vendor.budget().pauses()).containsExactly(Duration.ofMinutes(2));
    }

    @ParameterizedTest
    @EnumSource
    void readsThePauseAsADate(Interface by) {
        // given
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plusMinutes(10));
        vendor.answers(by, aResponse().withStatus(429).withHeader("Retry-After", date));

        // when
        Rows rows = ask(by);

        // then
        assertThat(rows.ending().flatMap(SourceFailure::retryAfter))
                .hasValueSatisfying(
                        pause -> assertThat(pause).isBetween(Duration.ofMinutes(8), Duration.ofMinutes(10)));
    }

    @ParameterizedTest
    @EnumSource
    void pausesByItsOwnCountWhenTheVendorNamesNone(Interface by) {
        // given
        vendor.answers(by, aResponse().withStatus(429));

        // when
        List<Rows> all = storm(by);

        // then
        assertThat(all.getFirst().ending().flatMap(SourceFailure::retryAfter)).contains(OpenBudget.UNNAMED);
        assertThat(vendor.requests(by)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"GRAPH,502", "GRAPH,503", "GRAPH,500", "CMDLET,502", "CMDLET,503", "CMDLET,500"})
    void triesOnceMoreWhenTheVendorIsUnavailable(Interface by, int status) {
        // given
        vendor.answers(by, aResponse().withStatus(status).withBody("<html>unavailable</html>"));

        // when
        Rows rows = ask(by);

        // then
        assertThat(rows.ending()).map(SourceFailure::state).contains(SourceState.FAILED);
        assertThat(vendor.requests(by)).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void asksOneAfterAnotherUntilTheCircuitOpens(Interface by) {
        // given
        vendor.answers(by, aResponse().withStatus(502));
        var traces = vendor.client(
                by,
                Map.of(
                        "mailtrace.exo.graph-guard.breaker-volume", "6",
                        "mailtrace.exo.exchange-guard.breaker-volume", "6",
                        "mailtrace.exo.graph-guard.breaker-delay", "10m",
                        "mailtrace.exo.exchange-guard.breaker-delay", "10m"));

        // when
        List<Rows> all = IntStream.range(0, 30)
                .mapToObj(i -> traces.rows(Vendor.filter(), vendor.errand()))
                .toList();

        // then
        assertThat(all.getLast().ending()).map(SourceFailure::state).contains(SourceState.CIRCUIT_OPEN);
        assertThat(vendor.requests(by)).isEqualTo(6);
    }

    @Test
    void takesTheQuotaTextOfACmdletForThrottling() {
        // given
        vendor.answers(
                Interface.CMDLET,
                aResponse()
                        .withStatus(400)
                        .withBody(
                                "{\"error\":{\"code\":\"BadRequest\",\"message\":\"Error executing cmdlet\",\"details\":"
                                        + "[{\"message\":\"Ex1|A.B|Your recent queries have surpassed the permitted limit, please try"
                                        + " again later.\"}]}}"));

        // then
        assertThat(ask(Interface.CMDLET).ending()).map(SourceFailure::state).contains(SourceState.THROTTLED);
    }

    @Test
    void stopsWhenTheRateLimitHeadersSaySo() {
        // given
        ResponseDefinitionBuilder last = aResponse()
                .withHeader("Rate-Limit-Remaining", "0")
                .withHeader("Rate-Limit-Reset", "90")
                .withBody(Interface.page(""));
        vendor.answers(Interface.CMDLET, last);
        var traces = vendor.client(Interface.CMDLET, Map.of());

        // when
        Rows first = traces.rows(Vendor.filter(), vendor.errand());
        Rows second = traces.rows(Vendor.filter(), vendor.errand());

        // then
        assertThat(first.ending()).isEmpty();
        assertThat(second.ending()).map(SourceFailure::state).contains(SourceState.THROTTLED);
        assertThat(vendor.requests(Interface.CMDLET)).isEqualTo(1);
    }

    private Rows ask(Interface by) {
        return vendor.client(by, Map.of()).rows(Vendor.filter(), vendor.errand());
    }

    /** One question, then twenty at once. */
    private List<Rows> storm(Interface by) {
        var traces = vendor.client(by, Map.of());
        Rows first = traces.rows(Vendor.filter(), vendor.errand());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Rows>> others = IntStream.range(0, 20)
                    .mapToObj(i -> threads.submit(() -> traces.rows(Vendor.filter(), vendor.errand())))
                    .toList();
            List<Rows> all = new ArrayList<>(List.of(first));
            for (Future<Rows> other : others) {
                all.add(other.get());
            }
            return all;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
