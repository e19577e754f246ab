package org.mailtrace.standins.exo;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.mailtrace.standins.StandInsConfig;

/** Entra's token endpoint for client credentials; refuses with the AADSTS codes that operators look up. */
@Path("/entra/{tenant}/oauth2/v2.0/token")
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class TokenResource {
    record Token(
            @JsonProperty("token_type") String type,
            @JsonProperty("expires_in") long expiresIn,
            @JsonProperty("ext_expires_in") long extExpiresIn,
            @JsonProperty("access_token") String accessToken) {}

    record Refusal(
            String error,
            @JsonProperty("error_description") String description,
            @JsonProperty("error_codes") List<Integer> codes) {}

    private final StandInsConfig.ExchangeOnline expected;
    private final Tokens tokens;

    TokenResource(StandInsConfig config, Tokens tokens) {
        this.expected = config.exchangeOnline();
        this.tokens = tokens;
    }

    @POST
    public Response token(
            @PathParam("tenant") String tenant,
            @FormParam("grant_type") String grantType,
            @FormParam("client_id") String clientId,
            @FormParam("client_secret") String clientSecret,
            @FormParam("scope") String scope) {
        if (!expected.tenant().equalsIgnoreCase(tenant)) {
            return refuse(400, "invalid_request", 90002, "Tenant '" + tenant + "' not found.");
        }
        if (grantType == null || clientId == null || clientSecret == null || scope == null) {
            String missing = grantType == null
                    ? "grant_type"
                    : clientId == null ? "client_id" : clientSecret == null ? "client_secret" : "scope";
            return refuse(
                    400,
                    "invalid_request",
                    900144,
                    "The request body must contain the following parameter: '" + missing + "'.");
        }
        if (!grantType.equals("client_credentials")) {
            return refuse(400, "unsupported_grant_type", 70003, "The app requested an unsupported grant type.");
        }
        if (!expected.clientId().equalsIgnoreCase(clientId)) {
            return refuse(400, "unauthorized_client", 700016, "Application was not found in the directory.");
        }
        if (!expected.clientSecret().equals(clientSecret)) {
            return refuse(401, "invalid_client", 7000215, "Invalid client secret provided.");
        }
        if (!expected.scope().equals(scope)) {
            return refuse(
                    400, "invalid_scope", 70011, "The provided value for the input parameter 'scope' is not valid.");
        }
        long lifetime = tokens.lifetimeSeconds();
        return Response.ok(new Token("Bearer", lifetime, lifetime, tokens.issue()))
                .header("Cache-Control", "no-store")
                .build();
    }

    private static Response refuse(int status, String error, int code, String text) {
        return Response.status(status)
                .entity(new Refusal(error, "AADSTS" + code + ": " + text, List.of(code)))
                .build();
    }
}
