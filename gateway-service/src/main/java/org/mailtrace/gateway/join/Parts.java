package org.mailtrace.gateway.join;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mailtrace.contract.Observation;

/**
 * Puts together what one source told apart by network message id alone although another source handed it over as one
 * message: a system that does not trust a stranger's headers gives each of the transactions in which it got the recipients
 * an id of its own.
 */
final class Parts {
    /** One and the same system handed them over one after the other. */
    private static final Duration ONE_AFTER_THE_OTHER = Duration.ofMinutes(2);

    private final NextHops hops;

    Parts(NextHops hops) {
        this.hops = hops;
    }

    /**
     * One source's messages, those put together that are parts of one.
     *
     * @param others what the other sources saw, each told apart
     */
    List<List<Sighting>> together(List<List<Sighting>> messages, List<List<Sighting>> others) {
        if (messages.size() < 2) {
            return messages;
        }
        List<Given> given = givenTo(messages.getFirst().getFirst().source(), others);
        if (given.isEmpty()) {
            return messages;
        }
        List<Set<String>> handed = given.stream().map(Given::recipients).toList();
        Predicate<String> allShown = recipient -> messages.stream()
                        .filter(message -> addresses(message).contains(recipient))
                        .count()
                == handed.stream().filter(all -> all.contains(recipient)).count();
        List<List<Sighting>> result = new ArrayList<>();
        messages.stream()
                .sorted(Comparator.comparing(
                        message -> message.getFirst().observation().firstSeen()))
                .forEach(message -> result.reversed().stream()
                        .filter(earlier -> mayBeParts(earlier, message)
                                && (areParts(earlier, message, handed, allShown)
                                        || areGivenByOne(earlier, message, given, messages)))
                        .findFirst()
                        .ifPresentOrElse(
                                earlier -> earlier.addAll(message), () -> result.add(new ArrayList<>(message))));
        return result;
    }

    /** What each message of another source gave to this one. */
    private List<Given> givenTo(String source, List<List<Sighting>> others) {
        return others.stream()
                .map(message -> new Given(message.stream()
                        .filter(giver -> !giver.source().equals(source))
                        .flatMap(giver ->
                                giver.observation().recipients().stream().map(recipient -> new Word(giver, recipient)))
                        .filter(word ->
                                hops.ownerOf(word).filter(source::equals).isPresent())
                        .toList()))
                .filter(given -> !given.words.isEmpty())
                .toList();
    }

    /** What one message was handed over with. */
    private record Given(List<Word> words) {
        Set<String> recipients() {
            return words.stream()
                    .map(word -> Addresses.lower(word.recipient().address()))
                    .collect(Collectors.toSet());
        }

        /** Whether a receipt may be that of this, by its recipients and its time. */
        boolean mayReach(Sighting receipt) {
            return wordsOn(receipt).anyMatch(word -> mayReach(word, receipt));
        }

        /** Whether it is at the time of a receipt, and no other receipt for the same recipient may be its own. */
        boolean reaches(Sighting receipt, List<List<Sighting>> all) {
            return wordsOn(receipt)
                    .filter(word -> word.isNear(receipt.observation().firstSeen()))
                    .anyMatch(word -> all.stream()
                                    .filter(message ->
                                            message.stream().anyMatch(each -> isOn(word, each) && mayReach(word, each)))
                                    .count()
                            == 1);
        }

        private Stream<Word> wordsOn(Sighting receipt) {
            return words.stream().filter(word -> isOn(word, receipt));
        }

        private static boolean isOn(Word word, Sighting receipt) {
            return Addresses.withOnwards(receipt.observation())
                    .contains(Addresses.lower(word.recipient().address()));
        }

        private static boolean mayReach(Word word, Sighting receipt) {
            return !word.saysWhen() || word.isNear(receipt.observation().firstSeen());
        }
    }

    /**
     * Whether one and the same message was handed over for both at the time of each, and no other may have been: then it does
     * not matter how long after the first the second came.
     *
     * @param all what the source that got it told apart
     */
    private static boolean areGivenByOne(
            List<Sighting> earlier, List<Sighting> later, List<Given> given, List<List<Sighting>> all) {
        List<Given> givers = given.stream()
                .filter(one -> Stream.concat(earlier.stream(), later.stream()).anyMatch(one::mayReach))
                .toList();
        return givers.size() == 1
                && Stream.concat(earlier.stream(), later.stream())
                        .allMatch(receipt -> givers.getFirst().reaches(receipt, all));
    }

    /**
     * @param allShown whether a recipient was handed over as often as this source shows it: where a row is not visible yet,
     *     another sending's would take its place
     */
    private static boolean areParts(
            List<Sighting> earlier, List<Sighting> later, List<Set<String>> handed, Predicate<String> allShown) {
        Set<String> one = addresses(earlier);
        Set<String> other = addresses(later);
        return handed.stream()
                        .anyMatch(recipients -> !Collections.disjoint(recipients, one)
                                && !Collections.disjoint(recipients, other)
                                && recipients.stream()
                                        .filter(recipient -> one.contains(recipient) || other.contains(recipient))
                                        .allMatch(allShown))
                && earlier.stream().anyMatch(a -> later.stream().anyMatch(b -> near(a, b)));
    }

    private static boolean mayBeParts(List<Sighting> earlier, List<Sighting> later) {
        return Collections.disjoint(addresses(earlier), addresses(later))
                && earlier.stream().allMatch(a -> later.stream().allMatch(b -> mayBeOne(a, b)));
    }

    private static boolean mayBeOne(Sighting one, Sighting other) {
        Observation a = one.observation();
        Observation b = other.observation();
        return a.origin().isEmpty()
                && b.origin().isEmpty()
                && a.networkMessageId().isPresent()
                && b.networkMessageId().isPresent()
                && !differ(a.sender(), b.sender())
                && !Subjects.differ(a, b);
    }

    static boolean differ(Optional<String> one, Optional<String> other) {
        return one.isPresent()
                && other.filter(sender -> !sender.equalsIgnoreCase(one.get())).isPresent();
    }

    private static boolean near(Sighting one, Sighting other) {
        return Duration.between(
                                one.observation().firstSeen(),
                                other.observation().firstSeen())
                        .abs()
                        .compareTo(ONE_AFTER_THE_OTHER)
                <= 0;
    }

    private static Set<String> addresses(List<Sighting> message) {
        Set<String> addresses = new HashSet<>();
        message.forEach(sighting -> addresses.addAll(Addresses.withOnwards(sighting.observation())));
        return addresses;
    }
}
