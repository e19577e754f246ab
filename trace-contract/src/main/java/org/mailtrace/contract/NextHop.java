package org.mailtrace.contract;

import java.util.Objects;
import java.util.Optional;

/**
 * The host that a message was handed to.
 *
 * @param host name or address as the source saw it
 * @param reply that host's SMTP reply, if the source kept it
 */
public record NextHop(String host, Optional<String> reply) {
    public NextHop {
        Objects.requireNonNull(host, "host");
        reply = Absent.toEmpty(reply);
    }
}
