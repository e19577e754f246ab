package org.mailtrace.exo.token;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.mailtrace.http.guard.GuardSettings;

/** Who the service is at Microsoft Entra ID. */
@ConfigMapping(prefix = "mailtrace.exo")
public interface TokenSettings {
    /** The tenant's token endpoint, such as {@code https://login.microsoftonline.com/TENANT/oauth2/v2.0/token}. */
    Optional<URI> tokenUrl();

    /** The application's (client) id. */
    Optional<String> clientId();

    /** The application's secret; by file or environment, never in a file under version control. */
    Optional<String> clientSecret();

    /** What the token is for; differs in national clouds. */
    @WithDefault("https://graph.microsoft.com/.default")
    String scope();

    /** How long before its end a token is replaced. */
    @WithDefault("5m")
    Duration tokenRefreshEarly();

    /** The guard in front of the token endpoint. */
    GuardSettings tokenGuard();
}
