package org.mailtrace.standins.exo;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.mailtrace.standins.StandInsConfig;

/** The access tokens given out since the start. */
@ApplicationScoped
class Tokens {
    private static final String BEARER = "Bearer ";
    private static final int BYTES = 32;

    private final Map<String, Instant> expiries = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();
    private final Duration lifetime;
    private final Clock clock;

    Tokens(StandInsConfig config, Clock clock) {
        this.lifetime = config.exchangeOnline().tokenLifetime();
        this.clock = clock;
    }

    String issue() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String token = "demo." + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        expiries.put(token, clock.instant().plus(lifetime));
        return token;
    }

    long lifetimeSeconds() {
        return lifetime.toSeconds();
    }

    void require(String authorization) {
        if (authorization == null || !authorization.startsWith(BEARER)) {
            throw new GraphErrorException(401, "InvalidAuthenticationToken", "Access token is empty.");
        }
        Instant expiry = expiries.get(authorization.substring(BEARER.length()).strip());
        if (expiry == null) {
            throw new GraphErrorException(401, "InvalidAuthenticationToken", "Access token validation failure.");
        }
        if (!expiry.isAfter(clock.instant())) {
            throw new GraphErrorException(
                    401, "InvalidAuthenticationToken", "Lifetime validation failed, the token is expired.");
        }
    }
}
