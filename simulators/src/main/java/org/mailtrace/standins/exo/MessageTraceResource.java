package org.mailtrace.standins.exo;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.mailtrace.standins.StandInsConfig;
import org.mailtrace.standins.exo.identity.Audience;
import org.mailtrace.standins.exo.identity.Tokens;

/** Graph's message trace: the list and the details by recipient. */
@Path("/graph/v1.0/admin/exchange/tracing/messageTraces")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class MessageTraceResource {
    private static final String HERE = "/graph/v1.0/admin/exchange/tracing/messageTraces";
    private static final URI ELSEWHERE = URI.create("http://graph.elsewhere.example");
    private static final int DEFAULT_TOP = 1000;
    private static final int HIGHEST_TOP = 5000;
    private static final int FUNCTION_PREFIX = "getDetailsByRecipient(recipientAddress='".length();

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Page(
            @JsonProperty("@odata.context") String context,
            @JsonProperty("@odata.nextLink") String nextLink,
            List<GraphTrace> value) {}

    record Details(@JsonProperty("@odata.context") String context, List<GraphDetail> value) {}

    private final URI publicUrl;
    private final TraceRows rows;
    private final Pages pages;
    private final Quirks quirks;
    private final Tokens tokens;
    private final Quota quota;
    private final Clock clock;

    MessageTraceResource(
            StandInsConfig config,
            TraceRows rows,
            Pages pages,
            Quirks quirks,
            Tokens tokens,
            Quota quota,
            Clock clock) {
        this.publicUrl = config.publicUrl();
        this.rows = rows;
        this.pages = pages;
        this.quirks = quirks;
        this.tokens = tokens;
        this.quota = quota;
        this.clock = clock;
    }

    @GET
    public Page list(
            @HeaderParam("Authorization") String authorization,
            @HeaderParam("Prefer") String prefer,
            @QueryParam("$filter") String filter,
            @QueryParam("$top") String top,
            @QueryParam("$skiptoken") String skipToken) {
        tokens.require(authorization, Audience.GRAPH);
        quota.spend();
        int size = top(top);
        SkipToken position = Optional.ofNullable(skipToken)
                .map(SkipToken::parse)
                .orElseGet(() -> SkipToken.first(clock.instant().truncatedTo(ChronoUnit.MILLIS)));
        TraceFilter asked = TraceFilter.of(filter, position.asOf());
        List<TraceRow> found =
                rows.visibleAt(position.asOf()).stream().filter(asked).toList();
        Pages.Cut cut = pages.cut(found, String.valueOf(filter), size, position);
        boolean allMembers = prefer != null && prefer.contains("include-unknown-enum-members");
        return new Page(
                publicUrl + "/graph/v1.0/$metadata#admin/exchange/tracing/messageTraces",
                cut.next()
                        .map(next -> nextLink(cut.elsewhere() ? ELSEWHERE : publicUrl, filter, top, next))
                        .orElse(null),
                cut.rows().stream().map(row -> GraphTrace.of(row, allMembers)).toList());
    }

    @GET
    @Path("{id}/{function: getDetailsByRecipient\\(recipientAddress='.*'\\)}")
    public Details details(
            @HeaderParam("Authorization") String authorization,
            @PathParam("id") String id,
            @PathParam("function") String function) {
        tokens.require(authorization, Audience.GRAPH);
        quota.spend();
        String recipient =
                function.substring(FUNCTION_PREFIX, function.length() - 2).replace("''", "'");
        List<GraphDetail> found = rows.visibleAt(clock.instant()).stream()
                .filter(row -> row.id().equalsIgnoreCase(id) && row.recipient().equalsIgnoreCase(recipient))
                .flatMap(row -> quirks.disordered(row).map(detail -> GraphDetail.of(row, detail)))
                .toList();
        return new Details(
                publicUrl + "/graph/v1.0/$metadata#Collection(microsoft.graph.exchangeMessageTraceDetail)", found);
    }

    private static String nextLink(URI host, String filter, String top, SkipToken position) {
        StringBuilder link = new StringBuilder(host + HERE + "?");
        if (filter != null) {
            link.append("$filter=").append(encoded(filter)).append('&');
        }
        if (top != null) {
            link.append("$top=").append(encoded(top)).append('&');
        }
        return link.append("$skiptoken=").append(encoded(position.text())).toString();
    }

    private static int top(String text) {
        if (text == null) {
            return DEFAULT_TOP;
        }
        if (!text.matches("\\d{1,4}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > HIGHEST_TOP) {
            throw new TraceRefusedException("ResultSize is invalid");
        }
        return Integer.parseInt(text);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
