package org.mailtrace.standins.exo.identity;

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
    private final ClientAssertions assertions;

    TokenResource(StandInsConfig config, Tokens tokens, ClientAssertions assertions) {
        this.expected = config.exchangeOnline();
        this.tokens = tokens;
        this.assertions = assertions;
    }

    @POST
    public Response token(
            @PathParam("tenant") String tenant,
            @FormParam("grant_type") String grantType,
            @FormParam("client_id") String clientId,
            @FormParam("client_secret") String clientSecret,
            @FormParam("client_assertion_type") String assertionType,
            @FormParam("client_assertion") String assertion,
            @FormParam("scope") String scope) {
        try {
            if (!expected.tenant().equalsIgnoreCase(tenant)) {
                throw new SignInRefusedException(400, "invalid_request", 90002, "Tenant '" + tenant + "' not found.");
            }
            require("grant_type", grantType);
            require("client_id", clientId);
            require("scope", scope);
            if (!grantType.equals("client_credentials")) {
                throw new SignInRefusedException(
                        400, "unsupported_grant_type", 70003, "The app requested an unsupported grant type.");
            }
            if (!expected.clientId().equalsIgnoreCase(clientId)) {
                throw new SignInRefusedException(
                        400, "unauthorized_client", 700016, "Application was not found in the directory.");
            }
            checkProof(clientSecret, assertionType, assertion);
            long lifetime = tokens.lifetimeSeconds();
            return Response.ok(new Token("Bearer", lifetime, lifetime, tokens.issue(audience(scope))))
                    .header("Cache-Control", "no-store")
                    .build();
        } catch (SignInRefusedException e) {
            return Response.status(e.status())
                    .entity(new Refusal(e.error(), e.getMessage(), List.of(e.number())))
                    .build();
        }
    }

    private void checkProof(String secret, String assertionType, String assertion) {
        if (assertion == null) {
            require("client_secret", secret);
            if (!expected.clientSecret().equals(secret)) {
                throw SignInRefusedException.ofClient(7000215, "Invalid client secret provided.");
            }
            return;
        }
        require("client_assertion_type", assertionType);
        if (!assertionType.equals(ClientAssertions.TYPE)) {
            throw new SignInRefusedException(
                    400, "invalid_request", 50027, "The client assertion type is not supported.");
        }
        assertions.check(assertion);
    }

    private Audience audience(String scope) {
        if (scope.equals(expected.scope())) {
            return Audience.GRAPH;
        }
        if (scope.equals(expected.cmdletScope())) {
            return Audience.EXCHANGE;
        }
        throw new SignInRefusedException(
                400, "invalid_scope", 70011, "The provided value for the input parameter 'scope' is not valid.");
    }

    private static void require(String name, String value) {
        if (value == null) {
            throw new SignInRefusedException(
                    400,
                    "invalid_request",
                    900144,
                    "The request body must contain the following parameter: '" + name + "'.");
        }
    }
}
