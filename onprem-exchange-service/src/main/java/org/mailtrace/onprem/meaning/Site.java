package org.mailtrace.onprem.meaning;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.mailtrace.contract.AddressPattern;

/**
 * What is known of the organisation: its servers, domains, devices and the hosts of its other mail systems.
 *
 * @param servers our Exchange servers by name, in lower case
 * @param domains our mail domains, in lower case
 * @param devices networks of printers, scanners and intranet senders
 * @param knownHops hosts of our other mail systems; the administrator's come first
 */
public record Site(Set<String> servers, Set<String> domains, List<Device> devices, List<KnownHop> knownHops) {
    /** Hosts that hybrid servers meet whether or not they are configured. */
    private static final List<KnownHop> USUAL_HOPS = List.of(
            new KnownHop("*.outbound.protection.outlook.com", KnownHop.EXCHANGE_ONLINE),
            new KnownHop("*.mail.protection.outlook.com", KnownHop.EXCHANGE_ONLINE),
            new KnownHop("*.pphosted.com", "proofpoint"));

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
    public static Site of(Set<String> servers, List<String> domains, List<String> devices, List<KnownHop> hops) {
        List<Device> networks = devices.stream()
                .map(text -> Device.of(text)
                        .orElseThrow(() -> new IllegalArgumentException("mailtrace.devices holds \"" + text
                                + "\", which is no network; write it as 10.20.0.0/16, or with a name as"
                                + " 10.20.0.0/16 printers.")))
                .toList();
        List<KnownHop> known = new ArrayList<>(hops);
        known.addAll(USUAL_HOPS);
        return new Site(lower(servers), lower(Set.copyOf(domains)), networks, known);
    }

    private static Set<String> lower(Set<String> texts) {
        return texts.stream().map(text -> text.strip().toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    }

    /** Whether the host is one of our Exchange servers, by its name or by the first label of it. */
    boolean isOurServer(String host) {
        String lower = host.strip().toLowerCase(Locale.ROOT);
        return servers.contains(lower) || servers.contains(HopLink.label(lower));
    }

    /** Whether the address belongs to one of our domains. */
    boolean isOurs(String address) {
        return domains.contains(AddressPattern.domainOf(address));
    }

    /** The entry of the device list that says most about the address. */
    Optional<Device> device(InetAddress address) {
        return devices.stream()
                .filter(device -> device.network().contains(address))
                .max(Comparator.comparingInt(device -> device.network().bits()));
    }

    /** The other of our mail systems that the host belongs to. */
    Optional<String> systemOf(String host) {
        return knownHops.stream()
                .filter(hop -> hop.matches(host))
                .map(KnownHop::system)
                .findFirst();
    }
}
