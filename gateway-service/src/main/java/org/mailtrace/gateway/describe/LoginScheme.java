package org.mailtrace.gateway.describe;

import jakarta.inject.Singleton;
import java.net.URI;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.security.OAuthFlow;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/**
 * Describes the login beside the plain bearer token, so that Swagger UI can log in. Where the identity provider is, is known
 * only at run time; it is not asked, because a gateway starts while its identity provider is away.
 */
@Singleton
public class LoginScheme implements OASFilter {
    private static final String NAME = "login";
    /** Keycloak's, below a realm. */
    private static final String PROTOCOL = "/protocol/openid-connect";

    private final LoginSettings settings;
    private final String issuer;

    LoginScheme(LoginSettings settings, @ConfigProperty(name = "quarkus.oidc.auth-server-url") String issuer) {
        this.settings = settings;
        this.issuer = issuer.replaceAll("/+$", "");
    }

    @Override
    public void filterOpenAPI(OpenAPI openApi) {
        OAuthFlow flow = OASFactory.createOAuthFlow()
                .authorizationUrl(settings.authorizationUrl().map(URI::toString).orElse(issuer + PROTOCOL + "/auth"))
                .tokenUrl(settings.tokenUrl().map(URI::toString).orElse(issuer + PROTOCOL + "/token"));
        settings.scopes().forEach(scope -> flow.addScope(scope, "Who you are, and your roles."));
        openApi.getComponents()
                .addSecurityScheme(
                        NAME,
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.OAUTH2)
                                .description("Log in at the identity provider.")
                                .flows(OASFactory.createOAuthFlows().authorizationCode(flow)));
        openApi.getPaths().getPathItems().values().stream()
                .flatMap(path -> path.getOperations().values().stream())
                .forEach(operation -> operation.addSecurityRequirement(
                        OASFactory.createSecurityRequirement().addScheme(NAME, settings.scopes())));
    }
}
