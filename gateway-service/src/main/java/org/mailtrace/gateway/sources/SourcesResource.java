package org.mailtrace.gateway.sources;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.mailtrace.contract.SourceInfo;
import org.mailtrace.contract.SourceState;
import org.mailtrace.gateway.ask.Caller;
import org.mailtrace.gateway.ask.Source;
import org.mailtrace.gateway.ask.Sources;
import org.mailtrace.gateway.settings.GatewaySettings;
import org.mailtrace.http.guard.SourceFailure;
import org.mailtrace.http.request.Parameters;

/** All sources with their circuits; nothing is searched for. */
@Path("/sources")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Sources", description = "How the sources are doing.")
public class SourcesResource {
    private final Sources sources;
    private final GatewaySettings settings;
    private final Clock clock;

    SourcesResource(Sources sources, GatewaySettings settings, Clock clock) {
        this.sources = sources;
        this.settings = settings;
        this.clock = clock;
    }

    @GET
    @RolesAllowed({"trace-reader", "trace-operator"})
    @Operation(
            operationId = "listSources",
            summary = "List the sources",
            description = "Every configured source with the gateway's own circuit towards it, and what its service says"
                    + " about the vendor: circuit, last success, how far back it reaches, lag, quota, credentials. Nothing"
                    + " is searched for. state says whether the service itself answered.")
    @APIResponse(
            responseCode = "200",
            description = "Every configured source, also those that do not answer.",
            content = @Content(schema = @Schema(implementation = SourceList.class)))
    public SourceList list(@Context UriInfo uri, @Context ContainerRequestContext request) {
        Parameters.none(uri);
        Caller caller = Caller.of(request);
        List<SourceList.Entry> entries = sources
                .inParallel(
                        sources.all(),
                        clock.instant().plus(settings.deadline()),
                        source -> entry(source, caller),
                        (source, after) -> SourceList.Entry.silent(
                                source, SourceState.TIMED_OUT, source.settings().title() + " did not answer in time."))
                .values()
                .stream()
                .sorted(Comparator.comparing(SourceList.Entry::source))
                .toList();
        return new SourceList(entries);
    }

    private static SourceList.Entry entry(Source source, Caller caller) {
        try {
            SourceInfo vendor = source.info(caller);
            return SourceList.Entry.of(source, vendor);
        } catch (SourceFailure e) {
            return SourceList.Entry.silent(source, e.state(), e.getMessage());
        }
    }
}
