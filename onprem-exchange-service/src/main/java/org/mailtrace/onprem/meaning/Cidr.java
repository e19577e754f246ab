package org.mailtrace.onprem.meaning;

import java.net.InetAddress;
import java.util.Optional;

/**
 * A network such as {@code 10.20.0.0/16}.
 *
 * @param network its address
 * @param bits how many leading bits count
 */
public record Cidr(InetAddress network, int bits) {
    /** Reads a network or a single address; empty if the text is neither. */
    static Optional<Cidr> of(String text) {
        String[] parts = text.strip().split("/", -1);
        Optional<InetAddress> address = address(parts[0]);
        if (address.isEmpty() || parts.length > 2) {
            return Optional.empty();
        }
        int width = address.get().getAddress().length * 8;
        try {
            int bits = parts.length == 2 ? Integer.parseInt(parts[1]) : width;
            return bits >= 0 && bits <= width ? Optional.of(new Cidr(address.get(), bits)) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** An address as logs write it, its scope left away; never a name, so nothing is ever looked up. */
    static Optional<InetAddress> address(String text) {
        String bare = text.strip();
        int scope = bare.indexOf('%');
        String plain = scope < 0 ? bare : bare.substring(0, scope);
        try {
            return plain.isEmpty() ? Optional.empty() : Optional.of(InetAddress.ofLiteral(plain));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return network.getHostAddress() + "/" + bits;
    }

    /** Whether the address can be met on the Internet; documentation's networks count as such. */
    static boolean isPublic(InetAddress address) {
        boolean uniqueLocal = address.getAddress().length == 16 && (address.getAddress()[0] & 0xFE) == 0xFC;
        return !address.isSiteLocalAddress()
                && !address.isLoopbackAddress()
                && !address.isLinkLocalAddress()
                && !address.isAnyLocalAddress()
                && !uniqueLocal;
    }

    boolean contains(InetAddress candidate) {
        byte[] ours = network.getAddress();
        byte[] theirs = candidate.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((ours[bit / 8] & mask) != (theirs[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }
}
