package org.mailtrace.proofpoint.smartsearch;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.Map;
import org.jboss.resteasy.reactive.RestQuery;

/** The managed module {@code pss} of the cluster's REST API. */
@Path("/pss")
interface SmartSearchApi {
    @GET
    @Path("/filter")
    @Produces(MediaType.APPLICATION_JSON)
    InputStream filter(@RestQuery Map<String, String> parameters);
}
