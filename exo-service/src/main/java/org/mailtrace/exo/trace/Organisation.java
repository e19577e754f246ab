package org.mailtrace.exo.trace;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.mailtrace.contract.AddressPattern;

/** What is ours: domains, hosts, address ranges. */
@ApplicationScoped
class Organisation {
    private final Set<String> domains;
    private final List<Pattern> hosts;
    private final List<AddressRange> relays;

    Organisation(OrganisationSettings settings) {
        this.domains = settings.domains().orElse(List.of()).stream()
                .map(domain -> domain.strip().toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
        this.hosts =
                settings.nextHops().stream().map(hop -> pattern(hop.host())).toList();
        this.relays = settings.relays().orElse(List.of()).stream()
                .map(range -> AddressRange.of("mailtrace.relays", range))
                .toList();
    }

    /** Whether the address lies in one of our domains. */
    boolean isOurs(String address) {
        return domains.contains(AddressPattern.domainOf(address));
    }

    /** Whether the address surely lies in none of our domains; never so while none is configured. */
    boolean isForeign(String address) {
        return !domains.isEmpty() && !isOurs(address);
    }

    /** Whether it is surely somebody else's: not ours, and not in a routing domain that Microsoft gives every tenant. */
    boolean isElsewhere(String address) {
        return isForeign(address) && !AddressPattern.domainOf(address).contains(".onmicrosoft.");
    }

    boolean knowsHost(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return hosts.stream().anyMatch(pattern -> pattern.matcher(name).matches());
    }

    boolean knowsHosts() {
        return !hosts.isEmpty();
    }

    boolean knowsRelays() {
        return !relays.isEmpty();
    }

    boolean isRelay(String ip) {
        return relays.stream().anyMatch(range -> range.contains(ip));
    }

    private static Pattern pattern(String host) {
        String quoted = Pattern.quote(host.strip().toLowerCase(Locale.ROOT));
        return Pattern.compile(quoted.replace("*", "\\E.*\\Q"));
    }
}
