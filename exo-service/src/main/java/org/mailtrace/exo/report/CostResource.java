package org.mailtrace.exo.report;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.mailtrace.contract.Problem;
import org.mailtrace.contract.Question;
import org.mailtrace.contract.QuestionCost;
import org.mailtrace.exo.trace.Costs;
import org.mailtrace.http.request.Parameters;

/** What a question costs, told before it is spent. */
@Path("/cost")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@RolesAllowed("trace-reader")
@Tag(name = "Cost", description = "What a question costs of the tenant's quota, told before it is spent.")
public class CostResource {
    private final Costs costs;
    private final Clock clock;

    CostResource(Costs costs, Clock clock) {
        this.costs = costs;
        this.clock = clock;
    }

    @GET
    @Operation(
            operationId = "getCost",
            summary = "What a question would cost",
            description = "Asks Exchange Online nothing and spends nothing. Takes the parameters of GET /traces.")
    @Parameter(in = ParameterIn.QUERY, name = "sender", description = "As in GET /traces.")
    @Parameter(in = ParameterIn.QUERY, name = "recipient", description = "As in GET /traces.")
    @Parameter(in = ParameterIn.QUERY, name = "subject", description = "As in GET /traces.")
    @Parameter(in = ParameterIn.QUERY, name = "messageId", description = "As in GET /traces.")
    @Parameter(in = ParameterIn.QUERY, name = "from", description = "As in GET /traces.")
    @Parameter(in = ParameterIn.QUERY, name = "to", description = "As in GET /traces.")
    @Parameter(
            in = ParameterIn.QUERY,
            name = "limit",
            description = "Accepted, and of no consequence.",
            schema = @Schema(type = SchemaType.INTEGER))
    @Parameter(in = ParameterIn.QUERY, name = "cursor", description = "Accepted, and of no consequence.")
    @Parameter(in = ParameterIn.QUERY, name = "include", description = "As in GET /traces.")
    @Parameter(
            in = ParameterIn.QUERY,
            name = "advanced",
            description = "As in GET /traces.",
            schema = @Schema(type = SchemaType.BOOLEAN))
    @Parameter(in = ParameterIn.QUERY, name = "ticket", description = "Accepted, and of no consequence.")
    @Parameter(in = ParameterIn.QUERY, name = "reason", description = "Accepted, and of no consequence.")
    @APIResponse(
            responseCode = "200",
            description = "The cost, and whether the question would be answered at once.",
            content = @Content(schema = @Schema(implementation = QuestionCost.class)))
    @APIResponse(
            responseCode = "400",
            description = "The question has faults; all of them are listed.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "401",
            description = "No valid access token.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "403",
            description = "The access token lacks the role trace-reader.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public QuestionCost cost(@Context UriInfo uri) {
        return costs.of(Question.parse(Parameters.of(uri), clock.instant()));
    }
}
