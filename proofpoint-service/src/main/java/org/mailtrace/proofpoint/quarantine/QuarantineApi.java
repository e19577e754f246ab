package org.mailtrace.proofpoint.quarantine;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.Map;
import org.jboss.resteasy.reactive.RestQuery;

/** The managed module {@code Quarantine} of the cluster's REST API. */
@Path("/quarantine")
interface QuarantineApi {
    /** Lists records; with {@code guid} alone the vendor would send the message itself, which is never asked for. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    InputStream list(@RestQuery Map<String, String> parameters);
}
