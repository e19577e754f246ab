package org.mailtrace.http.request;

import io.quarkus.security.identity.SecurityIdentity;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Who asks, as it is kept with what was asked. */
public final class Subject {
    private Subject() {}

    /** The subject of the token; names of people may change hands. */
    public static String of(SecurityIdentity identity) {
        return identity.getPrincipal() instanceof JsonWebToken token && token.getSubject() != null
                ? token.getSubject()
                : identity.getPrincipal().getName();
    }
}
