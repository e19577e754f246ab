package org.mailtrace.standins.exo;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mailtrace.standins.StandInsConfig;

@QuarkusTest
class GraphPagesTest {
    @Inject
    StandInsConfig config;

    @AfterEach
    void repair() {
        given().delete("/faults").then().statusCode(204);
    }

    @Test
    void leadsThroughAllRowsByAbsoluteLinks() {
        // when
        List<Response> pages = tenant().pages(null, "7", 50);

        // then
        assertThat(keys(pages)).isEqualTo(keys(tenant().pages(null, "5000", 50)));
        assertThat(pages.stream().flatMap(page -> Tenant.next(page).stream()))
                .isNotEmpty()
                .allSatisfy(link -> assertThat(link)
                        .startsWith("http://standins.example:8090" + Tenant.TRACES)
                        .contains("$top=7&$skiptoken="));
    }

    @Test
    void givesEmptyPagesWithANextLinkNowAndThen() {
        // when
        List<Response> pages = manyPages();

        // then
        assertThat(pages)
                .anyMatch(page -> page.jsonPath().getList("value").isEmpty()
                        && Tenant.next(page).isPresent());
    }

    @Test
    void repeatsTheLastRowOfAPageNowAndThen() {
        // when
        List<Response> pages = manyPages();

        // then
        assertThat(IntStream.range(1, pages.size()).filter(i -> startsWithTheEndOf(pages.get(i), pages.get(i - 1))))
                .isNotEmpty()
                .hasSizeLessThan(pages.size() / 2);
    }

    @Test
    void hasTheSameAccidentsForTheSameQuestion() {
        assertThat(sizes(tenant().pages("senderAddress eq '*@contoso.example'", "2", 50)))
                .isEqualTo(sizes(tenant().pages("senderAddress eq '*@contoso.example'", "2", 50)));
    }

    @Test
    void givesEachPageTwiceWhenSoSwitched() {
        // given
        fault("repeated");

        // when
        List<Response> pages = tenant().pages(null, "20", 50);

        // then
        assertThat(Tenant.keys(pages.get(0))).isEqualTo(Tenant.keys(pages.get(1)));
        assertThat(Tenant.keys(pages.get(2))).doesNotContainAnyElementsOf(Tenant.keys(pages.get(0)));
        assertThat(Tenant.next(pages.getLast())).isEmpty();
    }

    @Test
    void goesInACircleWhenSoSwitched() {
        // given
        fault("circle");

        // when
        List<Response> pages = tenant().pages(null, "20", 4);

        // then
        assertThat(Tenant.next(pages.get(1))).isEqualTo(Tenant.next(pages.get(2)));
    }

    @Test
    void namesAnotherHostWhenSoSwitched() {
        fault("foreign");
        assertThat(Tenant.next(tenant().traces(null, null)).orElseThrow())
                .startsWith("http://graph.elsewhere.example/");
    }

    @Test
    void neverEndsWhenSoSwitched() {
        // given
        fault("endless");

        // when
        List<Response> pages = tenant().pages("senderAddress eq 'deals@bargains.example'", null, 12);

        // then
        assertThat(pages).hasSize(12);
        assertThat(pages.getLast().jsonPath().getList("value")).isEmpty();
        assertThat(Set.copyOf(pages.stream()
                        .map(page -> Tenant.next(page).orElseThrow())
                        .toList()))
                .hasSize(12);
    }

    private List<Response> manyPages() {
        Tenant tenant = tenant();
        return IntStream.range(4, 7)
                .boxed()
                .flatMap(size -> tenant.pages(null, size.toString(), 50).stream())
                .toList();
    }

    private static boolean startsWithTheEndOf(Response page, Response before) {
        List<String> earlier = Tenant.keys(before);
        List<String> later = Tenant.keys(page);
        return !earlier.isEmpty() && !later.isEmpty() && earlier.getLast().equals(later.getFirst());
    }

    private static List<Integer> sizes(List<Response> pages) {
        return pages.stream().map(page -> Tenant.keys(page).size()).toList();
    }

    private static Set<String> keys(List<Response> pages) {
        Set<String> keys = new HashSet<>();
        pages.forEach(page -> keys.addAll(Tenant.keys(page)));
        return keys;
    }

    private static void fault(String pages) {
        given().contentType("application/json")
                .body("{\"pages\": \"" + pages + "\"}")
                .post("/faults/exchange-online")
                .then()
                .statusCode(204);
    }

    private Tenant tenant() {
        return new Tenant(config);
    }
}
