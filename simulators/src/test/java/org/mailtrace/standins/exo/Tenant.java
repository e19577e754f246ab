package org.mailtrace.standins.exo;

import static io.restassured.RestAssured.given;

import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailtrace.standins.StandInsConfig;

/** Asks the stand-in as an application of the tenant does. */
public final class Tenant {
    public static final String TRACES = "/graph/v1.0/admin/exchange/tracing/messageTraces";

    private final StandInsConfig.ExchangeOnline config;
    private final Map<String, String> tokens = new HashMap<>();

    public Tenant(StandInsConfig config) {
        this.config = config.exchangeOnline();
    }

    public Response traces(String filter, String top) {
        RequestSpecification request = withToken(config.scope());
        if (filter != null) {
            request.queryParam("$filter", filter);
        }
        if (top != null) {
            request.queryParam("$top", top);
        }
        return request.get(TRACES);
    }

    /** All pages of a list, at most so many. */
    public List<Response> pages(String filter, String top, int atMost) {
        List<Response> pages = new ArrayList<>(List.of(traces(filter, top)));
        Optional<String> next = next(pages.getLast());
        while (next.isPresent() && pages.size() < atMost) {
            pages.add(follow(next.get()));
            next = next(pages.getLast());
        }
        return pages;
    }

    public Response follow(String link) {
        String query = URI.create(link.replace("$", "%24")).getRawQuery();
        return withToken(config.scope()).urlEncodingEnabled(false).get(TRACES + "?" + query);
    }

    public static Optional<String> next(Response page) {
        return Optional.ofNullable(page.jsonPath().getString("'@odata.nextLink'"));
    }

    public static List<String> keys(Response page) {
        return page.jsonPath().getList("value.collect { it.id + it.recipientAddress }");
    }

    public Response run(String cmdlet, Map<String, ?> parameters) {
        return invoke(withToken(config.cmdletScope()), cmdlet, parameters);
    }

    public Response invoke(RequestSpecification request, String cmdlet, Map<String, ?> parameters) {
        return request.contentType("application/json")
                .body(Map.of("CmdletInput", Map.of("CmdletName", cmdlet, "Parameters", parameters)))
                .post("/exchange-online/adminapi/beta/" + config.tenant() + "/InvokeCommand");
    }

    public RequestSpecification withToken(String scope) {
        return given().header("Authorization", "Bearer " + token(scope));
    }

    public String token(String scope) {
        return tokens.computeIfAbsent(
                scope,
                wanted -> signIn(Map.of("client_secret", config.clientSecret(), "scope", wanted))
                        .jsonPath()
                        .getString("access_token"));
    }

    public Response signIn(Map<String, String> form) {
        RequestSpecification request = RestAssured.given()
                .formParam("grant_type", "client_credentials")
                .formParam("client_id", config.clientId());
        return request.formParams(form).post("/entra/" + config.tenant() + "/oauth2/v2.0/token");
    }

    public static String period(Instant from, Instant to) {
        return "receivedDateTime ge " + from + " and receivedDateTime le " + to;
    }
}
