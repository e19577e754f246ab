package org.mailtrace.http.body;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
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
