package org.mailtrace.proofpoint.fate;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.mailtrace.contract.AddressPattern;
import org.mailtrace.contract.Direction;
import org.mailtrace.contract.Origin;

/**
 * Where a message came from, by the policy routes that the cluster gave it. A sender's domain is never asked: a spoof
 * carries ours. Mail that leaves came from another of our systems, which knows its origin better.
 *
 * @param inbound names of routes for mail from outside
 * @param outbound names of routes for mail that leaves
 * @param domains the organisation's own domains; empty if not configured
 */
public record Route(Set<String> inbound, Set<String> outbound, Set<String> domains) {
    public Route {
        inbound = lower(inbound);
        outbound = lower(outbound);
        domains = lower(domains);
    }

    Optional<Origin> origin(Set<String> routes) {
        return isInbound(routes) ? Optional.of(Origin.OUTSIDE) : Optional.empty();
    }

    Direction direction(Set<String> routes, List<String> recipients) {
        if (isInbound(routes)) {
            return Direction.INBOUND;
        }
        if (!isOutbound(routes)) {
            return Direction.UNKNOWN;
        }
        if (domains.isEmpty() || recipients.isEmpty()) {
            return Direction.OUTBOUND;
        }
        long ours = recipients.stream()
                .filter(address -> domains.contains(AddressPattern.domainOf(address)))
                .count();
        if (ours == 0) {
            return Direction.OUTBOUND;
        }
        return ours == recipients.size() ? Direction.INTERNAL : Direction.MIXED;
    }

    private boolean isInbound(Set<String> routes) {
        return hasAny(routes, inbound) && !hasAny(routes, outbound);
    }

    private boolean isOutbound(Set<String> routes) {
        return hasAny(routes, outbound) && !hasAny(routes, inbound);
    }

    private static boolean hasAny(Set<String> routes, Set<String> wanted) {
        Set<String> common = new HashSet<>(routes);
        common.retainAll(wanted);
        return !common.isEmpty();
    }

    private static Set<String> lower(Set<String> names) {
        return names.stream()
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }
}
