package org.mailtrace.http.body;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import org.mailtrace.http.problem.ProblemException;
import org.mailtrace.http.problem.ProblemKind;

/** Takes bodies, or refuses without a look at them. */
@Path("/desk")
@RunOnVirtualThread
public class Desk {
    @GET
    public String open() {
        return "open";
    }

    /** Whether a body of unknown length would be counted, if it were read. */
    @GET
    @Path("counted")
    public String isCounted(@Context RoutingContext routing) {
        return Boolean.toString(BodyLimit.ofUnknownLength(routing).isPresent());
    }

    @POST
    @Path("taken")
    public String take(JsonNode body) {
        return "taken " + body.path("text").asText().length();
    }

    @POST
    @Path("refused")
    public String refuse() {
        throw new ProblemException(ProblemKind.NOT_ALLOWED, "Nobody may.");
    }
}
