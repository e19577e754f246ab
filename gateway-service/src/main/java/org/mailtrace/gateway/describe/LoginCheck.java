package org.mailtrace.gateway.describe;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/** A wrong address to log in at ends the start with one sentence, and not the login of somebody with a blank page. */
@ApplicationScoped
class LoginCheck {
    void check(@Observes StartupEvent start, LoginSettings settings) {
        check("mailtrace.login.authorization-url", settings.authorizationUrl());
        check("mailtrace.login.token-url", settings.tokenUrl());
    }

    private static void check(String key, Optional<URI> url) {
        if (url.filter(given -> !given.isAbsolute() || given.getHost() == null).isPresent()) {
            throw new ConfigurationException(
                    "Set " + key + " to a whole address, such as https://login.rivercounty.example/authorize.",
                    Set.of(key));
        }
    }
}
