package org.mailtrace.exo.trace;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mailtrace.contract.Question;
import org.mailtrace.contract.SourceAnswer;
import org.mailtrace.contract.SourceState;
import org.mailtrace.exo.words.Words;
import org.mailtrace.source.Page;

/** The answer to one question in the making: what every answer says about the question, the clock and the source. */
final class Answer {
    private final Question question;
    private final Duration settlingTime;
    private final Clock clock;
    private final Instant askedAt;

    Answer(Question question, Duration settlingTime, Clock clock) {
        this.question = question;
        this.settlingTime = settlingTime;
        this.clock = clock;
        this.askedAt = clock.instant();
    }

    /** For an id that this source can never have given: nothing needs to be asked to know that nothing bears it. */
    static SourceAnswer nothing(Clock clock) {
        return new SourceAnswer(
                ExchangeOnline.NAME,
                SourceState.ANSWERED,
                Optional.empty(),
                Optional.empty(),
                Optional.of(Window.searchableFrom(clock.instant())),
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty());
    }

    Question question() {
        return question;
    }

    Instant askedAt() {
        return askedAt;
    }

    /** An answer of a source that did not look, and could not have been asked in any other way either. */
    SourceAnswer without(SourceState state, String explanation) {
        return without(state, explanation, Optional.empty());
    }

    /**
     * An answer of a source that did not look because the budget does not suffice.
     *
     * @param equivalent how an administrator would ask the same
     */
    SourceAnswer throttled(String explanation, Duration wait, Optional<String> equivalent) {
        return without(SourceState.THROTTLED, explanation, equivalent, Optional.of(wait.toSeconds()));
    }

    /**
     * An answer of a source that did not look.
     *
     * @param equivalent how an administrator would ask the same
     */
    SourceAnswer without(SourceState state, String explanation, Optional<String> equivalent) {
        return without(state, explanation, equivalent, Optional.empty());
    }

    private SourceAnswer without(
            SourceState state, String explanation, Optional<String> equivalent, Optional<Long> retryAfterSeconds) {
        return new SourceAnswer(
                ExchangeOnline.NAME,
                state,
                Optional.empty(),
                Optional.empty(),
                Optional.of(Window.searchableFrom(askedAt)),
                Optional.empty(),
                Optional.empty(),
                took(),
                retryAfterSeconds,
                List.of(),
                equivalent,
                Optional.of(explanation),
                List.of(),
                List.of(),
                Optional.empty());
    }

    /**
     * An answer with what was found. When the newest rows were last changed is not known, so {@code dataAsOf} is left
     * out; absence is proven up to the settling time. Where nothing was looked at, nothing was searched.
     *
     * @param tooOld whether the question began before what Exchange Online keeps
     */
    SourceAnswer with(Gathered gathered, Page page, List<String> warnings, Window window, boolean tooOld) {
        Instant searchable = Window.searchableFrom(askedAt);
        boolean looked = gathered.state().looked();
        boolean cut = tooOld && looked;
        Instant settled = askedAt.minus(settlingTime);
        Instant end = question.to().isBefore(askedAt) ? question.to() : askedAt;
        return new SourceAnswer(
                ExchangeOnline.NAME,
                cut ? SourceState.OUT_OF_RETENTION : gathered.state(),
                gathered.lookedAtAll() ? Optional.of(tooOld ? searchable : question.from()) : Optional.empty(),
                gathered.lookedAtAll() ? Optional.of(end) : Optional.empty(),
                Optional.of(searchable),
                Optional.empty(),
                looked ? Optional.of(settled.isBefore(question.to()) ? settled : question.to()) : Optional.empty(),
                took(),
                gathered.retryAfterSeconds(),
                List.of(),
                Equivalent.of(question, window),
                cut ? Optional.of(Words.outOfRetention(searchable)) : gathered.explanation(),
                warnings,
                page.observations(),
                page.next());
    }

    private long took() {
        return Math.max(0, Duration.between(askedAt, clock.instant()).toMillis());
    }
}
