package org.mailtrace.onprem.meaning;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.mailtrace.contract.AddressPattern;

/**
 * What is known of the organisation: its servers, domains, devices and the hosts of its other mail systems.
 *
 * @param servers our Exchange servers by name, in lower case
 * @param domains our mail domains, in lower case
 * @param devices networks of printers, scanners and intranet senders
 * @param knownHops host patterns of our other mail systems, in lower case
 */
public record Site(Set<String> servers, Set<String> domains, List<Cidr> devices, List<String> knownHops) {
    /** Exchange Online and Proofpoint on demand hand messages to on-premises servers from these. */
    private static final List<String> USUAL_HOPS = List.of("*.outbound.protection.outlook.com", "*.pphosted.com");

    public Site {
        servers = Set.copyOf(servers);
        domains = Set.copyOf(domains);
        devices = List.copyOf(devices);
        knownHops = List.copyOf(knownHops);
    }

    /**
     * Of settings.
     *
     * @throws IllegalArgumentException with one sentence if a network is none
     */
    public static Site of(Set<String> servers, List<String> domains, List<String> devices, List<String> hops) {
        List<Cidr> networks = devices.stream()
                .map(text -> Cidr.of(text)
                        .orElseThrow(() -> new IllegalArgumentException("mailtrace.devices holds \"" + text
                                + "\", which is no network; write it as 10.20.0.0/16.")))
                .toList();
        List<String> known = new ArrayList<>(USUAL_HOPS);
        hops.forEach(hop -> known.add(hop.strip().toLowerCase(Locale.ROOT)));
        return new Site(lower(servers), lower(Set.copyOf(domains)), networks, known);
    }

    private static Set<String> lower(Set<String> texts) {
        return texts.stream().map(text -> text.strip().toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    }

    /** Whether the host is one of our Exchange servers, by its name or by the first label of it. */
    boolean isOurServer(String host) {
        String lower = host.strip().toLowerCase(Locale.ROOT);
        int dot = lower.indexOf('.');
        return servers.contains(lower) || (dot > 0 && servers.contains(lower.substring(0, dot)));
    }

    /** Whether the address belongs to one of our domains. */
    boolean isOurs(String address) {
        return domains.contains(AddressPattern.domainOf(address));
    }

    boolean isDevice(InetAddress address) {
        return devices.stream().anyMatch(network -> network.contains(address));
    }

    /** Whether the host belongs to another of our mail systems. */
    boolean isKnownHop(String host) {
        String lower = host.strip().toLowerCase(Locale.ROOT);
        return knownHops.stream().anyMatch(pattern -> matches(pattern, lower));
    }

    /** Patterns have one wildcard at most; they are never made into a regular expression. */
    private static boolean matches(String pattern, String host) {
        int star = pattern.indexOf('*');
        return star < 0
                ? pattern.equals(host)
                : host.length() >= pattern.length() - 1
                        && host.startsWith(pattern.substring(0, star))
                        && host.endsWith(pattern.substring(star + 1));
    }
}
