package org.mailtrace.gateway.describe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * The description for those who cannot read the present OpenAPI version: 3.0.3 for ServiceNow, 2.0 for the custom
 * connectors of Power Platform. Both are made of the one document that {@code /q/openapi} serves.
 */
@Path("/")
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
public class OlderDescriptions {
    private final ServedDescription served;
    private final ObjectMapper json;

    OlderDescriptions(ServedDescription served, ObjectMapper json) {
        this.served = served;
        this.json = json;
    }

    @GET
    @Path("openapi-3.0.json")
    @Operation(hidden = true)
    public String openApi30() throws JsonProcessingException {
        return written(served.older().openApi30().document());
    }

    @GET
    @Path("openapi-2.0.json")
    @Operation(hidden = true)
    public String openApi20(@Context UriInfo uri) throws JsonProcessingException {
        return written(served.older().openApi20().at(uri.getBaseUri()));
    }

    private String written(JsonNode document) throws JsonProcessingException {
        return json.writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n";
    }
}
