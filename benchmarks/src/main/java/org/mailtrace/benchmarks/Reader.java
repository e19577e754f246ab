package org.mailtrace.benchmarks;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/** Someone who may ask: a key that the service is told to trust, and a token that it signs. */
final class Reader {
    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

    private final KeyPair keys;

    Reader() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        keys = generator.generateKeyPair();
    }

    /** The public key, as {@code quarkus.oidc.public-key} takes it. */
    String publicKey() {
        return Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
    }

    /** A token of two hours. */
    String token() throws GeneralSecurityException {
        Instant now = Instant.now();
        String claims =
                "{\"iss\":\"benchmark\",\"sub\":\"benchmark\",\"aud\":\"mailtrace\",\"groups\":[\"trace-reader\"],"
                        + "\"iat\":" + now.getEpochSecond() + ",\"exp\":"
                        + now.plus(Duration.ofHours(2)).getEpochSecond() + "}";
        String text = encoded("{\"alg\":\"RS256\",\"typ\":\"JWT\"}") + '.' + encoded(claims);
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(keys.getPrivate());
        signature.update(text.getBytes(StandardCharsets.US_ASCII));
        return text + '.' + URL.encodeToString(signature.sign());
    }

    private static String encoded(String json) {
        return URL.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
