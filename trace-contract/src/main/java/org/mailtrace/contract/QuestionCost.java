package org.mailtrace.contract;

import java.util.Objects;
import java.util.Optional;

/**
 * What a source says about the cost of a question, without asking its vendor anything.
 *
 * @param source the source's name
 * @param state how the source would answer {@code GET /traces} now: {@link SourceState#ANSWERED} if it would look,
 *     {@link SourceState#REPORT_REQUIRED} if only a report can answer, {@link SourceState#THROTTLED} if the budget does not
 *     suffice at the moment, or why it never can
 * @param slices how many stretches of time have to be asked for
 * @param cost the requests
 * @param remaining how many requests the budget allows at this moment, for questions and reports together;
 *     absent while it cannot be counted
 * @param retryAfterSeconds after how long the budget suffices, if it does not now
 * @param explanation one sentence
 */
public record QuestionCost(
        String source,
        SourceState state,
        int slices,
        RequestCost cost,
        Optional<Integer> remaining,
        Optional<Long> retryAfterSeconds,
        String explanation) {
    public QuestionCost {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(cost, "cost");
        remaining = Absent.toEmpty(remaining);
        retryAfterSeconds = Absent.toEmpty(retryAfterSeconds);
        Objects.requireNonNull(explanation, "explanation");
    }
}
