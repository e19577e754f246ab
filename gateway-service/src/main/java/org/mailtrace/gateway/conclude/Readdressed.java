package org.mailtrace.gateway.conclude;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mailtrace.contract.Outcome;
import org.mailtrace.contract.RecipientStatus;
import org.mailtrace.gateway.join.Word;
import org.mailtrace.gateway.words.Said;
import org.mailtrace.gateway.words.Words;

/**
 * It went on under another address: of the same mailbox, then that address's outcome is the answer; or of other people,
 * then it is said to whom and how many of them have it.
 */
final class Readdressed implements Rule {
    private static final Set<RecipientStatus> OTHER_PEOPLE =
            Set.of(RecipientStatus.EXPANDED, RecipientStatus.REDIRECTED);
    private static final Set<Outcome> IN_MAILBOX = Set.of(Outcome.DELIVERED, Outcome.JUNKED);
    private static final Set<Outcome> NEVER_ARRIVED =
            Set.of(Outcome.QUARANTINED, Outcome.REJECTED, Outcome.DISCARDED, Outcome.FAILED, Outcome.REMOVED);

    @Override
    public String name() {
        return "readdressed";
    }

    @Override
    public Optional<Conclusion> conclude(Case recipient) {
        return recipient.last().flatMap(word -> {
            if (OTHER_PEOPLE.contains(word.status())) {
                return Optional.of(toOthers(recipient, word));
            }
            return word.status() == RecipientStatus.RESOLVED
                    ? Optional.of(sameMailbox(recipient, word))
                    : Optional.empty();
        });
    }

    private Conclusion sameMailbox(Case recipient, Word word) {
        return word.recipient().relatedAddresses().stream()
                .flatMap(address -> recipient.under(address).stream())
                .findFirst()
                .map(target -> resolved(recipient, word, target, Conclude.one(target)))
                .orElseGet(() -> Conclusion.of(
                        name(),
                        Outcome.UNDETERMINED,
                        word,
                        Optional.empty(),
                        recipient.words().resolvedToNowhere(recipient.title(word.source()))));
    }

    /** What left for another organisation under its new address is no longer mail to a mailbox of ours. */
    private Conclusion resolved(Case recipient, Word word, Case target, Conclusion fate) {
        boolean contact = fate.outcome() == Outcome.HANDED_OFF && recipient.ours() && !target.ours();
        return contact
                ? toAContact(recipient, word, target.address(), fate)
                : underAskedAddress(fate, word, target.address());
    }

    private Conclusion toAContact(Case recipient, Word word, String contact, Conclusion fate) {
        Said said = recipient
                .words()
                .toAContact(
                        recipient.title(word.source()), word, contact, new Said(fate.sentence(), fate.nextAction()));
        List<Word> words = new ArrayList<>(List.of(word));
        words.addAll(fate.words());
        return new Conclusion(
                name(),
                Outcome.READDRESSED,
                Optional.of(word.source()),
                Optional.of(word.at()),
                word.recipient().reason(),
                List.of(),
                List.of(contact),
                said.sentence(),
                said.nextAction(),
                words);
    }

    private static Conclusion underAskedAddress(Conclusion target, Word word, String address) {
        List<String> via = new ArrayList<>(List.of(address));
        via.addAll(target.via());
        List<Word> words = new ArrayList<>(List.of(word));
        words.addAll(target.words());
        return new Conclusion(
                target.rule(),
                target.outcome(),
                target.where().or(() -> Optional.of(word.source())),
                target.since(),
                target.reason(),
                via,
                target.readdressedTo(),
                target.sentence(),
                target.nextAction(),
                words);
    }

    /** Other recipients of the message, of whom nobody knows which are the group's members. */
    private static boolean isGuess(Word word) {
        return word.recipient().reason().filter("members-guessed"::equals).isPresent();
    }

    private Conclusion toOthers(Case recipient, Word word) {
        List<String> others = isGuess(word) ? List.of() : word.recipient().relatedAddresses();
        List<Conclusion> fates = others.stream()
                .flatMap(address -> recipient.under(address).stream())
                .map(Conclude::one)
                .toList();
        long delivered = fates.stream()
                .filter(fate -> IN_MAILBOX.contains(fate.outcome()))
                .count();
        long ended = fates.stream()
                .filter(fate -> NEVER_ARRIVED.contains(fate.outcome()))
                .count();
        Words.Arrivals arrivals = new Words.Arrivals(others.size(), delivered, others.size() - delivered - ended);
        List<Word> words = new ArrayList<>(List.of(word));
        fates.forEach(fate -> words.addAll(fate.words()));
        Said said = word.status() == RecipientStatus.EXPANDED
                ? recipient.words().toAGroup(recipient.title(word.source()), arrivals)
                : recipient.words().toAnotherPerson(recipient.title(word.source()), word, others, arrivals);
        return new Conclusion(
                name(),
                Outcome.READDRESSED,
                Optional.of(word.source()),
                Optional.of(word.at()),
                word.recipient().reason(),
                List.of(),
                others,
                said.sentence(),
                said.nextAction(),
                words);
    }
}
