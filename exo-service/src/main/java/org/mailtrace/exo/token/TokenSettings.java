package org.mailtrace.exo.token;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.mailtrace.http.guard.GuardSettings;

/** Who the service is at Microsoft Entra ID, and how it proves it: a secret or a certificate, never both. */
@RegisterForReflection
@ConfigMapping(prefix = "mailtrace.exo")
public interface TokenSettings {
    /** The tenant's token endpoint, such as {@code https://login.microsoftonline.com/TENANT/oauth2/v2.0/token}. */
    Optional<URI> tokenUrl();

    /** The application's (client) id. */
    Optional<String> clientId();

    /** The application's secret; by environment, never in a file under version control. */
    Optional<String> clientSecret();

    /** A file that holds nothing but the secret; read again for every token, so that a new secret needs no restart. */
    Optional<Path> clientSecretFile();

    /** The application's certificate. */
    Certificate clientCertificate();

    /** How long before its end a token is replaced. */
    @WithDefault("5m")
    Duration tokenRefreshEarly();

    /** The guard in front of the token endpoint. */
    GuardSettings tokenGuard();

    /** Two PEM files; read again for every token, so that a roll-over needs no restart. */
    interface Certificate {
        /** The private key: RSA, PKCS#8, not encrypted. */
        Optional<Path> keyFile();

        /** The certificate that is registered with the application, and nothing before it in the file. */
        Optional<Path> certificateFile();
    }
}
