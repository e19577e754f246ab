package org.mailtrace.gateway.audit;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.mailtrace.gateway.words.AuditWords;
import org.mailtrace.http.problem.ProblemException;
import org.mailtrace.http.problem.ProblemKind;
import org.mailtrace.http.request.Parameters;

/** The audit records, for those who may read nothing else. */
@Path("/audit")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@RolesAllowed("trace-auditor")
@Tag(name = "Audit", description = "Who asked about whose mail, and why.")
public class AuditResource {
    /** About as long as servers of shares keep the lock of a machine that vanished. */
    private static final long HELD_RETRY_SECONDS = 60;

    private final AuditTrail trail;

    AuditResource(AuditTrail trail) {
        this.trail = trail;
    }

    @GET
    @Operation(
            operationId = "listAuditRecords",
            summary = "List the audit records",
            description =
                    "Every question that was asked, newest first: who, when, by which parameters, for which ticket,"
                            + " and what came of it. Subjects and what was found are not in it. The files of all gateways that"
                            + " share a volume are read, and their chains of digests checked: `intact` is false when a record"
                            + " does not fit the one before it, because one was changed, taken out, put in, or written only in"
                            + " part. Large files are read as a whole now and then, at `checkedAt`, and in between only what"
                            + " came since. A change of the newest record, newest records that were taken out, and a file that"
                            + " was moved away or written anew as a whole do not break the chain: they show only against the"
                            + " copy that is shipped off. A page that ended early for much that had to be looked through has"
                            + " `page.next`, even if it is empty. A file that another gateway does not let go of ends it with 503,"
                            + " which names the file; no file is left out without a word.")
    @APIResponse(
            responseCode = "200",
            description = "The records, and whether their chain holds.",
            content = @Content(schema = @Schema(implementation = AuditPage.class)))
    @Parameter(
            in = ParameterIn.QUERY,
            name = "from",
            description = "Start of the window, RFC 3339; the beginning of all records by default.",
            schema = @Schema(type = SchemaType.STRING, format = "date-time"))
    @Parameter(
            in = ParameterIn.QUERY,
            name = "to",
            description = "End of the window, RFC 3339, exclusive; now by default.",
            schema = @Schema(type = SchemaType.STRING, format = "date-time"))
    @Parameter(
            in = ParameterIn.QUERY,
            name = "who",
            description = "Only what one user or client asked: the subject of the token, or the name in it.",
            schema = @Schema(type = SchemaType.STRING))
    @Parameter(
            in = ParameterIn.QUERY,
            name = "ticket",
            description = "Only what was asked for one ticket.",
            schema = @Schema(type = SchemaType.STRING))
    @Parameter(
            in = ParameterIn.QUERY,
            name = "limit",
            description = "Page size, 1 to 1000; 100 by default.",
            schema = @Schema(type = SchemaType.INTEGER, format = "int32", minimum = "1", maximum = "1000"))
    @Parameter(
            in = ParameterIn.QUERY,
            name = "cursor",
            description = "Where the page begins, as page.next carries it.",
            schema = @Schema(type = SchemaType.STRING))
    public AuditPage list(@Context UriInfo uri) {
        AuditQuestion question = AuditQuestion.of(Parameters.only(uri, AuditQuestion.NAMES));
        AuditTrail.Read read;
        try {
            read = trail.read(question);
        } catch (AuditHeldException e) {
            throw new ProblemException(
                    ProblemKind.AUDIT_UNAVAILABLE,
                    AuditWords.held(e.file()),
                    List.of(),
                    List.of(),
                    Optional.of(HELD_RETRY_SECONDS));
        } catch (IOException e) {
            throw new ProblemException(ProblemKind.AUDIT_UNAVAILABLE, AuditWords.CANNOT_BE_READ);
        }
        return new AuditPage(
                read.intact(),
                read.sentence(),
                read.checkedAt(),
                read.newest(),
                new AuditPage.Links(read.next()
                        .map(next -> uri.getRequestUriBuilder()
                                .replaceQueryParam("cursor", next.text())
                                .build()
                                .toString())));
    }
}
