package org.mailtrace.exo;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mailtrace.contract.CredentialState;
import org.mailtrace.contract.SourceState;
import org.mailtrace.exo.rows.MessageTraces;
import org.mailtrace.exo.rows.Rows;
import org.mailtrace.exo.words.Words;
import org.mailtrace.http.guard.SourceFailure;

@QuarkusTest
@QuarkusTestResource(OidcWiremockTestResource.class)
@QuarkusTestResource(FakeGraph.class)
@DisplayName("F16: tokens that are refused, and a sign-in that is down")
class F16IdentityTest {
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
    @EnumSource
    void fetchesOneTokenForManyQuestions(Interface by) throws InterruptedException, ExecutionException {
        // given
        vendor.answers(by, aResponse().withBody(Interface.page("")));
        MessageTraces traces = vendor.client(by, Map.of());

        // when
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Rows>> all = IntStream.range(0, 20)
                    .mapToObj(i -> threads.submit(() -> traces.rows(Vendor.filter(), vendor.errand())))
                    .toList();
            for (Future<Rows> one : all) {
                assertThat(one.get().ending()).isEmpty();
            }
        }

        // then
        assertThat(vendor.tokenRequests()).isEqualTo(1);
        assertThat(vendor.watch().state()).isEqualTo(CredentialState.WORKING);
    }

    @ParameterizedTest
    @EnumSource
    void answersWithANewTokenWhenTheOldOneWasRevoked(Interface by) {
        // given
        vendor.answers(by, aResponse().withBody(Interface.page("")));
        MessageTraces traces = vendor.client(by, Map.of());
        traces.rows(Vendor.filter(), vendor.errand());
        vendor.answersTo(by, "first", aResponse().withStatus(401));
        vendor.tokenIs("second");

        // when
        Rows rows = traces.rows(Vendor.filter(), vendor.errand());

        // then
        assertThat(rows.ending()).isEmpty();
        assertThat(vendor.tokenRequests()).isEqualTo(2);
        assertThat(vendor.requests(by)).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void takesASecondRefusalForFinal(Interface by) {
        // given
        vendor.answers(by, aResponse().withStatus(401));

        // when
        Rows rows = vendor.client(by, Map.of()).rows(Vendor.filter(), vendor.errand());

        // then
        assertThat(rows.ending()).map(SourceFailure::state).contains(SourceState.DENIED);
        assertThat(vendor.requests(by)).isEqualTo(2);
        assertThat(vendor.tokenRequests()).isEqualTo(2);
        assertThat(vendor.watch().state()).isEqualTo(CredentialState.REFUSED);
    }

    @ParameterizedTest
    @EnumSource
    void saysThatTheSignInIsDownAndAsksNothing(Interface by) {
        // given
        vendor.answers(by, aResponse().withBody(Interface.page("")));
        vendor.tokenAnswers(aResponse().withStatus(503));

        // when
        Rows rows = vendor.client(by, Map.of()).rows(Vendor.filter(), vendor.errand());

        // then
        assertThat(rows.ending()).map(SourceFailure::state).contains(SourceState.FAILED);
        assertThat(rows.ending()).map(Exception::getMessage).contains(Words.SIGN_IN_FAILED);
        assertThat(vendor.requests(by)).isZero();
        assertThat(vendor.tokenRequests()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void logsNeitherTokenNorSecret(Interface by) {
        // given
        List<String> lines = new CopyOnWriteArrayList<>();
        Handler listener = listener(lines);
        Logger root = Logger.getLogger("");
        root.addHandler(listener);
        vendor.answers(by, aResponse().withStatus(401).withBody(Vendor.token("first")));

        // when
        MessageTraces traces = vendor.client(by, Map.of());
        traces.rows(Vendor.filter(), vendor.errand());
        vendor.answers(by, aResponse().withStatus(400).withBody(Vendor.token("first")));
        traces.rows(Vendor.filter(), vendor.errand());
        vendor.tokenAnswers(aResponse().withStatus(400).withBody("synthetic-secret"));
        vendor.client(by, Map.of()).rows(Vendor.filter(), vendor.errand());
        root.removeHandler(listener);

        // then
        assertThat(lines)
                .isNotEmpty()
                .noneMatch(line -> line.contains("synthetic-secret")
                        || line.contains(Vendor.token("first"))
                        || line.contains("ana@rivercounty.example"));
    }

    private static Handler listener(List<String> lines) {
        Formatter formatter = new SimpleFormatter();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(formatter.format(line));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        handler.setLevel(Level.ALL);
        return handler;
    }
}
