package org.mailtrace.exo.token;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** How the application proves who it is: a secret, or an assertion signed with the key of its certificate. */
interface ClientCredential {
    /** The form parameters that carry the proof; made anew for every request, because an assertion expires. */
    Map<String, String> parameters();

    /** When the proof ends for good, UTC; empty for a secret, of which only Microsoft knows it. */
    default Optional<Instant> end() {
        return Optional.empty();
    }
}
