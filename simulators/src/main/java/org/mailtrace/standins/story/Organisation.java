package org.mailtrace.standins.story;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whose mail the stories are about; also the configuration of the services when they run on stories.
 *
 * @param domains our mail domains, lower case
 * @param cloudDomain the domain of the mailboxes' secondary cloud addresses
 * @param servers the on-premises Exchange servers
 * @param quarantineUrl where people release what Proofpoint holds
 * @param devices address ranges of printers, scanners and intranet senders (CIDR)
 * @param nextHops host patterns and the source that each leads to, in order
 */
public record Organisation(
        List<String> domains,
        Optional<String> cloudDomain,
        List<String> servers,
        Optional<URI> quarantineUrl,
        List<String> devices,
        List<HostRule> nextHops) {

    /**
     * Hosts that belong to a source.
     *
     * @param host a host name, {@code *} for any run of characters
     * @param source the source's name
     */
    public record HostRule(String host, String source) {
        boolean matches(String name) {
            return Glob.matches(host, name);
        }
    }

    public Organisation {
        domains = List.copyOf(domains);
        servers = List.copyOf(servers);
        devices = List.copyOf(devices);
        nextHops = List.copyOf(nextHops);
    }

    /** The first domain, which names the servers. */
    public String primaryDomain() {
        return domains.getFirst();
    }

    /** A server's full host name in lower case. */
    public String hostOf(String server) {
        return server.toLowerCase(Locale.ROOT) + "." + primaryDomain();
    }

    /** The server that a host name means, by its short or its full name. */
    public Optional<String> serverAt(String host) {
        return servers.stream()
                .filter(s -> s.equalsIgnoreCase(host) || hostOf(s).equalsIgnoreCase(host))
                .findFirst();
    }

    /** The system behind a host; empty if the host is outside all of them. */
    public Optional<MailSystem> systemAt(String host) {
        if (serverAt(host).isPresent()) {
            return Optional.of(MailSystem.ONPREM_EXCHANGE);
        }
        return nextHops.stream()
                .filter(rule -> rule.matches(host))
                .findFirst()
                .flatMap(rule -> MailSystem.of(rule.source()));
    }

    /** All next-hop rules including the servers' own names, as the services need them. */
    public List<HostRule> allNextHops() {
        List<HostRule> rules = new ArrayList<>(nextHops);
        for (String server : servers) {
            rules.add(new HostRule(server, MailSystem.ONPREM_EXCHANGE.word()));
            rules.add(new HostRule(hostOf(server), MailSystem.ONPREM_EXCHANGE.word()));
        }
        return List.copyOf(rules);
    }
}
