package org.mailtrace.gateway.ask;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.Map;
import org.jboss.resteasy.reactive.RestQuery;
import org.mailtrace.http.request.RequestId;

/**
 * The addresses of a source. Bodies come as streams, so that what is read of them is bounded, and an answer that is
 * no JSON fails where it can be told as that. The caller's token is a parameter, because the question is asked on threads
 * that no request context reaches.
 */
@Produces(MediaType.APPLICATION_JSON)
interface SourceApi {
    @GET
    @Path("traces")
    InputStream traces(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @HeaderParam(RequestId.HEADER) String requestId,
            @RestQuery Map<String, String> question);

    @GET
    @Path("traces/{sourceId}")
    InputStream trace(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @HeaderParam(RequestId.HEADER) String requestId,
            @PathParam("sourceId") String sourceId);

    @GET
    @Path("source")
    InputStream source(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @HeaderParam(RequestId.HEADER) String requestId);

    @POST
    @Path("source/circuit/reset")
    InputStream resetCircuits(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @HeaderParam(RequestId.HEADER) String requestId);
}
