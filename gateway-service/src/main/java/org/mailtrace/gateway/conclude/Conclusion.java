package org.mailtrace.gateway.conclude;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mailtrace.contract.Outcome;
import org.mailtrace.gateway.join.Word;
import org.mailtrace.gateway.words.Said;

/**
 * What became of a message for one recipient.
 *
 * @param rule the rule that said so, for evidence and tests
 * @param where the last proven custodian, a source's name
 * @param since UTC
 * @param reason an open word
 * @param via addresses of the same mailbox that it went through
 * @param readdressedTo other people's addresses or members that it went to
 * @param words what it rests on
 */
public record Conclusion(
        String rule,
        Outcome outcome,
        Optional<String> where,
        Optional<Instant> since,
        Optional<String> reason,
        List<String> via,
        List<String> readdressedTo,
        String sentence,
        Optional<String> nextAction,
        List<Word> words) {
    public Conclusion {
        via = List.copyOf(via);
        readdressedTo = List.copyOf(readdressedTo);
        words = List.copyOf(words);
    }

    static Conclusion of(String rule, Outcome outcome, Word word, Optional<String> reason, Said said) {
        return new Conclusion(
                rule,
                outcome,
                Optional.of(word.source()),
                Optional.of(word.at()),
                reason,
                List.of(),
                List.of(),
                said.sentence(),
                said.nextAction(),
                List.of(word));
    }

    /** The same, resting on all of these words. */
    Conclusion restingOn(List<Word> evidence) {
        return new Conclusion(rule, outcome, where, since, reason, via, readdressedTo, sentence, nextAction, evidence);
    }
}
