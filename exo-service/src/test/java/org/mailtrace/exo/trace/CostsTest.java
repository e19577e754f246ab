package org.mailtrace.exo.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mailtrace.contract.Question;
import org.mailtrace.contract.QuestionCost;
import org.mailtrace.contract.SourceState;
import org.mailtrace.exo.TickingClock;
import org.mailtrace.exo.quota.Priority;
import org.mailtrace.exo.quota.RequestBudget;
import org.mailtrace.exo.words.Words;
import org.mailtrace.http.guard.SourceFailure;

class CostsTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final String TWO = "ana@rivercounty.example,ben@rivercounty.example";

    private final TickingClock clock = new TickingClock(NOW.toString());
    private final Left left = new Left(100);
    private final Costs costs = TraceParts.costs(left, Map.of(), clock);

    @Test
    void tellsTheRequestsOfAQuestionThatIsAnsweredAtOnce() {
        // when
        QuestionCost cost = costs.of(question(Map.of("recipient", TWO)));

        // then
        assertThat(cost.state()).isEqualTo(SourceState.ANSWERED);
        assertThat(cost.cost().rowRequests()).isEqualTo(2);
        assertThat(cost.cost().detailRequests()).isEqualTo(8);
        assertThat(cost.remaining()).contains(100);
        assertThat(cost.explanation()).contains("2 requests", "at most 8");
    }

    @Test
    void countsEverySliceAndRecipientAndTheNewestHoursTwiceForAReport() {
        // when
        QuestionCost cost = costs.of(question(Map.of("recipient", TWO, "from", daysAgo(25))));

        // then
        assertThat(cost.state()).isEqualTo(SourceState.REPORT_REQUIRED);
        assertThat(cost.slices()).isEqualTo(3);
        assertThat(cost.cost().rowRequests()).isEqualTo(3 * 2 + 2);
        assertThat(cost.cost().detailRequests()).isZero();
        assertThat(cost.cost().aboutSeconds()).contains(8L);
        assertThat(cost.explanation()).contains("POST /reports", "8 requests");
    }

    @Test
    void saysHowLongAReportTakesAtThePresentBudget() {
        // given: 70 of 100 requests are for reports, and questions have used 60 by now
        left.requests = 40;

        // when
        QuestionCost cost = costs.of(question(Map.of("recipient", TWO, "advanced", "true")));

        // then: 504 requests, 10 now, 494 in eight windows of 70
        assertThat(cost.cost().rowRequests() + cost.cost().detailRequests()).isEqualTo(504);
        assertThat(cost.cost().aboutSeconds()).contains(8 * 300L + 504);
        assertThat(cost.explanation()).contains("about 49 minutes");
    }

    @Test
    void refusesBeforeAnythingIsSpentWhatTheBudgetDoesNotCover() {
        // given
        left.requests = 1;

        // when
        QuestionCost cost = costs.of(question(Map.of("recipient", TWO)));

        // then
        assertThat(cost.state()).isEqualTo(SourceState.THROTTLED);
        assertThat(cost.retryAfterSeconds()).contains(300L);
        assertThat(costs.refusal(2)).contains(Duration.ofMinutes(5));
        assertThat(costs.refusal(1)).isEmpty();
    }

    @Test
    void leavesItToTheFirstRequestToSayHowLongASpentBudgetLasts() {
        // given
        left.requests = 0;

        // then
        assertThat(costs.refusal(2)).isEmpty();
    }

    @Test
    void neverAnswersAtOnceWhatTheWholeBudgetDoesNotCover() {
        // given
        Costs small = TraceParts.costs(left, Map.of("mailtrace.exo.quota.requests", "1"), clock);

        // then
        assertThat(small.of(question(Map.of("recipient", TWO))).state()).isEqualTo(SourceState.REPORT_REQUIRED);
    }

    @Test
    void saysWhatNeverCanBeAnswered() {
        // when
        QuestionCost old = costs.of(question(Map.of("recipient", TWO, "from", daysAgo(99), "to", daysAgo(95))));
        QuestionCost nobody = costs.of(question(Map.of("sender", "<>")));

        // then
        assertThat(old.state()).isEqualTo(SourceState.OUT_OF_RETENTION);
        assertThat(old.cost().rowRequests()).isZero();
        assertThat(nobody.state()).isEqualTo(SourceState.CANNOT_ANSWER);
        assertThat(nobody.explanation()).isEqualTo(Words.NULL_SENDER_ALONE);
    }

    @Test
    void tellsTheCostAlsoWhileTheBudgetCannotBeCounted() {
        // given
        left.broken = true;

        // when
        QuestionCost cost = costs.of(question(Map.of("recipient", TWO, "from", daysAgo(25))));

        // then
        assertThat(cost.remaining()).isEmpty();
        assertThat(cost.cost().rowRequests()).isEqualTo(8);
        assertThat(cost.cost().aboutSeconds()).isEmpty();
    }

    private Question question(Map<String, String> parameters) {
        Map<String, List<String>> given = new HashMap<>();
        parameters.forEach((name, value) -> given.put(name, List.of(value)));
        return Question.parse(given, clock.instant());
    }

    private static String daysAgo(int days) {
        return NOW.minus(Duration.ofDays(days)).toString();
    }

    private static final class Left implements RequestBudget {
        private int requests;
        private boolean broken;

        private Left(int requests) {
            this.requests = requests;
        }

        @Override
        public Optional<Duration> take(Priority priority) {
            return Optional.empty();
        }

        @Override
        public int remaining() {
            if (broken) {
                throw new SourceFailure(SourceState.FAILED, "The store of the budget does not answer.");
            }
            return requests;
        }

        @Override
        public Duration pause(Optional<Duration> pause) {
            return Duration.ZERO;
        }
    }
}
