package org.mailtrace.exo.token;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/**
 * A certificate: the application signs a short-lived assertion with its key (RFC 7523; "Microsoft identity platform
 * application authentication certificate credentials" on learn.microsoft.com, which asks for PS256 and the certificate's
 * SHA-256 thumbprint). While the two files are being replaced they may not fit together; the pair before is used then.
 */
final class CertificateCredential implements ClientCredential {
    private static final Logger LOG = Logger.getLogger(CertificateCredential.class);
    private static final String JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final Duration LIFE = Duration.ofMinutes(5);

    private final Path keyFile;
    private final Path certificateFile;
    private final URI tokenUrl;
    private final String clientId;
    private final Clock clock;
    private final AtomicReference<SigningPair> last;

    /**
     * Reads both files once, so that a wrong one is noticed when the service starts.
     *
     * @throws IOException if a file cannot be read
     * @throws GeneralSecurityException as {@link SigningPair#read}
     */
    CertificateCredential(Path keyFile, Path certificateFile, URI tokenUrl, String clientId, Clock clock)
            throws IOException, GeneralSecurityException {
        this.keyFile = keyFile;
        this.certificateFile = certificateFile;
        this.tokenUrl = tokenUrl;
        this.clientId = clientId;
        this.clock = clock;
        this.last = new AtomicReference<>(SigningPair.read(keyFile, certificateFile));
    }

    @Override
    public Map<String, String> parameters() {
        return Map.of("client_assertion_type", JWT_BEARER, "client_assertion", assertion(newest()));
    }

    /** Of the certificate that is used now: read anew, so that one that was replaced is measured before the next token. */
    @Override
    public Optional<Instant> end() {
        return Optional.of(newest().certificate().getNotAfter().toInstant());
    }

    private SigningPair newest() {
        try {
            last.set(SigningPair.read(keyFile, certificateFile));
        } catch (IOException | GeneralSecurityException e) {
            LOG.warnf(
                    "client certificate not read again, the one before is used cause=%s",
                    e.getClass().getSimpleName());
        }
        return last.get();
    }

    private String assertion(SigningPair pair) {
        Instant now = clock.instant();
        return Jwt.issuer(clientId)
                .subject(clientId)
                .audience(tokenUrl.toString())
                .issuedAt(now)
                .expiresAt(now.plus(LIFE))
                .claim("nbf", now.getEpochSecond())
                .claim("jti", UUID.randomUUID().toString())
                .jws()
                .algorithm(SignatureAlgorithm.PS256)
                .thumbprintS256(pair.certificate())
                .sign(pair.key());
    }
}
