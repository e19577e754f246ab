package org.mailtrace.standins.exo.identity;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import org.mailtrace.standins.StandInsConfig;

/**
 * Judges a {@code client_assertion} as the pages on certificate credentials describe it: signed with PS256 or RS256 by the
 * registered certificate, which {@code x5t} or {@code x5t#S256} names, for this token endpoint, and within its time.
 */
@ApplicationScoped
class ClientAssertions {
    static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final Duration SKEW = Duration.ofMinutes(5);
    private static final int SALT = 32;

    private final AppCertificate certificate;
    private final Set<String> audiences;
    private final String clientId;
    private final ObjectMapper json;
    private final Clock clock;

    ClientAssertions(StandInsConfig config, AppCertificate certificate, ObjectMapper json, Clock clock) {
        StandInsConfig.ExchangeOnline exo = config.exchangeOnline();
        String tenant = config.publicUrl() + "/entra/" + exo.tenant();
        this.audiences = Set.of(tenant + "/oauth2/v2.0/token", tenant + "/v2.0");
        this.clientId = exo.clientId();
        this.certificate = certificate;
        this.json = json;
        this.clock = clock;
    }

    /** @throws SignInRefusedException if it proves nothing */
    void check(String assertion) {
        String[] parts = assertion.split("\\.", -1);
        if (parts.length != 3) {
            throw malformed();
        }
        JsonNode header = decoded(parts[0]);
        JsonNode claims = decoded(parts[1]);
        if (!isSignedByTheCertificate(header, parts)) {
            throw SignInRefusedException.ofClient(
                    700027,
                    "The certificate with identifier used to sign the client assertion is not registered on application.");
        }
        if (!claims.path("iss").asText().equals(clientId)
                || !claims.path("sub").asText().equals(clientId)) {
            throw SignInRefusedException.ofClient(
                    700021, "Client assertion application identifier doesn't match 'client_id' parameter.");
        }
        if (!audiences.contains(claims.path("aud").asText())) {
            throw SignInRefusedException.ofClient(
                    700023, "Client assertion audience claim does not match Realm issuer.");
        }
        checkTime(claims);
    }

    private void checkTime(JsonNode claims) {
        Instant now = clock.instant();
        Instant from = Instant.ofEpochSecond(claims.path("nbf").asLong(now.getEpochSecond()));
        Instant to = Instant.ofEpochSecond(claims.path("exp").asLong());
        if (from.isAfter(now.plus(SKEW)) || to.isBefore(now.minus(SKEW))) {
            throw SignInRefusedException.ofClient(700024, "Client assertion is not within its valid time range.");
        }
    }

    private boolean isSignedByTheCertificate(JsonNode header, String[] parts) {
        boolean named = header.path("x5t").asText().equals(certificate.thumbprint("SHA-1"))
                || header.path("x5t#S256").asText().equals(certificate.thumbprint("SHA-256"));
        try {
            Signature signature = signature(header.path("alg").asText());
            signature.initVerify(certificate.publicKey());
            signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
            return named && signature.verify(Base64.getUrlDecoder().decode(parts[2]));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    private static Signature signature(String algorithm) throws GeneralSecurityException {
        return switch (algorithm) {
            case "RS256" -> Signature.getInstance("SHA256withRSA");
            case "PS256" -> {
                Signature pss = Signature.getInstance("RSASSA-PSS");
                pss.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, SALT, 1));
                yield pss;
            }
            default -> throw malformed();
        };
    }

    private JsonNode decoded(String part) {
        try {
            return json.readTree(Base64.getUrlDecoder().decode(part));
        } catch (JacksonException | IllegalArgumentException e) {
            throw malformed();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SignInRefusedException malformed() {
        return SignInRefusedException.ofClient(50027, "JWT token is invalid or malformed.");
    }
}
