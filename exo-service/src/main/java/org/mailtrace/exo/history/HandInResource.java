package org.mailtrace.exo.history;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.mailtrace.contract.Problem;
import org.mailtrace.http.request.Subject;

/** Takes in the file that a report waits for. */
@Path("/reports/{id}/file")
@RunOnVirtualThread
public class HandInResource {
    static final String OPERATOR = "trace-operator";

    private final HandIn handIn;
    private final SecurityIdentity identity;

    HandInResource(HandIn handIn, SecurityIdentity identity) {
        this.handIn = handIn;
        this.identity = identity;
    }

    @PUT
    @Consumes({"text/csv", MediaType.APPLICATION_OCTET_STREAM})
    @RolesAllowed({"trace-reader", OPERATOR})
    @Tag(name = "Reports")
    @Operation(
            operationId = "handInReportFile",
            summary = "Hand in the file of a historical search",
            description =
                    "For a report that waits for a file which the service cannot download: the CSV file as Exchange Online"
                            + " gave it. It is checked against the report. Allowed to who asked for the report and to operators.")
    @RequestBody(
            content = {
                @Content(mediaType = "text/csv", schema = @Schema(type = SchemaType.STRING, format = "binary")),
                @Content(
                        mediaType = MediaType.APPLICATION_OCTET_STREAM,
                        schema = @Schema(type = SchemaType.STRING, format = "binary"))
            })
    @APIResponse(responseCode = "202", description = "The file was taken in and will be read in a moment.")
    @APIResponse(
            responseCode = "400",
            description = "The file is not the report's; every fault is listed.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "404",
            description = "You have no such report, or it does not wait for a file.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "413",
            description = "The file is too large.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response put(@Parameter(description = "The id of a report.") @PathParam("id") String id, InputStream file) {
        handIn.take(id, caller(), identity.hasRole(OPERATOR), file);
        return Response.accepted().build();
    }

    /** Who asks, as reports name their owners. */
    private String caller() {
        return Subject.of(identity);
    }
}
