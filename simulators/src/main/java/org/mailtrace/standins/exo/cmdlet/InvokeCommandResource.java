package org.mailtrace.standins.exo.cmdlet;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.arc.All;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.mailtrace.standins.StandInsConfig;
import org.mailtrace.standins.exo.Quota;
import org.mailtrace.standins.exo.QuotaSpentException;
import org.mailtrace.standins.exo.TraceRefusedException;
import org.mailtrace.standins.exo.identity.Audience;
import org.mailtrace.standins.exo.identity.TokenRefusedException;
import org.mailtrace.standins.exo.identity.Tokens;

/** Runs cmdlets for whoever has a token for Exchange. The same body is sent again to a next link. */
@Path("/exchange-online/adminapi/{version}/{tenant}/InvokeCommand")
@RunOnVirtualThread
class InvokeCommandResource {
    private final StandInsConfig config;
    private final Tokens tokens;
    private final Quota quota;
    private final Replies replies;
    private final Map<String, Cmdlet> cmdlets;
    private final Clock clock;

    InvokeCommandResource(
            StandInsConfig config,
            Tokens tokens,
            Quota quota,
            Replies replies,
            @All List<Cmdlet> cmdlets,
            Clock clock) {
        this.config = config;
        this.tokens = tokens;
        this.quota = quota;
        this.replies = replies;
        this.cmdlets = cmdlets.stream().collect(Collectors.toMap(Cmdlet::name, Function.identity()));
        this.clock = clock;
    }

    @POST
    public Response invoke(
            @PathParam("version") String version,
            @PathParam("tenant") String tenant,
            @HeaderParam("Authorization") String authorization,
            @HeaderParam("Prefer") String prefer,
            @QueryParam("$skiptoken") String skipToken,
            @Context RoutingContext connection,
            JsonNode body) {
        if (!version.equals("beta")) {
            return Response.status(405).build();
        }
        try {
            tokens.require(authorization, Audience.EXCHANGE);
            Cmdlet cmdlet = cmdlets.get(input(body).path("CmdletName").asText());
            if (cmdlet == null || !config.exchangeOnline().tenant().equalsIgnoreCase(tenant)) {
                return replies.forbidden();
            }
            if (cmdlet.name().startsWith("Get-MessageTrace")) {
                quota.spend();
            }
            Place place = Place.of(skipToken, clock.instant().truncatedTo(ChronoUnit.MILLIS));
            Instant asOf = place.asOf();
            Cmdlet.Output output = cmdlet.run(new Arguments(input(body).path("Parameters")), asOf);
            return replies.page(output, place, prefer);
        } catch (TokenRefusedException e) {
            return Response.status(401).header("WWW-Authenticate", "Bearer").build();
        } catch (QuotaSpentException e) {
            return replies.throttled(e);
        } catch (TraceRefusedException e) {
            return replies.refused(e.getMessage());
        } catch (GaveUpException e) {
            // Ends an HTTP/1.1 connection, and of an HTTP/2 connection this stream; the reply below then has no way
            // out.
            connection.response().reset();
            return Response.status(503).build();
        }
    }

    private static JsonNode input(JsonNode body) {
        if (body == null || !body.path("CmdletInput").path("CmdletName").isTextual()) {
            throw new TraceRefusedException("The request body is not valid.");
        }
        return body.path("CmdletInput");
    }
}
