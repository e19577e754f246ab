package org.mailtrace.standins.exo.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.mailtrace.standins.StandInsConfig;

/** The access tokens given out since the start; they look like Entra's, and only those given out are accepted. */
@ApplicationScoped
public class Tokens {
    private static final String BEARER = "Bearer ";
    private static final int SIGNATURE_BYTES = 64;

    private record Grant(Audience audience, Instant expiry) {}

    private final Map<String, Grant> grants = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();
    private final StandInsConfig.ExchangeOnline config;
    private final Duration lifetime;
    private final ObjectMapper json;
    private final Clock clock;

    Tokens(StandInsConfig config, ObjectMapper json, Clock clock) {
        this.config = config.exchangeOnline();
        this.lifetime = this.config.tokenLifetime();
        this.json = json;
        this.clock = clock;
    }

    String issue(Audience audience) {
        Instant now = clock.instant();
        Instant expiry = now.plus(lifetime);
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("aud", audience.resource());
        claims.put("iss", "https://sts.windows.net/" + config.tenant() + "/");
        claims.put("nbf", now.getEpochSecond());
        claims.put("exp", expiry.getEpochSecond());
        claims.put("appid", config.clientId());
        claims.put("roles", List.of(audience.role()));
        claims.put("tid", config.tenant());
        byte[] signature = new byte[SIGNATURE_BYTES];
        random.nextBytes(signature);
        String token = part(Map.of("typ", "JWT", "alg", "RS256")) + "." + part(claims) + "." + encoded(signature);
        grants.put(token, new Grant(audience, expiry));
        return token;
    }

    long lifetimeSeconds() {
        return lifetime.toSeconds();
    }

    /**
     * Looks at an Authorization header.
     *
     * @throws TokenRefusedException with Graph's text
     */
    public void require(String authorization, Audience audience) {
        Grant grant = bearer(authorization)
                .map(token -> Optional.ofNullable(grants.get(token))
                        .orElseThrow(() -> new TokenRefusedException("Access token validation failure.")))
                .orElseThrow(() -> new TokenRefusedException("Access token is empty."));
        if (grant.audience() != audience) {
            throw new TokenRefusedException("Access token validation failure. Invalid audience.");
        }
        if (!grant.expiry().isAfter(clock.instant())) {
            throw new TokenRefusedException("Lifetime validation failed, the token is expired.");
        }
    }

    private static Optional<String> bearer(String authorization) {
        return Optional.ofNullable(authorization)
                .filter(header -> header.startsWith(BEARER))
                .map(header -> header.substring(BEARER.length()).strip());
    }

    private String part(Map<String, Object> claims) {
        try {
            return encoded(json.writeValueAsBytes(claims));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
