package org.mailtrace.gateway.report;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
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

/** The addresses of a source's reports. Bodies come as streams, so that what is read of them is bounded. */
@Path("reports")
@Produces(MediaType.APPLICATION_JSON)
interface ReportApi {
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    InputStream order(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @HeaderParam(RequestId.HEADER) String requestId,
            @HeaderParam("Idempotency-Key") String key,
            Map<String, String> question);

    @GET
    @Path("{id}")
    InputStream look(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @HeaderParam(RequestId.HEADER) String requestId,
            @PathParam("id") String id);

    @GET
    @Path("{id}/observations")
    InputStream read(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @HeaderParam(RequestId.HEADER) String requestId,
            @PathParam("id") String id,
            @RestQuery Map<String, String> page);

    @DELETE
    @Path("{id}")
    InputStream cancel(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @HeaderParam(RequestId.HEADER) String requestId,
            @PathParam("id") String id);
}
