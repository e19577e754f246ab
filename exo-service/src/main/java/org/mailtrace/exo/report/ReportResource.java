package org.mailtrace.exo.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.mailtrace.contract.Fault;
import org.mailtrace.contract.Problem;
import org.mailtrace.contract.Report;
import org.mailtrace.contract.ReportList;
import org.mailtrace.contract.SourceAnswer;
import org.mailtrace.exo.words.ReportWords;
import org.mailtrace.http.request.JsonQuestion;
import org.mailtrace.http.request.Parameters;
import org.mailtrace.http.request.Subject;
import org.mailtrace.jobs.Job;

/** Reports: ask for one, see how far it is, read it, cancel it. */
@Path("/reports")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@RolesAllowed("trace-reader")
@Tag(
        name = "Reports",
        description =
                "Questions that are too wide or too thorough to be answered at once. Only who asked for a report sees it.")
@APIResponse(
        responseCode = "400",
        description = "The request has faults; all of them are listed.",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@APIResponse(
        responseCode = "401",
        description = "No valid access token.",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@APIResponse(
        responseCode = "403",
        description = "The access token lacks the role.",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@APIResponse(
        responseCode = "503",
        description = "The store of reports does not answer; ask again after Retry-After.",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public class ReportResource {
    private static final int MAX_KEY = 200;
    private static final int NEWEST = 100;

    private final Reports reports;
    private final ReportView view;
    private final SecurityIdentity identity;

    ReportResource(Reports reports, ReportView view, SecurityIdentity identity) {
        this.reports = reports;
        this.view = view;
        this.identity = identity;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "createReport",
            summary = "Ask for a report",
            description =
                    "The question as JSON, with the names of GET /traces; windows of up to 90 days, advanced=true for"
                            + " events of every recipient. The answer tells what the report costs before anything is spent. The same"
                            + " Idempotency-Key with the same question leads to the same report.")
    @RequestBody(content = @Content(schema = @Schema(implementation = OrderBody.class)))
    @APIResponse(
            responseCode = "202",
            description = "The report was taken in; look at Location again after Retry-After.",
            headers = {
                @Header(
                        name = "Location",
                        description = "Where the report is.",
                        schema = @Schema(type = SchemaType.STRING)),
                @Header(
                        name = "Retry-After",
                        description = "Seconds after which to look again.",
                        schema = @Schema(type = SchemaType.INTEGER))
            },
            content = @Content(schema = @Schema(implementation = Report.class)))
    @APIResponse(
            responseCode = "422",
            description =
                    "The window is too old, the question is of a kind that cannot be answered, or the Idempotency-Key was"
                            + " used for another question.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "429",
            description = "Too many of your reports are not finished.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response create(
            JsonNode body,
            @Parameter(description = "A key of your own, so that a repeated request does not make a second report.")
                    @HeaderParam("Idempotency-Key")
                    String key,
            @Context UriInfo uri) {
        JsonQuestion question = JsonQuestion.of(body);
        List<Fault> faults = new ArrayList<>(question.faults());
        Parameters.of(uri).keySet().forEach(name -> faults.add(new Fault(name, ReportWords.IN_THE_BODY)));
        Optional<String> given = Optional.ofNullable(key).map(String::strip);
        given.filter(text -> !isKey(text))
                .ifPresent(text -> faults.add(new Fault("Idempotency-Key", ReportWords.KEY_TOO_LONG)));
        Job job = reports.submit(owner(), given, question.parameters(), faults);
        return answer(Response.status(Response.Status.ACCEPTED), job, uri)
                .location(URI.create(uri.getBaseUri() + "reports/" + job.id()))
                .build();
    }

    @GET
    @RolesAllowed("trace-operator")
    @Operation(
            operationId = "listReports",
            summary = "The newest reports of everybody",
            description = "How far they are, and nothing of what was asked or found.")
    @APIResponse(
            responseCode = "200",
            description = "At most a hundred, newest first.",
            content = @Content(schema = @Schema(implementation = ReportList.class)))
    public ReportList list(@Context UriInfo uri) {
        return new ReportList(reports.newest(NEWEST).stream()
                .map(job -> view.of(job, reports.messages(job), base(uri)))
                .toList());
    }

    @GET
    @Path("{id}")
    @Operation(
            operationId = "getReport",
            summary = "How far a report is",
            description = "What it costs, what it has spent, what it waits for and until when, and what it may claim.")
    @APIResponse(
            responseCode = "200",
            description = "The report. While it is not over, Retry-After says when to look again.",
            content = @Content(schema = @Schema(implementation = Report.class)))
    @APIResponse(
            responseCode = "404",
            description = "You have no such report.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response get(
            @Parameter(description = "The id of a report.") @PathParam("id") String id, @Context UriInfo uri) {
        return answer(Response.ok(), reports.own(owner(), id), uri).build();
    }

    @GET
    @Path("{id}/observations")
    @Operation(
            operationId = "getReportObservations",
            summary = "What a report has found",
            description =
                    "Newest first. The state says whether the report is complete: until then, and in a report that failed,"
                            + " an empty list means nothing. The pages of a report that is over are stable.")
    @APIResponse(
            responseCode = "200",
            description = "A page, in the shape of GET /traces.",
            content = @Content(schema = @Schema(implementation = SourceAnswer.class)))
    @APIResponse(
            responseCode = "404",
            description = "You have no such report.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public SourceAnswer observations(
            @Parameter(description = "The id of a report.") @PathParam("id") String id,
            @Parameter(
                            description = "Page size, 1 to 1000; 100 by default.",
                            schema = @Schema(type = SchemaType.INTEGER))
                    @QueryParam("limit")
                    String limit,
            @Parameter(description = "The next value of an earlier page.") @QueryParam("cursor") String cursor,
            @Context UriInfo uri) {
        PageOrder page = PageOrder.of(Parameters.of(uri));
        return reports.observations(owner(), id, page.limit(), page.cursor());
    }

    @DELETE
    @Path("{id}")
    @Operation(
            operationId = "cancelReport",
            summary = "Cancel a report",
            description =
                    "What had been found by then is kept as long as any result. A report that is over stays as it is.")
    @APIResponse(
            responseCode = "200",
            description = "The report as it is now.",
            content = @Content(schema = @Schema(implementation = Report.class)))
    @APIResponse(
            responseCode = "404",
            description = "You have no such report.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response cancel(
            @Parameter(description = "The id of a report.") @PathParam("id") String id, @Context UriInfo uri) {
        return answer(Response.ok(), reports.cancel(owner(), id), uri).build();
    }

    private Response.ResponseBuilder answer(Response.ResponseBuilder response, Job job, UriInfo uri) {
        Report report = view.of(job, reports.messages(job), base(uri));
        report.retryAfterSeconds().ifPresent(seconds -> response.header(HttpHeaders.RETRY_AFTER, seconds));
        return response.entity(report);
    }

    private String owner() {
        return Subject.of(identity);
    }

    private static boolean isKey(String text) {
        return !text.isEmpty() && text.length() <= MAX_KEY && text.chars().allMatch(c -> c > ' ' && c < 127);
    }

    private static String base(UriInfo uri) {
        return uri.getBaseUri().toString();
    }
}
