package org.mailtrace.gateway.search;

import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Multi;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestStreamElementType;
import org.mailtrace.gateway.answer.TraceAnswer;
import org.mailtrace.gateway.ask.AbandonedException;
import org.mailtrace.gateway.ask.Caller;
import org.mailtrace.gateway.audit.Audit;
import org.mailtrace.gateway.audit.Told;
import org.mailtrace.gateway.format.Done;
import org.mailtrace.gateway.format.Line;
import org.mailtrace.gateway.format.Stream;
import org.mailtrace.gateway.format.Table;
import org.mailtrace.http.problem.ProblemException;
import org.mailtrace.http.problem.ProblemKind;
import org.mailtrace.http.request.Parameters;
import org.mailtrace.http.request.RequestId;

/**
 * The search of {@link TracesResource} in other shapes: events as they come, lines of JSON, a table. They are described
 * together with it, because one address has one description.
 */
@Path("/traces")
@RolesAllowed("trace-reader")
public class OtherShapesResource {
    private static final Logger LOG = Logger.getLogger(OtherShapesResource.class);

    private final AskingParser parser;
    private final Audit audit;
    private final Search search;
    private final Stream stream;
    private final RoutingContext routing;

    OtherShapesResource(AskingParser parser, Audit audit, Search search, Stream stream, RoutingContext routing) {
        this.parser = parser;
        this.audit = audit;
        this.search = search;
        this.stream = stream;
        this.routing = routing;
    }

    @GET
    @NonBlocking
    @Produces(MediaType.SERVER_SENT_EVENTS + ";qs=0.7")
    @RestStreamElementType(MediaType.APPLICATION_JSON)
    @Operation(hidden = true)
    public Multi<OutboundSseEvent> events(
            @Context UriInfo uri, @Context ContainerRequestContext request, @Context Sse sse) {
        return lines(uri, request).map(line -> event(line, sse));
    }

    @GET
    @NonBlocking
    @Produces("application/x-ndjson;qs=0.6")
    @RestStreamElementType(MediaType.APPLICATION_JSON)
    @Operation(hidden = true)
    public Multi<Line> jsonLines(@Context UriInfo uri, @Context ContainerRequestContext request) {
        return lines(uri, request);
    }

    @GET
    @RunOnVirtualThread
    @Produces("text/csv;charset=UTF-8;qs=0.5")
    @Operation(hidden = true)
    public Response table(@Context UriInfo uri, @Context ContainerRequestContext request) {
        Map<String, List<String>> given = Parameters.of(uri);
        Asking asking = parser.parse(given, List.of(), Caller.of(request));
        Search.Result result = audit.entry("searchTraces", given, RequestId.of(request))
                .of(
                        () -> WhileCallerWaits.answer(
                                routing, () -> search.answer(asking, TracesResource.base(uri), Shape.TABLE)),
                        found -> Told.shown(found.answer()));
        TraceAnswer answer = withNext(result, uri, given);
        Response.ResponseBuilder response = Response.ok(Table.of(answer))
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"traces.csv\"");
        answer.page().next().ifPresent(next -> response.header(HttpHeaders.LINK, "<" + next + ">; rel=\"next\""));
        return response.build();
    }

    /** Faults of the question end the request before the stream begins, with their own status. */
    private Multi<Line> lines(UriInfo uri, ContainerRequestContext request) {
        Map<String, List<String>> given = Parameters.of(uri);
        Asking asking = parser.parse(given, List.of(), Caller.of(request));
        String base = TracesResource.base(uri);
        String requestId = RequestId.of(request);
        Audit.Entry entry = audit.entry("searchTraces", given, requestId);
        return stream.of(out -> write(out, entry, asking, base, requestId, result -> withNext(result, uri, given)));
    }

    private void write(
            Consumer<Line> out,
            Audit.Entry entry,
            Asking asking,
            String base,
            String requestId,
            Function<Search.Result, TraceAnswer> linked) {
        try {
            TraceAnswer answer = linked.apply(entry.of(
                    () -> search.answer(asking, base, report -> out.accept(Line.of(report))),
                    found -> Told.shown(found.answer())));
            answer.traces().forEach(trace -> out.accept(Line.of(trace)));
            out.accept(Line.of(Done.of(answer)));
        } catch (ProblemException e) {
            out.accept(Line.of(e.document(requestId)));
        } catch (AbandonedException e) {
            LOG.debugf("the caller of a stream left requestId=%s", requestId);
        } catch (RuntimeException e) {
            LOG.errorf(e, "stream failed requestId=%s", requestId);
            out.accept(Line.of(new ProblemException(
                            ProblemKind.INTERNAL_ERROR,
                            "Ask again; if it fails again, give the administrator the request id.")
                    .document(requestId)));
        }
    }

    private static TraceAnswer withNext(Search.Result result, UriInfo uri, Map<String, List<String>> given) {
        Optional<URI> next = result.next().map(NextPage.of(uri, given));
        return result.answer().withNext(next.map(URI::toString));
    }

    /** A sign of life is a comment, which no client takes for an event. */
    private static OutboundSseEvent event(Line line, Sse sse) {
        if (line.event().equals("heartbeat")) {
            return sse.newEventBuilder().comment("still at work").build();
        }
        return sse.newEventBuilder().name(line.event()).data(line.content()).build();
    }
}
