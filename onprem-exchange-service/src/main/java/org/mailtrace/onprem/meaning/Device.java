package org.mailtrace.onprem.meaning;

import java.util.Optional;

/**
 * A network of printers, scanners or intranet senders, as the administrator lists it.
 *
 * @param network its addresses
 * @param name what the administrator calls it, if at all
 */
public record Device(Cidr network, Optional<String> name) {
    /** Reads {@code 10.20.0.0/16}, or {@code 10.20.0.0/16 printers}; empty if it does not begin with a network. */
    static Optional<Device> of(String text) {
        String[] parts = text.strip().split("\\s+", 2);
        Optional<String> name = parts.length == 2 ? Optional.of(parts[1]) : Optional.empty();
        return Cidr.of(parts[0]).map(network -> new Device(network, name));
    }
}
