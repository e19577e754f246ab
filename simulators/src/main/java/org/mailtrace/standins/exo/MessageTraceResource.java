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
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.mailtrace.standins.StandInsConfig;

/** Graph's message trace: the list and the details by recipient. */
@Path("/graph/v1.0/admin/exchange/tracing/messageTraces")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class MessageTraceResource {
    private static final String HERE = "/graph/v1.0/admin/exchange/tracing/messageTraces";
    private static final int DEFAULT_TOP = 1000;
    private static final int HIGHEST_TOP = 5000;
    private static final int FUNCTION_PREFIX = "getDetailsByRecipient(recipientAddress='".length();

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Page(
            @JsonProperty("@odata.context") String context,
            @JsonProperty("@odata.nextLink") String nextLink,
            List<GraphTrace> value) {}

    record Details(@JsonProperty("@odata.context") String context, List<GraphDetail> value) {}

    private final StandInsConfig config;
    private final TraceRows rows;
    private final Tokens tokens;
    private final Quota quota;
    private final Clock clock;

    MessageTraceResource(StandInsConfig config, TraceRows rows, Tokens tokens, Quota quota, Clock clock) {
        this.config = config;
        this.rows = rows;
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
        tokens.require(authorization);
        quota.spend();
        int size = top(top);
        SkipToken position = skipToken == null ? new SkipToken(0, clock.instant()) : SkipToken.parse(skipToken);
        Instant now = position.asOf();
        TraceFilter asked = TraceFilter.of(filter, now);
        List<TraceRow> found = rows.visibleAt(now).stream().filter(asked).toList();
        boolean allMembers = prefer != null && prefer.contains("include-unknown-enum-members");
        List<GraphTrace> page = found.stream()
                .skip(position.offset())
                .limit(size)
                .map(row -> GraphTrace.of(row, allMembers))
                .toList();
        int end = position.offset() + page.size();
        Optional<String> next =
                end < found.size() ? Optional.of(nextLink(filter, top, new SkipToken(end, now))) : Optional.empty();
        return new Page(
                config.publicUrl() + "/graph/v1.0/$metadata#admin/exchange/tracing/messageTraces",
                next.orElse(null),
                page);
    }

    @GET
    @Path("{id}/{function: getDetailsByRecipient\\(recipientAddress='.*'\\)}")
    public Details details(
            @HeaderParam("Authorization") String authorization,
            @PathParam("id") String id,
            @PathParam("function") String function) {
        tokens.require(authorization);
        quota.spend();
        String recipient =
                function.substring(FUNCTION_PREFIX, function.length() - 2).replace("''", "'");
        List<GraphDetail> found = rows.visibleAt(clock.instant()).stream()
                .filter(row -> row.id().equalsIgnoreCase(id) && row.recipient().equalsIgnoreCase(recipient))
                .flatMap(row -> row.details().stream().map(detail -> GraphDetail.of(row, detail)))
                .sorted(Comparator.comparing(GraphDetail::dateTime).thenComparing(GraphDetail::event))
                .toList();
        return new Details(
                config.publicUrl() + "/graph/v1.0/$metadata#Collection(microsoft.graph.exchangeMessageTraceDetail)",
                found);
    }

    private String nextLink(String filter, String top, SkipToken position) {
        StringBuilder link = new StringBuilder(config.publicUrl() + HERE + "?");
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
            throw GraphErrorException.badRequest("ResultSize is invalid");
        }
        return Integer.parseInt(text);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
