package org.mailtrace.gateway.callback;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

/** A network such as 192.0.2.0/24. */
record Network(InetAddress start, int bits) {
    /**
     * Reads one.
     *
     * @throws IllegalArgumentException if it is none
     */
    static Network of(String text) {
        String[] parts = text.strip().split("/", 2);
        // Digits, dots and colons alone: nothing that would be looked up as a name.
        if (!parts[0].matches("[0-9a-fA-F:.]*[:.][0-9a-fA-F:.]*")) {
            throw new IllegalArgumentException(text);
        }
        try {
            InetAddress start = InetAddress.getByName(parts[0]);
            int most = start.getAddress().length * 8;
            int bits = parts.length == 2 ? Integer.parseInt(parts[1]) : most;
            if (bits < 0 || bits > most) {
                throw new IllegalArgumentException(text);
            }
            return new Network(start, bits);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    static List<Network> all(String... texts) {
        return Stream.of(texts).map(Network::of).toList();
    }

    boolean holds(InetAddress address) {
        byte[] one = start.getAddress();
        byte[] other = address.getAddress();
        if (one.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((one[bit / 8] & mask) != (other[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }
}
