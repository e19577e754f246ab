package org.mailtrace.exo.token;

import java.util.Map;

/** A client secret. */
record SecretCredential(String secret) implements ClientCredential {
    @Override
    public Map<String, String> parameters() {
        return Map.of("client_secret", secret);
    }

    @Override
    public String toString() {
        return "SecretCredential[***]";
    }
}
