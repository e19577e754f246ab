package org.mailtrace.gateway.report;

import com.fasterxml.jackson.databind.JsonNode;
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
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
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
import org.mailtrace.gateway.answer.TraceAnswer;
import org.mailtrace.gateway.ask.Caller;
import org.mailtrace.gateway.audit.Audit;
import org.mailtrace.gateway.audit.Told;
import org.mailtrace.gateway.format.Table;
import org.mailtrace.gateway.search.Shape;
import org.mailtrace.gateway.words.ReportWords;
import org.mailtrace.http.request.JsonQuestion;
import org.mailtrace.http.request.Parameters;
import org.mailtrace.http.request.RequestId;
import org.mailtrace.jobs.Job;

/** Reports: ask for one, see how far it is, read it, cancel it. */
@Path("/traces/reports")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@RolesAllowed("trace-reader")
@Tag(
        name = "Reports",
        description = "Questions that are too wide or too thorough to be answered at once. Only who asked for a report"
                + " reads it; operators see the states of all.")
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
        responseCode = "429",
        description = "Too many requests in a short time, or too many reports of yours are not finished.",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@APIResponse(
        responseCode = "503",
        description = "The store of reports does not answer; ask again after Retry-After.",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public class ReportResource {
    private static final int SHOWN = 100;
    private static final String NEXT =
            "The next page, rel=\"next\"; the same as page.next, and absent on the last page.";
    private static final String NONE = "You have no such report.";
    private static final String UNFINISHED = "The report is not finished; look again after Retry-After.";
    private static final String NO_RESULT = "The report failed, was cancelled or expired; it has no traces.";

    private final Reports reports;
    private final ReportView view;
    private final Principal principal;
    private final Audit audit;

    ReportResource(Reports reports, ReportView view, Principal principal, Audit audit) {
        this.audit = audit;
        this.reports = reports;
        this.view = view;
        this.principal = principal;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "createReport",
            summary = "Ask for a report",
            description = "The question as JSON, with the names of GET /traces. Every source is asked to its end, by a"
                    + " report of its own where it needs one, and the traces are concluded by the same rules. The same"
                    + " Idempotency-Key with the same body leads to the same report.")
    @RequestBody(content = @Content(schema = @Schema(implementation = OrderBody.class)))
    @APIResponse(
            responseCode = "202",
            description = "The report was taken in; look at Location after Retry-After.",
            headers = {
                @Header(
                        name = "Location",
                        description = "Where the report is.",
                        schema = @Schema(type = SchemaType.STRING)),
                @Header(
                        name = "Retry-After",
                        description = "Seconds after which to look.",
                        schema = @Schema(type = SchemaType.INTEGER))
            },
            content = @Content(schema = @Schema(implementation = GatewayReport.class)))
    @APIResponse(
            responseCode = "422",
            description = "The Idempotency-Key was used for another request.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response create(
            JsonNode body,
            @Parameter(description = "A key of your own, so that a repeated request does not make a second report.")
                    @HeaderParam("Idempotency-Key")
                    String key,
            @Context UriInfo uri,
            @Context ContainerRequestContext request) {
        JsonQuestion question = JsonQuestion.of(body);
        List<Fault> faults = new ArrayList<>(question.faults());
        Parameters.of(uri).keySet().forEach(name -> faults.add(new Fault(name, ReportWords.IN_THE_BODY)));
        Optional<String> ownKey = Optional.ofNullable(key).map(String::strip);
        Order order = reports.order(ownKey, question.parameters(), faults, Caller.of(request));
        Job job = audit.entry("createReport", question.parameters(), RequestId.of(request))
                .ofChange(
                        () -> reports.submit(principal.subject(), ownKey, order, base(uri)),
                        made -> Told.ordered(made.id()));
        return AsyncAnswer.accepted(view.own(job, base(uri)));
    }

    @GET
    @RolesAllowed({"trace-reader", "trace-operator"})
    @Operation(
            operationId = "listReports",
            summary = "List the newest reports",
            description = "Your own; for operators those of everybody, with their states alone. At most a hundred,"
                    + " newest first.")
    @APIResponse(
            responseCode = "200",
            description = "How far they are.",
            content = @Content(schema = @Schema(implementation = ReportPage.class)))
    public ReportPage list(@Context UriInfo uri) {
        Parameters.none(uri);
        String subject = principal.subject();
        boolean operator = principal.isOperator();
        List<Job> newest = operator ? reports.newest(SHOWN) : reports.newest(subject, SHOWN);
        return new ReportPage(newest.stream()
                .map(job -> job.owner().equals(subject) ? view.own(job, base(uri)) : view.stateOnly(job, base(uri)))
                .toList());
    }

    @GET
    @Path("{id}")
    @RolesAllowed({"trace-reader", "trace-operator"})
    @Operation(
            operationId = "getReport",
            summary = "See how far a report is",
            description = "Its status, how far it is with every source, and once it is over where its traces are."
                    + " While it is not over, Retry-After says when to look again.")
    @APIResponse(
            responseCode = "200",
            description = "The report as it stands.",
            content = @Content(schema = @Schema(implementation = GatewayReport.class)))
    @APIResponse(
            responseCode = "404",
            description = NONE,
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response get(
            @Parameter(description = "The id of a report.") @PathParam("id") String id, @Context UriInfo uri) {
        Parameters.none(uri);
        Job job = reports.any(id).orElseThrow(Reports::none);
        if (job.owner().equals(principal.subject())) {
            return AsyncAnswer.standing(view.own(job, base(uri)));
        }
        if (principal.isOperator()) {
            return AsyncAnswer.standing(view.stateOnly(job, base(uri)));
        }
        throw Reports.none();
    }

    @GET
    @Path("{id}/traces")
    @Operation(
            operationId = "getReportTraces",
            summary = "Read the traces of a report",
            description = "Page by page, newest first, in the shape of GET /traces; the pages are stable. With"
                    + " Accept: text/csv a page is a table. A report that is not finished answers 409, and one without a"
                    + " result 410: neither is an empty list.")
    @APIResponse(
            responseCode = "200",
            description = "A page of the traces, and how well every source looked.",
            headers = @Header(name = "Link", description = NEXT, schema = @Schema(type = SchemaType.STRING)),
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = TraceAnswer.class)),
                @Content(mediaType = "text/csv", schema = @Schema(type = SchemaType.STRING))
            })
    @APIResponse(
            responseCode = "404",
            description = NONE,
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "409",
            description = UNFINISHED,
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "410",
            description = NO_RESULT,
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @Parameter(
            in = ParameterIn.QUERY,
            name = "limit",
            description = "Page size, 1 to 1000; 100 by default.",
            schema = @Schema(type = SchemaType.INTEGER))
    @Parameter(
            in = ParameterIn.QUERY,
            name = "cursor",
            description = "Where the page begins, as page.next carries it.",
            schema = @Schema(type = SchemaType.STRING))
    public Response traces(
            @Parameter(description = "The id of a report.") @PathParam("id") String id,
            @Context UriInfo uri,
            @Context ContainerRequestContext request) {
        TraceAnswer page = page(id, uri, "traces", Shape.JSON, request);
        return AsyncAnswer.linked(Response.ok(page), page);
    }

    @GET
    @Path("{id}/traces")
    @Produces("text/csv;charset=UTF-8;qs=0.5")
    @Operation(hidden = true)
    public Response table(@PathParam("id") String id, @Context UriInfo uri, @Context ContainerRequestContext request) {
        return csv(id, uri, "traces", request);
    }

    @GET
    @Path("{id}/traces.csv")
    @Produces("text/csv;charset=UTF-8")
    @Operation(
            operationId = "getReportTable",
            summary = "Read the traces of a report as a table",
            description =
                    "The same pages as a file for a spreadsheet, in the columns of GET /traces: one row for each"
                            + " recipient of each trace. The last row is done, with the summary and the address of the next page.")
    @APIResponse(
            responseCode = "200",
            description = "A page of the traces, and how well every source looked.",
            headers = @Header(name = "Link", description = NEXT, schema = @Schema(type = SchemaType.STRING)),
            content = @Content(mediaType = "text/csv", schema = @Schema(type = SchemaType.STRING)))
    @APIResponse(
            responseCode = "404",
            description = NONE,
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "409",
            description = UNFINISHED,
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "410",
            description = NO_RESULT,
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @Parameter(
            in = ParameterIn.QUERY,
            name = "limit",
            description = "Page size, 1 to 1000; 100 by default.",
            schema = @Schema(type = SchemaType.INTEGER))
    @Parameter(
            in = ParameterIn.QUERY,
            name = "cursor",
            description = "Where the page begins, as the last row of the page before names it.",
            schema = @Schema(type = SchemaType.STRING))
    public Response file(
            @Parameter(description = "The id of a report.") @PathParam("id") String id,
            @Context UriInfo uri,
            @Context ContainerRequestContext request) {
        return csv(id, uri, "traces.csv", request);
    }

    @DELETE
    @Path("{id}")
    @Operation(
            operationId = "cancelReport",
            summary = "Cancel a report",
            description = "Ends it, and the reports that it ordered from the sources. A report that is over stays as"
                    + " it is.")
    @APIResponse(
            responseCode = "200",
            description = "The report as it is now.",
            content = @Content(schema = @Schema(implementation = GatewayReport.class)))
    @APIResponse(
            responseCode = "404",
            description = NONE,
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response cancel(
            @Parameter(description = "The id of a report.") @PathParam("id") String id, @Context UriInfo uri) {
        Parameters.none(uri);
        return AsyncAnswer.standing(view.own(reports.cancel(principal.subject(), id), base(uri)));
    }

    private TraceAnswer page(String id, UriInfo uri, String name, Shape shape, ContainerRequestContext request) {
        PageOrder order = PageOrder.of(Parameters.of(uri));
        Kept.Page page = audit.entry("getReportTraces", Map.of("report", List.of(id)), RequestId.of(request))
                .of(
                        () -> reports.page(principal.subject(), id, order.after(), order.limit(), shape, base(uri)),
                        read -> Told.shown(read.page().answer(), read.question()))
                .page();
        return page.answer()
                .withNext(page.next()
                        .map(place -> ReportView.self(base(uri), id) + "/" + name + "?limit=" + order.limit()
                                + "&cursor=" + PageOrder.cursor(place)));
    }

    private Response csv(String id, UriInfo uri, String name, ContainerRequestContext request) {
        TraceAnswer page = page(id, uri, name, Shape.TABLE, request);
        return AsyncAnswer.linked(
                Response.ok(Table.of(page))
                        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"traces.csv\""),
                page);
    }

    private static String base(UriInfo uri) {
        return uri.getBaseUri().toString();
    }
}
