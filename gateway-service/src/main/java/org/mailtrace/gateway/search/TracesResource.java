package org.mailtrace.gateway.search;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
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
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.Explode;
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
import org.mailtrace.contract.InvalidQuestionException;
import org.mailtrace.contract.Outcome;
import org.mailtrace.contract.Problem;
import org.mailtrace.gateway.answer.TraceAnswer;
import org.mailtrace.gateway.ask.Caller;
import org.mailtrace.gateway.audit.Audit;
import org.mailtrace.gateway.audit.Purpose;
import org.mailtrace.gateway.audit.Told;
import org.mailtrace.gateway.format.Line;
import org.mailtrace.gateway.format.Note;
import org.mailtrace.gateway.settings.GatewaySettings;
import org.mailtrace.http.problem.ProblemException;
import org.mailtrace.http.problem.ProblemKind;
import org.mailtrace.http.request.JsonQuestion;
import org.mailtrace.http.request.Parameters;
import org.mailtrace.http.request.RequestId;

/** Traces: search them, and look one up again. How they refuse is described by a rule for all operations. */
@Path("/traces")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@RolesAllowed("trace-reader")
@Tag(name = "Traces", description = "What became of a message, from every mail system at once.")
public class TracesResource {
    private static final String NEXT =
            "The next page, rel=\"next\"; the same as page.next, and absent on the last page.";

    private final AskingParser parser;
    private final Audit audit;
    private final Purpose purpose;
    private final Search search;
    private final LookUp lookUp;
    private final Note note;
    private final Patience patience;
    private final Later later;
    private final RoutingContext routing;
    private final Duration deadline;

    TracesResource(
            AskingParser parser,
            Audit audit,
            Purpose purpose,
            Search search,
            LookUp lookUp,
            Note note,
            Patience patience,
            Later later,
            RoutingContext routing,
            GatewaySettings settings) {
        this.parser = parser;
        this.audit = audit;
        this.purpose = purpose;
        this.search = search;
        this.lookUp = lookUp;
        this.note = note;
        this.patience = patience;
        this.later = later;
        this.deadline = settings.deadline();
        this.routing = routing;
    }

    @GET
    @Operation(operationId = "searchTraces", summary = "Search traces", description = """
                    Asks every source at once and concludes for each recipient. Give at least one of sender, recipient,
                    subject and messageId. Answers 200 while at least one source looked. `sources` says how each of them
                    did. What is not listed is proven not to be there only with `complete: true`, and only up to the
                    moment that `summary` names.

                    With `Accept: text/event-stream` the answer comes as it grows, as named events:

                    * `source`: how one source answered, as soon as it did;
                    * `trace`: one trace, once all are concluded;
                    * `done`: the end, everything but the traces;
                    * `problem`: the end without an answer, a problem document.

                    Comments keep the connection alive. A stream that ends without `done` or `problem` was cut off and
                    proves nothing.

                    `Accept: application/x-ndjson` gives the same as one JSON document a line, with `heartbeat` for the comments.
                    `Accept: text/csv` gives a
                    table, one row for each recipient of each trace, or one for a trace whose recipients nobody knows; its
                    last row is `done` with the summary, and every row has `complete` and the state of every source.""")
    @APIResponse(
            responseCode = "200",
            description = "What was found, and how well everybody looked.",
            headers = {
                @Header(name = HttpHeaders.LINK, description = NEXT, schema = @Schema(type = SchemaType.STRING)),
                @Header(
                        name = Preference.APPLIED,
                        description = "The wait, where Prefer asked for one and the answer came within it.",
                        schema = @Schema(type = SchemaType.STRING))
            },
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = TraceAnswer.class)),
                @Content(mediaType = MediaType.SERVER_SENT_EVENTS, schema = @Schema(type = SchemaType.STRING)),
                @Content(
                        mediaType = "application/x-ndjson",
                        schema =
                                @Schema(
                                        type = SchemaType.STRING,
                                        contentMediaType = MediaType.APPLICATION_JSON,
                                        contentSchema = Line.class)),
                @Content(mediaType = "text/csv", schema = @Schema(type = SchemaType.STRING))
            })
    @APIResponse(
            responseCode = "202",
            description =
                    "Only with Prefer: respond-async: the answer did not come within the wait, or a source needs a"
                            + " report for it; Location says where the report is that goes on.",
            headers = {
                @Header(
                        name = HttpHeaders.LOCATION,
                        description = "Where the report is.",
                        schema = @Schema(type = SchemaType.STRING)),
                @Header(
                        name = HttpHeaders.RETRY_AFTER,
                        description = "Seconds after which to look.",
                        schema = @Schema(type = SchemaType.INTEGER)),
                @Header(
                        name = Preference.APPLIED,
                        description = "respond-async, and the wait.",
                        schema = @Schema(type = SchemaType.STRING))
            },
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(ref = "#/components/schemas/GatewayReport")))
    @APIResponse(
            responseCode = "422",
            description = "Only with Prefer: respond-async: the Idempotency-Key was used for another question.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @Parameter(
            in = ParameterIn.HEADER,
            name = "Prefer",
            description = "respond-async, wait=2: answer within so many seconds, or else by a report.",
            schema = @Schema(type = SchemaType.STRING))
    @Parameter(
            in = ParameterIn.HEADER,
            name = "Idempotency-Key",
            description =
                    "Only with Prefer: respond-async: a key of your own, so that a repeated question does not make a second"
                            + " report.",
            schema = @Schema(type = SchemaType.STRING))
    @Parameter(
            in = ParameterIn.QUERY,
            name = "sender",
            description = "Envelope sender: an address, *@domain, or <> for the null sender.",
            example = "offers@shop.example",
            schema = @Schema(type = SchemaType.STRING))
    @Parameter(
            in = ParameterIn.QUERY,
            name = "recipient",
            description = "Up to 20 addresses or *@domain, separated by commas.",
            example = "[\"ana@rivercounty.example\"]",
            explode = Explode.FALSE,
            schema = @Schema(type = SchemaType.ARRAY, maxItems = 20, implementation = String.class))
    @Parameter(
            in = ParameterIn.QUERY,
            name = "subject",
            description = "Text that the subject contains, at least 3 characters.",
            schema = @Schema(type = SchemaType.STRING, minLength = 3))
    @Parameter(
            in = ParameterIn.QUERY,
            name = "messageId",
            description = "Message-ID header with or without angle brackets, or a network message id.",
            schema = @Schema(type = SchemaType.STRING))
    @Parameter(
            in = ParameterIn.QUERY,
            name = "from",
            description = "Start of the window, RFC 3339; 24 hours before its end by default, 10 days for a messageId.",
            schema = @Schema(type = SchemaType.STRING, format = "date-time"))
    @Parameter(
            in = ParameterIn.QUERY,
            name = "to",
            description = "End of the window, RFC 3339, exclusive; now by default.",
            schema = @Schema(type = SchemaType.STRING, format = "date-time"))
    @Parameter(
            in = ParameterIn.QUERY,
            name = "source",
            description = "Only these sources, separated by commas; the others are reported as NOT_ASKED.",
            explode = Explode.FALSE,
            schema = @Schema(type = SchemaType.ARRAY, implementation = String.class))
    @Parameter(
            in = ParameterIn.QUERY,
            name = "outcome",
            description = "Only traces with one of these outcomes, separated by commas.",
            explode = Explode.FALSE,
            schema = @Schema(type = SchemaType.ARRAY, implementation = Outcome.class))
    @Parameter(
            in = ParameterIn.QUERY,
            name = "limit",
            description = "Page size, 1 to 1000; 100 by default.",
            schema =
                    @Schema(
                            type = SchemaType.INTEGER,
                            format = "int32",
                            minimum = "1",
                            maximum = "1000",
                            defaultValue = "100"))
    @Parameter(
            in = ParameterIn.QUERY,
            name = "cursor",
            description = "Where the page begins, as page.next carries it.",
            schema = @Schema(type = SchemaType.STRING))
    @Parameter(
            in = ParameterIn.QUERY,
            name = "include",
            description = "Any of events, recipients, noise, related, separated by commas.",
            explode = Explode.FALSE,
            schema = @Schema(type = SchemaType.ARRAY, implementation = String.class))
    @Parameter(
            in = ParameterIn.QUERY,
            name = "advanced",
            description = "true for the sources' thorough search, always by a report.",
            schema = @Schema(type = SchemaType.BOOLEAN))
    @Parameter(
            in = ParameterIn.QUERY,
            name = "ticket",
            description = "Your ticket, kept for the audit record.",
            schema = @Schema(type = SchemaType.STRING))
    @Parameter(
            in = ParameterIn.QUERY,
            name = "reason",
            description = "Why you ask, kept for the audit record.",
            schema = @Schema(type = SchemaType.STRING))
    public Response search(@Context UriInfo uri, @Context ContainerRequestContext request) {
        refuseIfJsonIsNotAccepted(request);
        Map<String, List<String>> given = Parameters.of(uri);
        Asking asking = parser.parse(given, List.of(), Caller.of(request));
        Optional<Duration> wait = asking.cursor().isPresent() ? Optional.empty() : preferredWait(request);
        if (wait.isPresent()) {
            return searchOrReport(asking, wait.orElseThrow(), uri, request);
        }
        return page(answered("searchTraces", asking, uri, request), NextPage.of(uri, given));
    }

    private Search.Result answered(String operation, Asking asking, UriInfo uri, ContainerRequestContext request) {
        return audit.entry(operation, asking.given(), RequestId.of(request))
                .of(
                        () -> WhileCallerWaits.answer(routing, () -> search.answer(asking, base(uri))),
                        result -> Told.shown(result.answer()));
    }

    private Optional<Duration> preferredWait(ContainerRequestContext request) {
        return Preference.waitIn(request.getHeaders().getOrDefault(Preference.HEADER, List.of()), deadline);
    }

    /** The answer, or the report that goes on. */
    private record Reply(Optional<Search.Result> found, Optional<Later.Taken> taken) {
        Told told() {
            return found.map(result -> Told.shown(result.answer()))
                    .orElseGet(() -> Told.ordered(taken.orElseThrow().report()));
        }
    }

    /** The answer if it comes within the wait, otherwise a report that goes on. */
    private Response searchOrReport(Asking asking, Duration wait, UriInfo uri, ContainerRequestContext request) {
        String base = base(uri);
        Optional<String> key =
                Optional.ofNullable(request.getHeaderString("Idempotency-Key")).map(String::strip);
        Audit.Entry entry = audit.entry("searchTraces", asking.given(), RequestId.of(request));
        Reply reply = entry.of(
                () -> WhileCallerWaits.answer(routing, () -> patience.within(wait, () -> search.answer(asking, base)))
                        .map(found -> new Reply(Optional.of(found), Optional.empty()))
                        .orElseGet(() -> {
                            entry.begin();
                            return new Reply(
                                    Optional.empty(),
                                    Optional.of(later.takeOver(asking.given(), key, asking.caller(), base)));
                        }),
                Reply::told);
        Response answer = reply.found()
                .map(found -> page(found, NextPage.of(uri, asking.given())))
                .orElseGet(() -> reply.taken().orElseThrow().accepted());
        return Response.fromResponse(answer)
                .header(
                        Preference.APPLIED,
                        reply.found().isPresent() ? Preference.waited(wait) : Preference.later(wait))
                .build();
    }

    @POST
    @Path("search")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "searchTracesByBody",
            summary = "Search traces, with the question in the body",
            description = "The same as GET /traces for callers that keep addresses out of URLs. page.next is an address"
                    + " to which the same body is posted again.")
    @RequestBody(
            required = true,
            description = "The question.",
            content = @Content(schema = @Schema(implementation = SearchBody.class)))
    @APIResponse(
            responseCode = "200",
            description = "What was found, and how well everybody looked.",
            headers = @Header(name = HttpHeaders.LINK, description = NEXT, schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = TraceAnswer.class)))
    @Parameter(
            in = ParameterIn.QUERY,
            name = "cursor",
            description = "Where the page begins, as page.next carries it.",
            schema = @Schema(type = SchemaType.STRING))
    public Response searchByBody(JsonNode body, @Context UriInfo uri, @Context ContainerRequestContext request) {
        JsonQuestion question = JsonQuestion.of(body);
        Map<String, List<String>> given = new TreeMap<>(question.parameters());
        List<Fault> faults = new ArrayList<>(question.faults());
        Parameters.of(uri).forEach((name, values) -> {
            if (name.equals("cursor")) {
                given.putIfAbsent(name, values);
            } else {
                faults.add(new Fault(name, "Only cursor may stand in the address; the question belongs in the body."));
            }
        });
        Asking asking = parser.parse(given, faults, Caller.of(request));
        return page(
                answered("searchTracesByBody", asking, uri, request),
                next -> uri.getBaseUriBuilder()
                        .path("traces/search")
                        .queryParam("cursor", next)
                        .build());
    }

    @GET
    @Path("{id}")
    @Operation(operationId = "getTrace", summary = "Look one trace up again, with all its events", description = """
                    Asks every source anew, because a message goes on after it was first shown. With `Accept: text/plain` or
                    `text/markdown` it is a note to paste into a ticket.

                    Where the message is not seen again and not every source looked, the answer is a 200 with `complete: false` and
                    no trace; `summary` says who did not look. Ask again later where that passes by itself.""")
    @APIResponse(
            responseCode = "200",
            description = "The trace as it is now; no trace where it was not seen again and not every source looked.",
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = TraceAnswer.class)),
                @Content(mediaType = MediaType.TEXT_PLAIN, schema = @Schema(type = SchemaType.STRING)),
                @Content(mediaType = "text/markdown", schema = @Schema(type = SchemaType.STRING))
            })
    @APIResponse(
            responseCode = "404",
            description = "Every source looked and none has it any more, or the id is not one of ours.")
    @Parameter(
            in = ParameterIn.QUERY,
            name = "ticket",
            description = "Your ticket, kept for the audit record.",
            schema = @Schema(type = SchemaType.STRING))
    @Parameter(
            in = ParameterIn.QUERY,
            name = "reason",
            description = "Why you ask, kept for the audit record.",
            schema = @Schema(type = SchemaType.STRING))
    public TraceAnswer get(
            @Parameter(description = "The id of a trace.") @PathParam("id") String id,
            @Context UriInfo uri,
            @Context ContainerRequestContext request) {
        return look(id, uri, request);
    }

    @GET
    @Path("{id}")
    @Produces("text/plain;charset=UTF-8;qs=0.6")
    @Operation(hidden = true)
    public String plainNote(
            @PathParam("id") String id, @Context UriInfo uri, @Context ContainerRequestContext request) {
        return note.plain(look(id, uri, request));
    }

    @GET
    @Path("{id}")
    @Produces("text/markdown;charset=UTF-8;qs=0.5")
    @Operation(hidden = true)
    public String markdownNote(
            @PathParam("id") String id, @Context UriInfo uri, @Context ContainerRequestContext request) {
        return note.markdown(look(id, uri, request));
    }

    /** What none of the shapes can satisfy arrives here, because JSON is the first of them. */
    private static void refuseIfJsonIsNotAccepted(ContainerRequestContext request) {
        if (request.getAcceptableMediaTypes().stream().noneMatch(MediaType.APPLICATION_JSON_TYPE::isCompatible)) {
            throw new ProblemException(
                    ProblemKind.NOT_ACCEPTABLE,
                    "Accept application/json, text/event-stream, application/x-ndjson or text/csv.");
        }
    }

    private TraceAnswer look(String id, UriInfo uri, ContainerRequestContext request) {
        Map<String, List<String>> given = new TreeMap<>();
        Parameters.only(uri, Purpose.PARAMETERS).forEach((name, value) -> given.put(name, List.of(value)));
        List<Fault> faults = purpose.faults(given.keySet());
        if (!faults.isEmpty()) {
            throw new InvalidQuestionException(faults);
        }
        given.put("id", List.of(id));
        return audit.entry("getTrace", given, RequestId.of(request))
                .of(
                        () -> WhileCallerWaits.answer(routing, () -> lookUp.answer(id, base(uri), Caller.of(request))),
                        Told::shown);
    }

    private static Response page(Search.Result result, Function<String, URI> link) {
        Optional<URI> next = result.next().map(link);
        Response.ResponseBuilder response = Response.ok(result.answer().withNext(next.map(URI::toString)));
        next.ifPresent(uri -> response.header(HttpHeaders.LINK, "<" + uri + ">; rel=\"next\""));
        return response.build();
    }

    static String base(UriInfo uri) {
        return uri.getBaseUri().toString();
    }
}
