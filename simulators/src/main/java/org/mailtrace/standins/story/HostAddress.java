package org.mailtrace.standins.story;

import java.util.Locale;

/** An address from the documentation range for a host name, the same each time. */
public final class HostAddress {
    private static final int HOSTS = 250;

    private HostAddress() {}

    /** The address of a host. */
    public static String of(String host) {
        return "203.0.113." + (1 + Math.floorMod(host.toLowerCase(Locale.ROOT).hashCode(), HOSTS));
    }
}
