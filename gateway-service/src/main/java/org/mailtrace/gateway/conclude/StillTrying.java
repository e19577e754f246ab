package org.mailtrace.gateway.conclude;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.mailtrace.contract.Outcome;
import org.mailtrace.contract.RecipientStatus;

/**
 * The last custodian is still trying, as long as its queue would keep a message; after that nobody has said how it ended. A
 * moderator's decision is waited for until it is refused or expires, which the source then says.
 */
final class StillTrying implements Rule {
    private static final Set<RecipientStatus> ON_ITS_WAY = Set.of(RecipientStatus.IN_TRANSIT, RecipientStatus.DEFERRED);

    private static final String MODERATION = "moderation";

    @Override
    public String name() {
        return "still-trying";
    }

    @Override
    public Optional<Conclusion> conclude(Case recipient) {
        return recipient
                .last()
                .filter(word -> ON_ITS_WAY.contains(word.status()))
                .map(word -> {
                    Instant since = word.sighting().observation().firstSeen();
                    Duration life = recipient.source(word.source()).queueLife();
                    boolean withinLife = !recipient.now().isAfter(since.plus(life))
                            || word.recipient()
                                    .reason()
                                    .filter(MODERATION::equals)
                                    .isPresent();
                    return Conclusion.of(
                            name(),
                            withinLife ? Outcome.PENDING : Outcome.UNDETERMINED,
                            word,
                            word.recipient().reason(),
                            withinLife
                                    ? recipient.words().stillTrying(recipient.title(word.source()), word, since)
                                    : recipient
                                            .words()
                                            .triedTooLong(recipient.title(word.source()), word, since, life));
                });
    }
}
