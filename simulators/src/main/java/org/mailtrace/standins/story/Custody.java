package org.mailtrace.standins.story;

import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Follows a message from system to system while its hops are read: says whom a hop concerns when the author did not,
 * and refuses what cannot be, such as a delivery by a system that never received the message.
 */
final class Custody {
    /** A system, or for the on-premises servers one of them. */
    private record Seat(MailSystem system, Optional<String> server) {
        static Seat of(Hop hop) {
            return new Seat(hop.system(), hop.server());
        }

        @Override
        public String toString() {
            return system.word() + server.map(name -> " on " + name).orElse("");
        }
    }

    private final Organisation organisation;
    private final Faults faults;
    private final Set<String> unseen;
    private final Set<String> everSeen = new LinkedHashSet<>();
    private final Map<MailSystem, Set<String>> underWay = new EnumMap<>(MailSystem.class);
    private final Map<Seat, Set<String>> held = new HashMap<>();
    private final Map<Seat, Set<String>> quarantined = new HashMap<>();
    private final Map<Seat, Set<String>> failed = new HashMap<>();
    private final Set<String> awaitingTransport = new LinkedHashSet<>();
    private final Map<Seat, Instant> lastAt = new HashMap<>();

    Custody(Organisation organisation, Faults faults, List<String> to) {
        this.organisation = organisation;
        this.faults = faults;
        this.unseen = new LinkedHashSet<>(to);
        this.everSeen.addAll(to);
    }

    Set<String> everyAddress() {
        return Set.copyOf(everSeen);
    }

    /** The hop with its recipients filled in; empty if it cannot have happened. */
    Optional<Hop> follow(Node node, Hop hop) {
        Seat seat = Seat.of(hop);
        Instant before = lastAt.put(seat, hop.at());
        if (before != null && hop.at().isBefore(before)) {
            faults.add(node, "'" + hop.deed().word() + "' lies before the hop that precedes it in " + seat);
        }
        Set<String> candidates = candidates(seat, hop);
        Collection<String> concerned = hop.recipients();
        if (concerned.isEmpty()) {
            concerned = hop.deed() == Deed.EXPAND ? hop.group().stream().toList() : preferred(seat, hop, candidates);
        }
        if (concerned.isEmpty()) {
            faults.add(node, nobody(seat, hop));
            return Optional.empty();
        }
        List<String> strangers =
                concerned.stream().filter(r -> !candidates.contains(r)).toList();
        if (!strangers.isEmpty()) {
            faults.add(
                    node,
                    "'" + hop.deed().word() + "': " + seat + " does not have " + String.join(", ", strangers)
                            + " at this point" + (hop.deed() == Deed.RELEASE ? " in quarantine" : ""));
            return Optional.empty();
        }
        Hop complete = hop.concerning(List.copyOf(concerned));
        move(seat, complete);
        return Optional.of(complete);
    }

    private String nobody(Seat seat, Hop hop) {
        if (hop.deed().isEntry()) {
            return "'" + hop.deed().word() + "': no recipient is on the way to " + seat;
        }
        if (hop.deed() == Deed.RELEASE) {
            return "'release' without an earlier 'quarantine' in " + seat;
        }
        return "'" + hop.deed().word() + "': " + seat + " has no recipient of this message at this point";
    }

    private Set<String> candidates(Seat seat, Hop hop) {
        Set<String> candidates = new LinkedHashSet<>();
        switch (hop.deed()) {
            case SUBMIT -> candidates.addAll(unseen);
            case RECEIVE -> {
                candidates.addAll(at(underWay, seat.system()));
                candidates.addAll(submitted(seat));
                candidates.addAll(unseen);
            }
            case RELEASE -> candidates.addAll(at(quarantined, seat));
            case DSN -> candidates.addAll(at(failed, seat));
            case DELIVER, JUNK -> {
                candidates.addAll(at(held, seat));
                candidates.addAll(at(quarantined, seat));
            }
            default -> candidates.addAll(at(held, seat));
        }
        return candidates;
    }

    /** Whom the hop concerns when it does not say so. */
    private Collection<String> preferred(Seat seat, Hop hop, Set<String> candidates) {
        if (hop.deed() == Deed.RECEIVE) {
            Set<String> coming = new LinkedHashSet<>(at(underWay, seat.system()));
            coming.addAll(submitted(seat));
            return coming.isEmpty() ? candidates : coming;
        }
        boolean present = !at(held, seat).isEmpty();
        return present && (hop.deed() == Deed.DELIVER || hop.deed() == Deed.JUNK) ? at(held, seat) : candidates;
    }

    /** A submitted message is received by the transport service of any of our servers. */
    private Set<String> submitted(Seat seat) {
        Set<String> submitted = new LinkedHashSet<>();
        if (seat.system() == MailSystem.ONPREM_EXCHANGE) {
            held.forEach((other, recipients) -> {
                if (other.system() == MailSystem.ONPREM_EXCHANGE) {
                    recipients.stream().filter(awaitingTransport::contains).forEach(submitted::add);
                }
            });
        }
        return submitted;
    }

    private void move(Seat seat, Hop hop) {
        List<String> who = hop.recipients();
        switch (hop.deed()) {
            case SUBMIT -> {
                arrive(seat, who);
                awaitingTransport.addAll(who);
            }
            case RECEIVE -> arrive(seat, who);
            case PASS, SEND, SENDEXTERNAL -> handOver(seat, hop, who);
            case QUARANTINE -> transfer(held, quarantined, seat, who);
            case RELEASE -> transfer(quarantined, held, seat, who);
            case DEFER -> at(failed, seat).addAll(who);
            case FAIL -> transfer(held, failed, seat, who);
            case RETRY -> {
                at(held, seat).removeAll(who);
                unseen.addAll(who);
            }
            case RESOLVE, REDIRECT, EXPAND -> {
                at(held, seat).removeAll(who);
                at(held, seat).addAll(hop.successors());
                everSeen.addAll(hop.successors());
                hop.nextHop().ifPresent(host -> handOver(seat, hop, hop.successors()));
            }
            case DISCARD, REJECT, BOUNCE, DELIVER, JUNK, FILTERED_AS_SPAM, DROP -> {
                at(held, seat).removeAll(who);
                at(quarantined, seat).removeAll(who);
            }
            case COPY, TRANSFER, DSN -> {}
        }
    }

    private void arrive(Seat seat, List<String> who) {
        unseen.removeAll(who);
        at(underWay, seat.system()).removeAll(who);
        held.values().forEach(recipients -> recipients.removeAll(who));
        awaitingTransport.removeAll(who);
        at(held, seat).addAll(who);
    }

    private void handOver(Seat seat, Hop hop, List<String> who) {
        at(held, seat).removeAll(who);
        hop.nextHop()
                .flatMap(organisation::systemAt)
                .ifPresent(next -> at(underWay, next).addAll(who));
    }

    private static void transfer(Map<Seat, Set<String>> from, Map<Seat, Set<String>> to, Seat seat, List<String> who) {
        at(from, seat).removeAll(who);
        at(to, seat).addAll(who);
    }

    private static <K> Set<String> at(Map<K, Set<String>> places, K place) {
        return places.computeIfAbsent(place, key -> new LinkedHashSet<>());
    }
}
