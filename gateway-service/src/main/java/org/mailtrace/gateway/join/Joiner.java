package org.mailtrace.gateway.join;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.mailtrace.contract.MailId;
import org.mailtrace.contract.Observation;
import org.mailtrace.contract.Recipient;
import org.mailtrace.contract.RecipientStatus;

/**
 * Joins sightings into messages: by Message-ID and by network message id. A Message-ID is the sender's choice and may be
 * used again, so one source that saw it as several messages splits it.
 */
public final class Joiner {
    private static final Duration SAME_PASS = Duration.ofHours(1);

    private final Duration sameMessageWithin;

    public Joiner(Duration sameMessageWithin) {
        this.sameMessageWithin = sameMessageWithin;
    }

    /** Messages, newest first. */
    public List<Message> join(Collection<Sighting> sightings) {
        Groups groups = new Groups();
        sightings.forEach(groups::add);
        return groups.all().stream()
                .flatMap(group -> split(group).stream())
                .map(Joiner::message)
                .sorted(Comparator.comparing(Message::firstSeen).reversed())
                .toList();
    }

    private static Message message(List<Sighting> sightings) {
        List<String> by = new ArrayList<>();
        if (shared(sightings, o -> o.networkMessageId())) {
            by.add("network-message-id");
        }
        if (shared(sightings, Joiner::messageId)) {
            by.add("message-id");
        }
        return new Message(sightings, by);
    }

    private static boolean shared(List<Sighting> sightings, Function<Observation, Optional<String>> id) {
        List<String> ids = sightings.stream()
                .map(s -> id.apply(s.observation()))
                .flatMap(Optional::stream)
                .toList();
        return ids.size() > new HashSet<>(ids).size();
    }

    /** One group may be several messages: as many as the source that tells most of them apart. */
    private List<List<Sighting>> split(List<Sighting> group) {
        Map<String, List<Sighting>> bySource = group.stream()
                .sorted(Comparator.comparing((Sighting s) -> s.observation().firstSeen()))
                .collect(Collectors.groupingBy(Sighting::source, LinkedHashMap::new, Collectors.toList()));
        List<List<Sighting>> anchors = bySource.values().stream()
                .map(Joiner::passesOfOneMessage)
                .max(Comparator.comparingInt(List::size))
                .orElse(List.of());
        List<List<Sighting>> messages = anchors.stream()
                .map(anchor -> (List<Sighting>) new ArrayList<>(anchor))
                .collect(Collectors.toList());
        for (Sighting sighting : group) {
            if (anchors.stream().noneMatch(anchor -> anchor.contains(sighting))) {
                place(sighting, anchors, messages);
            }
        }
        return messages;
    }

    private void place(Sighting sighting, List<List<Sighting>> anchors, List<List<Sighting>> messages) {
        int nearest = 0;
        Duration best = Duration.ofSeconds(Long.MAX_VALUE);
        for (int i = 0; i < anchors.size(); i++) {
            Duration distance = sameNetworkId(sighting, anchors.get(i))
                    ? Duration.ZERO
                    : distance(sighting, anchors.get(i).getFirst());
            if (distance.compareTo(best) < 0) {
                nearest = i;
                best = distance;
            }
        }
        if (best.compareTo(sameMessageWithin) <= 0) {
            messages.get(nearest).add(sighting);
        } else {
            messages.add(new ArrayList<>(List.of(sighting)));
        }
    }

    /** Sightings of one source, oldest first, grouped into messages. */
    private static List<List<Sighting>> passesOfOneMessage(List<Sighting> ofOneSource) {
        List<List<Sighting>> messages = new ArrayList<>();
        for (Sighting sighting : ofOneSource) {
            messages.stream()
                    .filter(message -> message.stream().allMatch(earlier -> samePassOrRelease(earlier, sighting)))
                    .findFirst()
                    .ifPresentOrElse(
                            message -> message.add(sighting), () -> messages.add(new ArrayList<>(List.of(sighting))));
        }
        return messages;
    }

    private static boolean samePassOrRelease(Sighting earlier, Sighting later) {
        Optional<String> one = earlier.observation().networkMessageId();
        Optional<String> other = later.observation().networkMessageId();
        if (one.isPresent() && other.isPresent()) {
            return one.equals(other);
        }
        if (sendersDiffer(earlier, later) && shareARecipient(earlier, later)) {
            return false;
        }
        boolean held =
                earlier.observation().recipients().stream().anyMatch(r -> r.status() == RecipientStatus.QUARANTINED);
        return held || distance(earlier, later).compareTo(SAME_PASS) <= 0 || !shareARecipient(earlier, later);
    }

    /** Forwarding rewrites the sender, but then for another recipient. */
    private static boolean sendersDiffer(Sighting one, Sighting other) {
        Optional<String> sender = one.observation().sender();
        return sender.isPresent()
                && other.observation()
                        .sender()
                        .filter(s -> !s.equalsIgnoreCase(sender.get()))
                        .isPresent();
    }

    private static boolean shareARecipient(Sighting one, Sighting other) {
        Set<String> addresses = addresses(one);
        return addresses(other).stream().anyMatch(addresses::contains);
    }

    private static Set<String> addresses(Sighting sighting) {
        return sighting.observation().recipients().stream()
                .map(Recipient::address)
                .map(address -> address.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    private static boolean sameNetworkId(Sighting sighting, List<Sighting> message) {
        Optional<String> id = sighting.observation().networkMessageId();
        return id.isPresent()
                && message.stream()
                        .anyMatch(m -> m.observation().networkMessageId().equals(id));
    }

    private static Duration distance(Sighting one, Sighting other) {
        Instant a = one.observation().firstSeen();
        return Duration.between(a, other.observation().firstSeen()).abs();
    }

    /** Some systems change its case or drop the brackets. */
    private static Optional<String> messageId(Observation observation) {
        return observation.messageId().flatMap(MailId::messageId).map(id -> id.toLowerCase(Locale.ROOT));
    }

    /** Sightings that share an id, directly or through others; each source id once. */
    private static final class Groups {
        private final Map<String, List<Sighting>> byKey = new LinkedHashMap<>();

        void add(Sighting sighting) {
            Set<List<Sighting>> touched = Collections.newSetFromMap(new IdentityHashMap<>());
            keys(sighting).stream().map(byKey::get).filter(Objects::nonNull).forEach(touched::add);
            List<Sighting> group = new ArrayList<>();
            touched.forEach(group::addAll);
            merge(group, sighting);
            group.forEach(member -> keys(member).forEach(key -> byKey.put(key, group)));
        }

        List<List<Sighting>> all() {
            Set<List<Sighting>> distinct = Collections.newSetFromMap(new IdentityHashMap<>());
            return byKey.values().stream().filter(distinct::add).toList();
        }

        /** The same observation may come with several answers; the one that lists more recipients is kept. */
        private static void merge(List<Sighting> group, Sighting sighting) {
            Optional<Sighting> known = group.stream()
                    .filter(s -> s.source().equals(sighting.source())
                            && s.observation()
                                    .sourceId()
                                    .equals(sighting.observation().sourceId()))
                    .findFirst();
            boolean richer = known.map(k -> sighting.observation().recipients().size()
                                    + sighting.observation().events().size()
                            > k.observation().recipients().size()
                                    + k.observation().events().size())
                    .orElse(true);
            if (richer) {
                known.ifPresent(group::remove);
                group.add(sighting);
            }
        }

        private static List<String> keys(Sighting sighting) {
            List<String> keys = new ArrayList<>();
            keys.add("source-id " + sighting.source() + " "
                    + sighting.observation().sourceId());
            sighting.observation().networkMessageId().ifPresent(id -> keys.add("network-message-id " + id));
            messageId(sighting.observation()).ifPresent(id -> keys.add("message-id " + id));
            return keys;
        }
    }
}
