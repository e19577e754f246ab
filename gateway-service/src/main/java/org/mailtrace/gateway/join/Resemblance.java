package org.mailtrace.gateway.join;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mailtrace.contract.Observation;
import org.mailtrace.contract.Recipient;

/**
 * Joins what carries no Message-ID in one source with what it probably is in others: the same sender, recipient and
 * subject, taken up just after it was handed over, and nothing else that it could be.
 */
final class Resemblance {
    /** Clocks may be 5 minutes apart, and one system between may not have answered. */
    private static final Duration NEAR = Duration.ofMinutes(10);

    private final NextHops hops;

    Resemblance(NextHops hops) {
        this.hops = hops;
    }

    /** The messages, those that resemble exactly one other joined with it. */
    List<Message> join(List<Message> messages) {
        List<Message> result = new ArrayList<>(messages);
        for (Message nameless : messages) {
            if (!isNameless(nameless)) {
                continue;
            }
            List<Message> alike = result.stream()
                    .filter(other -> !isNameless(other) && mayBe(nameless, other))
                    .toList();
            boolean mutual = alike.size() == 1
                    && messages.stream()
                                    .filter(Resemblance::isNameless)
                                    .filter(other -> mayBe(other, alike.getFirst()))
                                    .count()
                            == 1;
            if (mutual) {
                result.remove(nameless);
                result.set(result.indexOf(alike.getFirst()), together(nameless, alike.getFirst()));
            }
        }
        return result;
    }

    private static boolean isNameless(Message message) {
        return message.first(Observation::messageId).isEmpty();
    }

    private static Message together(Message nameless, Message named) {
        List<Sighting> sightings = new ArrayList<>(nameless.sightings());
        sightings.addAll(named.sightings());
        List<String> by = new ArrayList<>(named.by());
        by.addAll(Message.RESEMBLANCE);
        return new Message(sightings, by);
    }

    private boolean mayBe(Message nameless, Message named) {
        boolean otherSources = nameless.sightings().stream().noneMatch(s -> named.seenBy(s.source()));
        return otherSources
                && named.sightings().stream()
                        .noneMatch(s -> s.observation().origin().isPresent())
                && same(nameless.first(Observation::sender), named.first(Observation::sender))
                && same(nameless.first(Observation::subject), named.first(Observation::subject))
                && nameless.sightings().stream()
                        .anyMatch(giver -> named.sightings().stream().anyMatch(taker -> handedOver(giver, taker)));
    }

    private static boolean same(Optional<String> one, Optional<String> other) {
        return one.isPresent()
                && other.filter(text -> normal(text).equals(normal(one.get()))).isPresent();
    }

    private static String normal(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }

    private boolean handedOver(Sighting giver, Sighting taker) {
        return giver.observation().recipients().stream()
                .filter(r -> Addresses.withOnwards(taker.observation()).contains(Addresses.lower(r.address())))
                .filter(r -> hops.targetOf(new Word(giver, r), taker.wordsOn(r.address()))
                        .isPresent())
                .anyMatch(r -> near(giver, r, taker));
    }

    private static boolean near(Sighting giver, Recipient recipient, Sighting taker) {
        Instant handed = new Word(giver, recipient).at();
        return Duration.between(handed, taker.observation().firstSeen()).abs().compareTo(NEAR) <= 0;
    }
}
