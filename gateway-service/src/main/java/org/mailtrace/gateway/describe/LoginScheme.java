package org.mailtrace.gateway.describe;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import io.quarkus.smallrye.openapi.OpenApiFilter.RunStage;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/**
 * Describes the login beside the plain bearer token, so that Swagger UI can log in without further set-up. Where the
 * identity provider is, is known only at run time; the paths under its realm are those of Keycloak.
 */
@OpenApiFilter(stages = RunStage.RUNTIME_STARTUP)
public class LoginScheme implements OASFilter {
    private static final String NAME = "login";

    @Override
    public void filterOpenAPI(OpenAPI openApi) {
        String realm = ConfigProvider.getConfig().getValue("quarkus.oidc.auth-server-url", String.class);
        String base = realm.replaceAll("/+$", "") + "/protocol/openid-connect";
        openApi.getComponents()
                .addSecurityScheme(
                        NAME,
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.OAUTH2)
                                .description("Log in at the identity provider.")
                                .flows(OASFactory.createOAuthFlows()
                                        .authorizationCode(OASFactory.createOAuthFlow()
                                                .authorizationUrl(base + "/auth")
                                                .tokenUrl(base + "/token")
                                                .addScope("openid", "Who you are, and your roles."))));
        openApi.getPaths().getPathItems().values().stream()
                .flatMap(path -> path.getOperations().values().stream())
                .forEach(operation -> operation.addSecurityRequirement(
                        OASFactory.createSecurityRequirement().addScheme(NAME, List.of("openid"))));
    }
}
