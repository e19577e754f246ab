package org.mailtrace.gateway.words;

import java.util.Optional;

/** One sentence and what to do next. */
public record Said(String sentence, Optional<String> nextAction) {
    static Said of(String sentence, String nextAction) {
        return new Said(sentence, Optional.of(nextAction));
    }
}
