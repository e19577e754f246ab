package org.mailtrace.http.problem;

import io.quarkus.oidc.OIDCException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.mailtrace.contract.InvalidQuestionException;
import org.mailtrace.contract.Problem;
import org.mailtrace.http.request.RequestId;

/** Turns whatever ends a request into a problem document; no class name or stack trace ever leaves. */
@ApplicationScoped
public class ProblemMappers {
    private static final long IDENTITY_PROVIDER_RETRY_SECONDS = 10;
    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

    @ServerExceptionMapper
    public Response invalidQuestion(InvalidQuestionException e, ContainerRequestContext request) {
        return respond(
                request,
                new ProblemException(
                        ProblemKind.INVALID_QUESTION,
                        "Mend every fault listed and ask again.",
                        e.faults(),
                        List.of(),
                        Optional.empty()));
    }

    @ServerExceptionMapper
    public Response problem(ProblemException e, ContainerRequestContext request) {
        return respond(request, e);
    }

    @ServerExceptionMapper({AuthenticationFailedException.class, UnauthorizedException.class})
    public Response notAuthenticated(SecurityException e, ContainerRequestContext request) {
        boolean refused = e instanceof AuthenticationFailedException;
        String detail = refused
                ? "The access token is expired, not signed by the configured issuer, or meant for another audience."
                : "Send an access token: Authorization: Bearer <token>.";
        String challenge =
                refused ? "Bearer realm=\"mailtrace\", error=\"invalid_token\"" : "Bearer realm=\"mailtrace\"";
        return withChallenge(respond(request, new ProblemException(ProblemKind.NOT_AUTHENTICATED, detail)), challenge);
    }

    @ServerExceptionMapper
    public Response notAllowed(ForbiddenException e, ContainerRequestContext request) {
        return withChallenge(
                respond(
                        request,
                        new ProblemException(
                                ProblemKind.NOT_ALLOWED, "Ask an administrator for the role that this address needs.")),
                "Bearer realm=\"mailtrace\", error=\"insufficient_scope\"");
    }

    /** Nothing is wrong with the token: the keys to check it with cannot be had. */
    @ServerExceptionMapper
    public Response identityProviderUnavailable(OIDCException e, ContainerRequestContext request) {
        LOG.warnf("identity provider does not answer requestId=%s", RequestId.of(request));
        return respond(
                request,
                new ProblemException(
                        ProblemKind.IDENTITY_PROVIDER_UNAVAILABLE,
                        "The identity provider does not answer; ask again in a moment.",
                        List.of(),
                        List.of(),
                        Optional.of(IDENTITY_PROVIDER_RETRY_SECONDS)));
    }

    @ServerExceptionMapper
    public Response webApplication(WebApplicationException e, ContainerRequestContext request) {
        int status = e.getResponse().getStatus();
        if (status >= 500) {
            return unexpected(e, request);
        }
        return respond(
                request,
                switch (status) {
                    case 404 ->
                        new ProblemException(ProblemKind.NOT_FOUND, "Check the address; /q/openapi lists all of them.");
                    case 405 ->
                        new ProblemException(
                                ProblemKind.METHOD_NOT_ALLOWED, "Check the method; /q/openapi lists all of them.");
                    case 406 ->
                        new ProblemException(
                                ProblemKind.NOT_ACCEPTABLE,
                                "Accept application/json; /q/openapi lists all media types.");
                    case 413 -> new ProblemException(ProblemKind.TOO_LARGE, "Send a shorter request.");
                    case 415 ->
                        new ProblemException(
                                ProblemKind.UNSUPPORTED_MEDIA_TYPE, "Send the body as Content-Type: application/json.");
                    default ->
                        new ProblemException(
                                ProblemKind.BAD_REQUEST,
                                "Check the body: it must be one JSON object as /q/openapi describes.");
                });
    }

    @ServerExceptionMapper
    public Response unexpected(Throwable e, ContainerRequestContext request) {
        LOG.errorf(e, "request failed requestId=%s", RequestId.of(request));
        return respond(
                request,
                new ProblemException(
                        ProblemKind.INTERNAL_ERROR,
                        "Ask again; if it fails again, give the administrator the request id."));
    }

    private static Response respond(ContainerRequestContext request, ProblemException e) {
        Problem problem = e.document(RequestId.of(request));
        Response.ResponseBuilder response =
                Response.status(e.kind().status()).type(Problem.MEDIA_TYPE).entity(problem);
        e.retryAfterSeconds().ifPresent(seconds -> response.header(HttpHeaders.RETRY_AFTER, seconds));
        return response.build();
    }

    private static Response withChallenge(Response response, String challenge) {
        return Response.fromResponse(response)
                .header(HttpHeaders.WWW_AUTHENTICATE, challenge)
                .build();
    }
}
