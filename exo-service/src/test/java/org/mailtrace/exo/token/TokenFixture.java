package org.mailtrace.exo.token;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.mailtrace.exo.Settings;
import org.mailtrace.exo.wire.Wire;

/** Makes what other rooms' tests need of this one. */
public final class TokenFixture {
    private TokenFixture() {}

    public static CredentialWatch watch(Clock clock) {
        return new CredentialWatch(clock);
    }

    /** With the secret {@code synthetic-secret} unless the values name another credential. */
    public static AccessTokens tokens(Map<String, String> values, Wire wire, CredentialWatch watch, Clock clock) {
        Map<String, String> all = new HashMap<>(values);
        all.putIfAbsent("mailtrace.exo.client-id", "4711");
        all.putIfAbsent("mailtrace.exo.token-guard.retry-delay", "5ms");
        if (all.keySet().stream()
                .noneMatch(key -> key.startsWith("mailtrace.exo.client-secret")
                        || key.startsWith("mailtrace.exo.client-certificate"))) {
            all.put("mailtrace.exo.client-secret", "synthetic-secret");
        }
        return new AccessTokens(
                Settings.of(TokenSettings.class, all),
                wire,
                new ObjectMapper(),
                watch,
                clock,
                new SimpleMeterRegistry());
    }
}
