package org.mailtrace.gateway.report;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Whose report it is. */
@ApplicationScoped
class Principal {
    private final SecurityIdentity identity;

    Principal(SecurityIdentity identity) {
        this.identity = identity;
    }

    /** The subject of the token; names of people may change hands. */
    String subject() {
        return identity.getPrincipal() instanceof JsonWebToken token && token.getSubject() != null
                ? token.getSubject()
                : identity.getPrincipal().getName();
    }

    /** Whether it may see the states of everybody's reports. */
    boolean isOperator() {
        return identity.hasRole("trace-operator");
    }
}
