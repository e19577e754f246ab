package org.mailtrace.gateway.describe;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Where Swagger UI logs in. Without these, by the paths that Keycloak has below its realm. */
@ConfigMapping(prefix = "mailtrace.login")
public interface LoginSettings {
    /** The {@code authorization_endpoint} of the identity provider's discovery document. */
    Optional<URI> authorizationUrl();

    /** The {@code token_endpoint} of the same. */
    Optional<URI> tokenUrl();

    /** What Swagger UI offers to ask for. Microsoft Entra ID makes a token for Mailtrace only if a scope of Mailtrace is among them. */
    @WithDefault("openid")
    List<String> scopes();
}
