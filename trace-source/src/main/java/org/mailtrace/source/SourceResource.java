package org.mailtrace.source;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.mailtrace.contract.Observation;
import org.mailtrace.contract.Question;
import org.mailtrace.contract.SourceAnswer;
import org.mailtrace.contract.SourceInfo;
import org.mailtrace.http.guard.Guarded;
import org.mailtrace.http.problem.ProblemException;
import org.mailtrace.http.problem.ProblemKind;
import org.mailtrace.http.request.Parameters;

/** The addresses of every source. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Source", description = "One mail source: what it saw, and how well it looked.")
public class SourceResource {
    private final TraceSource source;
    private final Clock clock;
    private final MeterRegistry metrics;

    SourceResource(TraceSource source, Clock clock, MeterRegistry metrics) {
        this.source = source;
        this.clock = clock;
        this.metrics = metrics;
    }

    @GET
    @Path("traces")
    @RolesAllowed("trace-reader")
    @Operation(
            operationId = "searchSource",
            summary = "Search this source",
            description = "Answers 200 whenever the question can be read; the state says whether the source looked.")
    @Parameter(
            in = ParameterIn.QUERY,
            name = "sender",
            description = "Envelope sender: an address, *@domain, or <> for the null sender.")
    @Parameter(
            in = ParameterIn.QUERY,
            name = "recipient",
            description = "Up to 20 addresses or *@domain, separated by commas.")
    @Parameter(
            in = ParameterIn.QUERY,
            name = "subject",
            description = "Text the subject contains, at least 3 characters.")
    @Parameter(in = ParameterIn.QUERY, name = "messageId", description = "Message-ID header, or network message id.")
    @Parameter(
            in = ParameterIn.QUERY,
            name = "from",
            description = "Start of the window, RFC 3339; 24 hours before its end by default.")
    @Parameter(
            in = ParameterIn.QUERY,
            name = "to",
            description = "End of the window, RFC 3339, exclusive; now by default.")
    @Parameter(
            in = ParameterIn.QUERY,
            name = "limit",
            description = "Page size, 1 to 1000; 100 by default.",
            schema = @Schema(type = SchemaType.INTEGER))
    @Parameter(in = ParameterIn.QUERY, name = "cursor", description = "The next value of an earlier answer.")
    @Parameter(
            in = ParameterIn.QUERY,
            name = "include",
            description = "Any of events, recipients, noise, related, separated by commas.")
    @Parameter(
            in = ParameterIn.QUERY,
            name = "advanced",
            description = "true for the source's thorough search.",
            schema = @Schema(type = SchemaType.BOOLEAN))
    @Parameter(in = ParameterIn.QUERY, name = "ticket", description = "The caller's ticket, kept for the audit record.")
    @Parameter(in = ParameterIn.QUERY, name = "reason", description = "Why the caller asks, kept for the audit record.")
    public SourceAnswer search(@Context UriInfo uri) {
        SourceAnswer answer = source.search(Question.parse(Parameters.of(uri), clock.instant()));
        count(answer);
        return answer;
    }

    @GET
    @Path("traces/{sourceId}")
    @RolesAllowed("trace-reader")
    @Operation(operationId = "getObservation", summary = "One observation with all its events")
    public Observation find(@PathParam("sourceId") String sourceId) {
        SourceAnswer answer = source.find(sourceId);
        count(answer);
        return answer.observations().stream().findFirst().orElseThrow(() -> notFound(answer));
    }

    @GET
    @Path("source")
    @RolesAllowed({"trace-reader", "trace-operator"})
    @Operation(operationId = "getSource", summary = "How this source is doing")
    public SourceInfo info() {
        return source.info();
    }

    @POST
    @Path("source/circuit/reset")
    @RolesAllowed("trace-operator")
    @Operation(
            operationId = "resetCircuits",
            summary = "Reset the circuits towards the vendor",
            description =
                    "All circuits of this process let calls through again at once: for whoever knows that the vendor is"
                            + " back. Nothing is asked; the answer is how the source is doing. What the vendor itself asked for, such as"
                            + " a pause after a refusal, stays.")
    public SourceInfo resetCircuits(@Context UriInfo uri) {
        Parameters.none(uri);
        Guarded.resetAll();
        return source.info();
    }

    /** Absence is only said by a source that looked. */
    private static ProblemException notFound(SourceAnswer answer) {
        return answer.state().looked()
                ? new ProblemException(ProblemKind.NOT_FOUND, "This source has no observation with that id.")
                : new ProblemException(
                        ProblemKind.SOURCE_UNAVAILABLE,
                        answer.explanation().orElse("The source could not look; ask again later."),
                        List.of(),
                        List.of(answer),
                        answer.state().passesByItself()
                                ? answer.retryAfterSeconds().or(() -> Optional.of(30L))
                                : Optional.empty());
    }

    private void count(SourceAnswer answer) {
        metrics.counter(
                        "mailtrace.source.answers",
                        "source",
                        answer.source(),
                        "state",
                        answer.state().name())
                .increment();
    }
}
