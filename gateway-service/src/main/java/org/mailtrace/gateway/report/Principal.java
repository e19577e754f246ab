package org.mailtrace.gateway.report;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import org.mailtrace.http.request.Subject;

/** Whose report it is. */
@ApplicationScoped
class Principal {
    private final SecurityIdentity identity;

    Principal(SecurityIdentity identity) {
        this.identity = identity;
    }

    /** Who asks, as reports name their owners. */
    String subject() {
        return Subject.of(identity);
    }

    /** Whether it may see the states of everybody's reports. */
    boolean isOperator() {
        return identity.hasRole("trace-operator");
    }
}
