package org.mailtrace.gateway.sources;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.mailtrace.gateway.ask.Caller;
import org.mailtrace.gateway.ask.Source;
import org.mailtrace.gateway.ask.Sources;
import org.mailtrace.gateway.audit.Audit;
import org.mailtrace.gateway.audit.Purpose;
import org.mailtrace.gateway.audit.Told;
import org.mailtrace.gateway.words.CircuitWords;
import org.mailtrace.http.guard.SourceFailure;
import org.mailtrace.http.problem.ProblemException;
import org.mailtrace.http.problem.ProblemKind;
import org.mailtrace.http.request.Parameters;
import org.mailtrace.http.request.RequestId;

/** Lets a source be asked again at once, where somebody knows that it is back. */
@Path("/sources/{source}/circuit/reset")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Sources")
public class CircuitResource {
    private final Sources sources;
    private final Audit audit;
    private final MeterRegistry metrics;

    CircuitResource(Sources sources, Audit audit, MeterRegistry metrics) {
        this.sources = sources;
        this.audit = audit;
        this.metrics = metrics;
    }

    @POST
    @RolesAllowed("trace-operator")
    @Operation(
            operationId = "resetCircuit",
            summary = "Reset the circuits of a source",
            description =
                    "The gateway's own circuits towards a source, and those of its service towards the vendor, let"
                            + " questions through again at once: for whoever knows that it is back and does not want to wait until they"
                            + " try by themselves. Nothing is searched for. What a source or a vendor asked for, such as a pause after a"
                            + " refusal (THROTTLED), stays. Where the gateway or a service runs several times, each has circuits of"
                            + " its own; those of the processes that served this request are reset. Who did it is written down, before it is done.")
    @Parameter(in = ParameterIn.PATH, name = "source", description = "The source's name.")
    @Parameter(
            in = ParameterIn.QUERY,
            name = "ticket",
            description = "The ticket, kept for the audit record.",
            schema = @Schema(type = SchemaType.STRING),
            example = "INC0010023")
    @Parameter(
            in = ParameterIn.QUERY,
            name = "reason",
            description = "Why, kept for the audit record.",
            schema = @Schema(type = SchemaType.STRING))
    @APIResponse(
            responseCode = "200",
            description =
                    "How the source stands now. If state is not ANSWERED, only the gateway's own circuits are reset;"
                            + " explanation says why.",
            content = @Content(schema = @Schema(implementation = SourceList.Entry.class)))
    @APIResponse(
            responseCode = "404",
            description = "No source of that name is configured; detail names those that are.")
    public SourceList.Entry reset(
            @PathParam("source") String name, @Context UriInfo uri, @Context ContainerRequestContext request) {
        Map<String, List<String>> given = new TreeMap<>(Map.of("source", List.of(name)));
        Parameters.only(uri, Purpose.PARAMETERS).forEach((parameter, value) -> given.put(parameter, List.of(value)));
        Source source = sources.named(name)
                .orElseThrow(() -> new ProblemException(
                        ProblemKind.NOT_FOUND,
                        CircuitWords.noSuchSource(
                                sources.all().stream().map(Source::name).toList())));
        Caller caller = Caller.of(request);
        Supplier<SourceList.Entry> work = () -> reset(source, caller);
        return audit.entry("resetCircuit", given, RequestId.of(request)).ofChange(work, done -> Told.done());
    }

    private SourceList.Entry reset(Source source, Caller caller) {
        metrics.counter("mailtrace.gateway.circuits.reset", "source", source.name())
                .increment();
        try {
            return SourceList.Entry.of(source, source.resetCircuits(caller));
        } catch (SourceFailure e) {
            return SourceList.Entry.silent(
                    source, e.state(), CircuitWords.onlyOurs(source.settings().title(), e.getMessage()));
        }
    }
}
