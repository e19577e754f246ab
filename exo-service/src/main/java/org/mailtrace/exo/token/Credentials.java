package org.mailtrace.exo.token;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Chooses the credential that the settings name; each wrong setting is one sentence when the service starts. */
final class Credentials {
    private static final String SECRET = "mailtrace.exo.client-secret";
    private static final String SECRET_FILE = "mailtrace.exo.client-secret-file";
    private static final String KEY = "mailtrace.exo.client-certificate.key-file";
    private static final String CERTIFICATE = "mailtrace.exo.client-certificate.certificate-file";

    private Credentials() {}

    static ClientCredential of(TokenSettings settings, URI tokenUrl, String clientId, Clock clock) {
        Optional<String> secret = settings.clientSecret().filter(text -> !text.isBlank());
        Optional<Path> secretFile = given(settings.clientSecretFile());
        Optional<Path> key = given(settings.clientCertificate().keyFile());
        Optional<Path> certificate = given(settings.clientCertificate().certificateFile());
        List<String> ways = Stream.of(
                        secret.map(value -> SECRET),
                        secretFile.map(value -> SECRET_FILE),
                        key.or(() -> certificate).map(value -> KEY))
                .flatMap(Optional::stream)
                .toList();
        if (ways.isEmpty()) {
            throw new IllegalStateException("Set " + SECRET + ", " + SECRET_FILE + " or " + KEY + ".");
        }
        if (ways.size() > 1) {
            throw new IllegalStateException("Set only one of " + String.join(" and ", ways) + ".");
        }
        return switch (ways.getFirst()) {
            case SECRET -> new SecretCredential(secret.orElseThrow());
            case SECRET_FILE -> secretIn(secretFile.orElseThrow());
            default -> certificate(file(KEY, key), file(CERTIFICATE, certificate), tokenUrl, clientId, clock);
        };
    }

    private static ClientCredential secretIn(Path file) {
        try {
            return new SecretFileCredential(file);
        } catch (IOException e) {
            throw new IllegalStateException("Set " + SECRET_FILE + " to a readable file that holds the secret.", e);
        }
    }

    private static ClientCredential certificate(
            Path key, Path certificate, URI tokenUrl, String clientId, Clock clock) {
        try {
            return new CertificateCredential(key, certificate, tokenUrl, clientId, clock);
        } catch (IOException e) {
            throw new IllegalStateException("Set " + KEY + " and " + CERTIFICATE + " to readable files.", e);
        } catch (InvalidKeyException e) {
            throw new IllegalStateException(
                    "Set " + KEY + " to an RSA key that is not encrypted, as PKCS#8 in PEM (BEGIN PRIVATE KEY).", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "Set " + CERTIFICATE + " to the certificate in PEM that belongs to the key in " + KEY + ".", e);
        }
    }

    private static Path file(String key, Optional<Path> value) {
        return value.orElseThrow(() -> new IllegalStateException("Set " + key + "."));
    }

    private static Optional<Path> given(Optional<Path> path) {
        return path.filter(file -> !file.toString().isBlank());
    }
}
