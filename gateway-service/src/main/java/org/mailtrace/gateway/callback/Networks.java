package org.mailtrace.gateway.callback;

import java.net.InetAddress;
import java.util.List;

/**
 * Addresses that are nobody's on the Internet, or that are a machine's own: the special-purpose registries of IANA (RFC
 * 6890 and its successors), and what clouds serve credentials from. Of IPv6, only what is handed out as global unicast
 * counts as public, without what carries an IPv4 address inside.
 *
 * <p>Made with the guard and not with the class: a native executable's classes are made while it is built, and addresses may
 * not be.
 */
final class Networks {
    private final List<Network> notPublic = Network.all(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
            // A platform's own address on every virtual machine of one large cloud.
            "168.63.129.16/32",
            "2001::/23",
            "2001:db8::/32",
            "2002::/16",
            "3fff::/20");

    private final Network global = Network.of("2000::/3");

    boolean isPublic(InetAddress address) {
        boolean handedOut = address.getAddress().length == 4 || global.holds(address);
        return handedOut && notPublic.stream().noneMatch(network -> network.holds(address));
    }
}
