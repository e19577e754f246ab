package org.mailtrace.gateway.join;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.mailtrace.contract.AddressPattern;
import org.mailtrace.contract.NextHop;
import org.mailtrace.contract.RecipientStatus;
import org.mailtrace.gateway.settings.GatewaySettings;

/** Which source a host belongs to; a host of none is outside. */
@ApplicationScoped
public class NextHops {
    private final List<Entry> patterns;
    private final Set<String> domains;

    public NextHops(GatewaySettings settings) {
        this.patterns = settings.nextHops().orElse(List.of()).stream()
                .map(hop -> new Entry(pattern(hop.host()), hop.source()))
                .toList();
        this.domains = settings.domains().orElse(Set.of()).stream()
                .map(Addresses::lower)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Makes the bean at start, so that a pattern that is none stops the service there. */
    void check(@Observes StartupEvent start) {}

    /** The source that a host belongs to. */
    public Optional<String> sourceOf(String host) {
        return patterns.stream()
                .filter(entry -> entry.pattern.matches(host))
                .map(Entry::source)
                .findFirst();
    }

    /** The source that a word handed the message to, if it handed it to one. */
    public Optional<String> targetOf(Word word) {
        return word.status() == RecipientStatus.PASSED_ON
                ? word.recipient()
                        .nextHop()
                        .map(NextHop::host)
                        .filter(host -> !isAnothers(host, word.recipient().address()))
                        .flatMap(this::sourceOf)
                : Optional.empty();
    }

    /**
     * Whether a host is another organisation's by its very name. Clouds name a customer's host after the customer's domain,
     * with dashes for its dots, such as {@code contoso-com.} for {@code contoso.com}. Nothing is said where our own domains
     * are not known.
     */
    private boolean isAnothers(String host, String recipient) {
        String domain = AddressPattern.domainOf(recipient);
        return !domains.isEmpty()
                && !domain.isEmpty()
                && !domains.contains(domain)
                && Addresses.lower(host).startsWith(domain.replace('.', '-') + ".");
    }

    private static HostPattern pattern(String host) {
        try {
            return HostPattern.of(host);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(
                    "The setting mailtrace.next-hops has the host \"" + host
                            + "\", which is no host name, pattern, address or network.",
                    e,
                    Set.of("mailtrace.next-hops"));
        }
    }

    private record Entry(HostPattern pattern, String source) {}
}
