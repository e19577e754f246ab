package org.mailtrace.gateway.join;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mailtrace.contract.NextHop;
import org.mailtrace.contract.Observation;
import org.mailtrace.contract.Recipient;
import org.mailtrace.contract.RecipientStatus;

/**
 * Tells what one source saw under one Message-ID apart: passes of one message through it (a loop, a release, a second
 * attempt, a forward) from messages of their own (a resend, the same message sent to somebody else).
 */
final class Passes {
    /** Where nothing else tells, passes so close belong together. */
    private static final Duration SAME_PASS = Duration.ofHours(1);

    /** Parts that a filter split off were received at the same moment. */
    private static final Duration SAME_MOMENT = Duration.ofSeconds(2);

    /** What a source may still give away later. */
    private static final Set<RecipientStatus> STILL_HERE =
            Set.of(RecipientStatus.QUARANTINED, RecipientStatus.DEFERRED, RecipientStatus.IN_TRANSIT);

    private final NextHops hops;

    Passes(NextHops hops) {
        this.hops = hops;
    }

    /** What one source saw, grouped into messages, oldest first. */
    List<List<Sighting>> messagesIn(List<Sighting> ofOneSource) {
        if (ofOneSource.size() == 1) {
            return List.of(ofOneSource);
        }
        List<List<Sighting>> messages = new ArrayList<>();
        ofOneSource.stream()
                .sorted(Comparator.comparing((Sighting s) -> s.observation().firstSeen())
                        .thenComparing(s -> s.observation().sourceId()))
                .forEach(sighting -> messages.reversed().stream()
                        .filter(message -> belongs(sighting, message))
                        .findFirst()
                        .ifPresentOrElse(
                                message -> message.add(sighting),
                                () -> messages.add(new ArrayList<>(List.of(sighting)))));
        return messages;
    }

    private boolean belongs(Sighting later, List<Sighting> message) {
        return message.stream().noneMatch(earlier -> contradict(earlier.observation(), later.observation()))
                && message.stream().anyMatch(earlier -> samePass(earlier, later));
    }

    /**
     * Ids, senders or subjects that no single message can have; forwarding rewrites the sender, but then for another
     * recipient.
     */
    private static boolean contradict(Observation earlier, Observation later) {
        boolean ids = earlier.networkMessageId().isPresent()
                && later.networkMessageId().isPresent()
                && !earlier.networkMessageId().equals(later.networkMessageId());
        boolean senders = earlier.sender().isPresent()
                && later.sender().isPresent()
                && !earlier.sender().get().equalsIgnoreCase(later.sender().get());
        return ids || (senders && Addresses.shared(earlier, later)) || Subjects.differ(earlier, later);
    }

    private boolean samePass(Sighting earlier, Sighting later) {
        Observation before = earlier.observation();
        Observation after = later.observation();
        if (before.networkMessageId().isPresent() && before.networkMessageId().equals(after.networkMessageId())) {
            return true;
        }
        boolean shared = Addresses.shared(before, after);
        Duration between =
                Duration.between(before.firstSeen(), after.firstSeen()).abs();
        if (before.origin().isPresent() && after.origin().isPresent()) {
            // Both came from where messages begin: only who was put off comes a second time with the same message.
            return shared ? wasPutOff(before) : between.compareTo(SAME_MOMENT) <= 0;
        }
        if (!Custody.cameFromOurs(after)) {
            return wasHeldOrPutOff(before) || between.compareTo(SAME_PASS) <= 0 || !shared;
        }
        return !shared || mayComeAgain(before, after);
    }

    /** Refused for now at the door; what waits for a next host was taken. */
    private static boolean wasPutOff(Observation before) {
        return before.recipients().stream()
                .anyMatch(r ->
                        r.status() == RecipientStatus.DEFERRED && r.nextHop().isEmpty());
    }

    private static boolean wasHeldOrPutOff(Observation before) {
        return wasPutOff(before)
                || before.recipients().stream().anyMatch(r -> r.status() == RecipientStatus.QUARANTINED);
    }

    /** Whether what the later pass has can be what the earlier one gave away to one of ours, or held. */
    private boolean mayComeAgain(Observation before, Observation after) {
        Set<String> again = Addresses.of(after);
        return before.recipients().stream()
                .filter(r -> again.contains(Addresses.lower(r.address())))
                .anyMatch(r -> STILL_HERE.contains(r.status()) || handedToOurs(r));
    }

    private boolean handedToOurs(Recipient recipient) {
        Optional<String> host = recipient.nextHop().map(NextHop::host);
        return recipient.status() == RecipientStatus.PASSED_ON
                && (host.isEmpty() || host.flatMap(hops::sourceOf).isPresent());
    }
}
