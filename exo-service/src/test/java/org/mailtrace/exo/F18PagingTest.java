package org.mailtrace.exo;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailtrace.contract.SourceState;
import org.mailtrace.exo.rows.MessageTraces;
import org.mailtrace.exo.rows.RowPage;
import org.mailtrace.exo.rows.Rows;
import org.mailtrace.exo.words.InterfaceWords;
import org.mailtrace.exo.words.Words;
import org.mailtrace.http.guard.SourceFailure;

@QuarkusTest
@QuarkusTestResource(OidcWiremockTestResource.class)
@QuarkusTestResource(FakeGraph.class)
@DisplayName("F18: pages in a circle, without an end, empty, or elsewhere")
class F18PagingTest {
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
    void followsAnEmptyPageThatNamesANextOne(Interface by) {
        // given
        vendor.answers(by, aResponse().withBody(Interface.page(vendor.nextLink(by, "two"))));
        vendor.answersAt(by, "two", aResponse().withBody(Interface.page("", row(by), row(by))));

        // when
        Rows rows = ask(by);

        // then
        assertThat(rows.ending()).isEmpty();
        assertThat(rows.rows()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void keepsWhatItReadWhenAPageComesAgain(Interface by) {
        // given
        vendor.answers(by, aResponse().withBody(Interface.page(vendor.nextLink(by, "two"), row(by))));
        vendor.answersAt(by, "two", aResponse().withBody(Interface.page(vendor.nextLink(by, "two"), row(by))));

        // when
        Rows rows = ask(by);

        // then
        assertThat(rows.ending()).map(Exception::getMessage).contains(Words.PAGES_IN_A_CIRCLE);
        assertThat(rows.rows()).hasSize(2);
        assertThat(vendor.requests(by)).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void stopsOnAChainWithoutAnEnd(Interface by) {
        // given
        vendor.answers(by, aResponse().withBody(Interface.page(vendor.nextLink(by, "p1"), row(by))));
        for (int i = 1; i < 10; i++) {
            vendor.answersAt(
                    by, "p" + i, aResponse().withBody(Interface.page(vendor.nextLink(by, "p" + (i + 1)), row(by))));
        }

        // when
        Rows rows = ask(by);

        // then
        assertThat(rows.ending()).map(SourceFailure::state).contains(SourceState.TRUNCATED);
        assertThat(rows.rows()).hasSize(3);
        assertThat(vendor.requests(by)).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void carriesTheTokenNowhereElse(Interface by) {
        // given
        String elsewhere = vendor.url().replace("localhost", "127.0.0.1") + by.path() + "?$skiptoken=two";
        vendor.answers(by, aResponse().withBody(Interface.page(elsewhere, row(by))));

        // when
        Rows rows = ask(by);

        // then
        assertThat(rows.ending()).map(Exception::getMessage).contains(Words.PAGE_ELSEWHERE);
        assertThat(rows.rows()).hasSize(1);
        assertThat(vendor.requests(by)).isEqualTo(1);
    }

    @Test
    void postsTheSameCommandToTheNextPage() {
        // given
        vendor.answers(
                Interface.CMDLET, aResponse().withBody(Interface.page(vendor.nextLink(Interface.CMDLET, "two"))));
        vendor.answersAt(Interface.CMDLET, "two", aResponse().withBody(Interface.page("")));

        // when
        ask(Interface.CMDLET);

        // then
        var bodies =
                vendor.server().findAll(WireMock.postRequestedFor(urlPathEqualTo(Interface.CMDLET.path()))).stream()
                        .map(request -> request.getBodyAsString())
                        .toList();
        assertThat(bodies).hasSize(2);
        assertThat(bodies.get(1)).isEqualTo(bodies.get(0));
    }

    @Test
    void goesOnWithAPlaceThatOutlivedTheProcess() {
        // given
        vendor.answers(
                Interface.GRAPH,
                aResponse().withBody(Interface.page(vendor.nextLink(Interface.GRAPH, "two"), row(Interface.GRAPH))));
        vendor.answersAt(Interface.GRAPH, "two", aResponse().withBody(Interface.page("", row(Interface.GRAPH))));
        RowPage first = client(Interface.GRAPH).page(Vendor.filter(), Optional.empty(), vendor.errand());

        // when
        RowPage second = client(Interface.GRAPH).page(Vendor.filter(), first.next(), vendor.errand());

        // then
        assertThat(second.rows()).hasSize(1);
        assertThat(second.next()).isEmpty();
    }

    @Test
    void noticesACircleOfAnyLengthFromPlacesAlone() {
        // given
        for (int i = 0; i < 7; i++) {
            vendor.answersAt(
                    Interface.GRAPH,
                    "p" + i,
                    aResponse().withBody(Interface.page(vendor.nextLink(Interface.GRAPH, "p" + (i + 1) % 7))));
        }
        vendor.answersAt(
                Interface.GRAPH, "p0", aResponse().withBody(Interface.page(vendor.nextLink(Interface.GRAPH, "p1"))));
        MessageTraces traces = client(Interface.GRAPH);
        String start = "graph 0 0 " + vendor.nextLink(Interface.GRAPH, "p0");

        // then
        assertThatThrownBy(() -> follow(traces, start))
                .isInstanceOf(SourceFailure.class)
                .hasMessage(Words.PAGES_IN_A_CIRCLE);
        assertThat(vendor.requests(Interface.GRAPH)).isLessThan(30);
    }

    @Test
    void stopsAReportOnAChainWithoutAnEnd() {
        // given
        for (int i = 0; i < 10; i++) {
            vendor.answersAt(
                    Interface.GRAPH,
                    "q" + i,
                    aResponse().withBody(Interface.page(vendor.nextLink(Interface.GRAPH, "q" + (i + 1)))));
        }
        MessageTraces traces = vendor.client(Interface.GRAPH, Map.of("mailtrace.exo.max-report-pages", "5"));

        // then
        assertThatThrownBy(() -> follow(traces, "graph 0 0 " + vendor.nextLink(Interface.GRAPH, "q0")))
                .hasMessage(InterfaceWords.PAGES_WITHOUT_END);
        assertThat(vendor.requests(Interface.GRAPH)).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "https://evil.example/v1.0/admin/exchange/tracing/messageTraces?$skiptoken=1",
                "graph 0 0 https://evil.example/v1.0/admin/exchange/tracing/messageTraces?$skiptoken=1",
                "graph 0 0 http://127.0.0.1:1/v1.0/admin/exchange/tracing/messageTraces",
                "cmdlet 2026-11-19T00:00:00Z 2026-11-21T00:00:00Z ",
                "cmdlet 2026-11-20T00:00:00Z 2026-11-23T00:00:00Z ",
                "cmdlet 2026-11-21T00:00:00Z 2026-11-20T00:00:00Z ",
                "cmdlet yesterday today ",
                "cmdlet 2026-11-20T00:00:00Z 2026-11-21T00:00:00Z a\u0000b"
            })
    void refusesAPlaceThatIsNotItsOwn(String place) {
        for (Interface by : Interface.values()) {
            assertThatThrownBy(() -> client(by).page(Vendor.filter(), Optional.of(place), vendor.errand()))
                    .isInstanceOfSatisfying(
                            SourceFailure.class,
                            failure -> assertThat(failure.state()).isEqualTo(SourceState.CANNOT_ANSWER))
                    .hasMessage(InterfaceWords.PLACE_UNKNOWN);
            assertThat(vendor.requests(by)).isZero();
        }
    }

    private void follow(MessageTraces traces, String start) {
        Optional<String> place = Optional.of(start);
        for (int i = 0; i < 100 && place.isPresent(); i++) {
            place = traces.page(Vendor.filter(), place, vendor.errand()).next();
        }
    }

    private Rows ask(Interface by) {
        return client(by).rows(Vendor.filter(), vendor.errand());
    }

    private MessageTraces client(Interface by) {
        return vendor.client(by, Map.of());
    }

    private static String row(Interface by) {
        return by.row(UUID.randomUUID().toString(), Instant.parse("2026-11-21T08:00:00Z"), "ana@rivercounty.example");
    }
}
