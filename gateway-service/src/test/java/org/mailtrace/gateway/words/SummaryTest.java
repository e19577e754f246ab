package org.mailtrace.gateway.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mailtrace.contract.SourceAnswer;
import org.mailtrace.contract.SourceState;
import org.mailtrace.gateway.Flow;

class SummaryTest {
    private static final Instant LATELY = Flow.NOW.minus(Duration.ofMinutes(30));

    private final Summary summary = new Summary(Flow.settings(), Flow.CLOCK);

    @Test
    void whatALaterPageShowsIsNotAllThatWasFound() {
        assertThat(say(30, 0, false, true, Flow.NOW))
                .isEqualTo("30 further messages found on this last page. Times are in UTC.");
        assertThat(say(30, 0, true, true, Flow.NOW))
                .isEqualTo("30 further messages found on this page; more follow. Times are in UTC.");
        assertThat(say(30, 0, false, false, Flow.NOW)).isEqualTo("30 messages found. Times are in UTC.");
    }

    @Test
    void anEmptyLastPageIsNoAbsence() {
        assertThat(say(0, 0, false, true, Flow.NOW)).isEqualTo("No further message found; every source looked.");
        assertThat(say(0, 0, false, false, Flow.NOW)).startsWith("No message found between ");
        assertThat(summary.say(
                        Flow.byAddress(),
                        new Summary.Page(0, 0, false, true, false, 0),
                        List.of(Flow.answer("cloud", SourceState.TIMED_OUT, Optional.empty())),
                        Optional.empty(),
                        Set.of()))
                .startsWith("No further message was seen, but that does not prove");
    }

    @Test
    void whatHasAnotherOutcomeIsThatOfThePageAndTheLimitOfTheProofStays() {
        assertThat(say(0, 37, false, true, Flow.NOW))
                .isEqualTo("37 further messages found on this last page, none of them with the outcome asked for.");
        assertThat(say(0, 37, false, false, LATELY))
                .startsWith(
                        "37 messages found, none of them with the outcome asked for. Further ones are ruled out only"
                                + " up to ");
    }

    @Test
    void namesTheZoneOnceWhereThereAreTimes() {
        // given
        Summary west = new Summary(Flow.settings(Map.of("mailtrace.zone", "America/Los_Angeles")), Flow.CLOCK);
        Summary.Page nothing = Summary.Page.whole(0, 0);

        // then
        assertThat(west.say(Flow.byAddress(), nothing, List.of(), Optional.of(Flow.NOW), Set.of()))
                .startsWith("No message found between ")
                .containsOnlyOnce("Times are in America/Los_Angeles.");
        assertThat(west.say(
                        Flow.byAddress(),
                        nothing,
                        List.of(Flow.answer("cloud", SourceState.TIMED_OUT, Optional.empty())),
                        Optional.empty(),
                        Set.of()))
                .doesNotContain("Times are in");
        assertThat(west.notSeenAgain(List.of(Flow.answer("cloud", SourceState.ANSWERED, Optional.of(LATELY)))))
                .endsWith("Times are in America/Los_Angeles.");
    }

    @Test
    void ofMatchesThatAreHeldBackItIsNotSaidThatNothingMatches() {
        assertThat(summary.say(
                        Flow.byAddress(),
                        new Summary.Page(0, 0, true, true, true, 0),
                        List.of(),
                        Optional.of(Flow.NOW),
                        Set.of()))
                .startsWith("Nothing can be shown on this page yet")
                .doesNotContain("match");
        assertThat(say(0, 0, true, true, Flow.NOW)).startsWith("Nothing on this page matches");
    }

    @Test
    void whatASourceShowedToAFurtherQuestionIsKnownThoughNotInFull() {
        // given
        List<SourceAnswer> blind = List.of(Flow.answer("cloud", SourceState.TIMED_OUT, Optional.empty()));
        Summary.Page one = Summary.Page.whole(1, 0);

        // then
        assertThat(summary.say(Flow.byAddress(), one, blind, Optional.empty(), Set.of("cloud")))
                .contains("is not known in full.");
        assertThat(summary.say(Flow.byAddress(), one, blind, Optional.empty(), Set.of("edge")))
                .contains("is not known.");
    }

    @Test
    void saysHowManyMayBePartsOfOthers() {
        assertThat(withParts(3, 1)).startsWith("3 messages found. One of them may be part of another.");
        assertThat(withParts(3, 2)).startsWith("3 messages found. 2 of them may be parts of others.");
        assertThat(withParts(1, 1)).startsWith("1 message found. It may be part of another message.");
        assertThat(withParts(3, 0)).doesNotContain("part");
    }

    private String withParts(int found, long parts) {
        return summary.say(
                Flow.byAddress(),
                new Summary.Page(found, 0, false, false, false, parts),
                List.of(),
                Optional.of(Flow.NOW),
                Set.of());
    }

    private String say(int found, int hidden, boolean more, boolean further, Instant provenUntil) {
        return summary.say(
                Flow.byAddress(),
                new Summary.Page(found, hidden, more, further, false, 0),
                List.of(),
                Optional.of(provenUntil),
                Set.of());
    }
}
