package org.mailtrace.exo.trace;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/** What is ours; the same keys as the gateway's. */
@ConfigMapping(prefix = "mailtrace")
public interface OrganisationSettings {
    /** Our mail domains, the cloud routing domain included. */
    Optional<List<String>> domains();

    /** Hosts that belong to a mail system of ours. */
    List<Hop> nextHops();

    /**
     * Address ranges (CIDR) of our own systems that hand mail to Exchange Online, such as the mail gateway and the
     * Exchange servers. Without them Exchange Online's rows never prove that a message came from outside.
     */
    Optional<List<String>> relays();

    /** A host pattern and the system it belongs to. */
    interface Hop {
        /** A host name; {@code *} stands for any text. */
        String host();

        /** The source's name. */
        String source();
    }
}
