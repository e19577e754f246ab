package org.mailtrace.gateway.join;

import java.time.Duration;
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

/**
 * Joins sightings into messages: by Message-ID and by network message id, and what has none by what it resembles. A
 * Message-ID is the sender's choice and may be used again, so the messages that a source tells apart under one stay apart.
 */
public final class Joiner {
    private final Passes passes;
    private final Parts parts;
    private final Alignment alignment;
    private final Doubts doubts;
    private final Reunion reunion;
    private final Resemblance resemblance;

    /** @param sameMessageWithin sightings further apart, with no id but the Message-ID in common, are two messages */
    public Joiner(Duration sameMessageWithin, NextHops hops) {
        this.passes = new Passes(hops);
        this.parts = new Parts(hops);
        this.alignment = new Alignment(hops, sameMessageWithin);
        this.doubts = new Doubts(hops);
        this.reunion = new Reunion(hops, sameMessageWithin);
        this.resemblance = new Resemblance(hops);
    }

    /** Messages, newest first. */
    public List<Message> join(Collection<Sighting> sightings) {
        Groups groups = new Groups();
        sightings.forEach(groups::add);
        List<Message> named = groups.all().stream()
                .flatMap(group -> split(group).stream())
                .map(Joiner::message)
                .toList();
        return resemblance.join(named).stream()
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

    /** One group may be several messages; it begins with the source that tells most of them apart. */
    private List<List<Sighting>> split(List<Sighting> group) {
        if (group.size() == 1) {
            return List.of(group);
        }
        Map<String, List<Sighting>> bySource = group.stream()
                .sorted(Comparator.comparing((Sighting s) -> s.observation().firstSeen())
                        .thenComparing(Sighting::source))
                .collect(Collectors.groupingBy(Sighting::source, LinkedHashMap::new, Collectors.toList()));
        List<List<List<Sighting>>> toldApart =
                bySource.values().stream().map(passes::messagesIn).toList();
        List<List<Sighting>> all = toldApart.stream().flatMap(List::stream).toList();
        List<List<List<Sighting>>> sources = toldApart.stream()
                .map(source -> parts.together(source, all))
                .sorted(Comparator.comparingInt((List<List<Sighting>> messages) -> messages.size())
                        .reversed())
                .toList();
        List<List<Sighting>> messages = new ArrayList<>();
        sources.getFirst().forEach(message -> messages.add(new ArrayList<>(message)));
        sources.stream().skip(1).forEach(source -> alignment.add(messages, source));
        return reunion.of(doubts.of(messages));
    }

    /** Some systems change its case or drop the brackets. */
    private static Optional<String> messageId(Observation observation) {
        return observation.messageId().flatMap(MailId::messageId).map(id -> id.toLowerCase(Locale.ROOT));
    }

    /** Sightings that share an id, directly or through others; each source id once. */
    private static final class Groups {
        private final Map<String, List<Sighting>> byKey = new LinkedHashMap<>();

        void add(Sighting sighting) {
            List<String> keys = keys(sighting);
            Set<List<Sighting>> touched = Collections.newSetFromMap(new IdentityHashMap<>());
            keys.stream().map(byKey::get).filter(Objects::nonNull).forEach(touched::add);
            List<Sighting> group = touched.size() == 1 ? touched.iterator().next() : together(touched);
            merge(group, sighting);
            keys.forEach(key -> byKey.put(key, group));
        }

        /** What was apart until now is one group under all its keys. */
        private List<Sighting> together(Collection<List<Sighting>> groups) {
            List<Sighting> all = new ArrayList<>();
            groups.forEach(all::addAll);
            all.forEach(member -> keys(member).forEach(key -> byKey.put(key, all)));
            return all;
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
