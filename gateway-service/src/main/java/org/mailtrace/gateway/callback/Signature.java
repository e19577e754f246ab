package org.mailtrace.gateway.callback;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.Base64;
import java.util.Set;

/** Signs by the convention (https://www.standardwebhooks.com): {@code v1}, HMAC-SHA256 over id, second and body. */
final class Signature {
    private static final String PREFIX = "whsec_";
    private static final int LEAST = 24;
    private static final int MOST = 64;

    private final Webhook signer;

    /** Of a secret as the settings have it; a wrong one ends the start with one sentence that does not repeat it. */
    Signature(String secret) {
        try {
            byte[] key = Base64.getDecoder().decode(secret.strip().startsWith(PREFIX) ? bare(secret) : "!");
            if (key.length < LEAST || key.length > MOST) {
                throw new IllegalArgumentException("length");
            }
            this.signer = new Webhook(key);
        } catch (IllegalArgumentException | EmptyWebhookSecretException e) {
            throw new ConfigurationException(
                    "The setting mailtrace.callbacks.secret must be whsec_ and 24 to 64 bytes in Base64, as"
                            + " \"echo whsec_$(openssl rand -base64 32)\" makes them.",
                    Set.of("mailtrace.callbacks.secret"));
        }
    }

    private static String bare(String secret) {
        return secret.strip().substring(PREFIX.length());
    }

    /** The value of {@code webhook-signature}. */
    String of(String id, long second, String body) {
        try {
            return signer.sign(id, second, body);
        } catch (WebhookSigningException e) {
            throw new IllegalStateException("this Java cannot sign", e);
        }
    }
}
