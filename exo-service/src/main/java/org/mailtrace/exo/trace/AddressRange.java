package org.mailtrace.exo.trace;

import java.net.InetAddress;
import java.util.Optional;

/** A range of IP addresses in CIDR notation; a single address is a range of one. */
record AddressRange(InetAddress network, int prefix) {
    private static final int BITS = 8;

    /**
     * Reads a range.
     *
     * @throws IllegalStateException with a sentence that names the setting
     */
    static AddressRange of(String key, String text) {
        String[] parts = text.strip().split("/", 2);
        Optional<InetAddress> network = address(parts[0]);
        int bits = network.map(found -> found.getAddress().length * BITS).orElse(0);
        int prefix = parts.length == 1 ? bits : number(parts[1]);
        if (network.isEmpty() || prefix < 0 || prefix > bits) {
            throw new IllegalStateException("Set " + key + " to address ranges such as 203.0.113.0/24.");
        }
        return new AddressRange(network.orElseThrow(), prefix);
    }

    boolean contains(String ip) {
        return address(ip).filter(this::contains).isPresent();
    }

    /** Whether it is an address of the Internet, as opposed to one of a private network or of the machine itself. */
    static boolean isPublic(String ip) {
        return address(ip)
                .filter(found -> !found.isSiteLocalAddress()
                        && !found.isLoopbackAddress()
                        && !found.isLinkLocalAddress()
                        && !found.isAnyLocalAddress()
                        && !isUniqueLocal(found))
                .isPresent();
    }

    private boolean contains(InetAddress other) {
        byte[] mine = network.getAddress();
        byte[] theirs = other.getAddress();
        if (mine.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit++) {
            int mask = 1 << (BITS - 1 - bit % BITS);
            if ((mine[bit / BITS] & mask) != (theirs[bit / BITS] & mask)) {
                return false;
            }
        }
        return true;
    }

    /** Literals only: a name is never looked up. */
    private static Optional<InetAddress> address(String text) {
        try {
            return Optional.of(InetAddress.ofLiteral(text.strip()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isUniqueLocal(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
    }

    private static int number(String text) {
        return text.matches("\\d{1,3}") ? Integer.parseInt(text) : -1;
    }
}
