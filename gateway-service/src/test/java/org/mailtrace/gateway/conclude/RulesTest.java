package org.mailtrace.gateway.conclude;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailtrace.gateway.Flow.ANA;
import static org.mailtrace.gateway.Flow.ID;
import static org.mailtrace.gateway.Flow.NOW;
import static org.mailtrace.gateway.Flow.ago;
import static org.mailtrace.gateway.Flow.answer;
import static org.mailtrace.gateway.Flow.byAddress;
import static org.mailtrace.gateway.Flow.byId;
import static org.mailtrace.gateway.Flow.held;
import static org.mailtrace.gateway.Flow.is;
import static org.mailtrace.gateway.Flow.observation;
import static org.mailtrace.gateway.Flow.onwards;
import static org.mailtrace.gateway.Flow.passedTo;
import static org.mailtrace.gateway.Flow.question;
import static org.mailtrace.gateway.Flow.row;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.mailtrace.contract.EventType;
import org.mailtrace.contract.MailId;
import org.mailtrace.contract.NextHop;
import org.mailtrace.contract.Observation;
import org.mailtrace.contract.Origin;
import org.mailtrace.contract.Outcome;
import org.mailtrace.contract.Quarantine;
import org.mailtrace.contract.QuarantineState;
import org.mailtrace.contract.Recipient;
import org.mailtrace.contract.RecipientStatus;
import org.mailtrace.contract.SourceState;
import org.mailtrace.gateway.Flow;
import org.mailtrace.gateway.ask.Inquiry;
import org.mailtrace.gateway.join.Message;
import org.mailtrace.gateway.join.NextHops;
import org.mailtrace.gateway.join.Sighting;
import org.mailtrace.gateway.settings.GatewaySettings;
import org.mailtrace.gateway.words.Words;

class RulesTest {
    private static final String BOB = "bob@contoso.example";
    private static final String OTHER = "ana@rivercounty.cloud.example";

    private final GatewaySettings settings = Flow.settings();
    private final Conclude conclude =
            new Conclude(settings, new NextHops(settings), new Words(settings, Flow.CLOCK), Flow.CLOCK);

    @Test
    void standInTheOrderOfTheContract() {
        assertThat(Rules.IN_ORDER.stream().map(Rule::name))
                .containsExactly(
                        "in-mailbox",
                        "held-in-quarantine",
                        "final-word",
                        "readdressed",
                        "still-trying",
                        "handed-outside",
                        "taken-up-in-part",
                        "not-tellable",
                        "next-hop-did-not-look",
                        "not-visible-yet",
                        "other-with-same-id",
                        "missing-at-next-hop",
                        "nothing-proven");
    }

    @Test
    void areAllNamedInTheirOrderByThePageAboutThem() throws IOException {
        // given
        String page = Files.readString(Path.of("../docs/conclusions.md"));

        // when
        List<String> named = Pattern.compile("^\\| `([a-z-]+)` \\|", Pattern.MULTILINE)
                .matcher(page.substring(page.indexOf("## The rules"), page.indexOf("## What belongs to a message")))
                .results()
                .map(found -> found.group(1))
                .toList();

        // then
        assertThat(named).isEqualTo(Rules.IN_ORDER.stream().map(Rule::name).toList());
    }

    // Rule 1

    @ParameterizedTest
    @CsvSource({"DELIVERED, DELIVERED", "JUNKED, JUNKED", "RECALLED, REMOVED"})
    void aMailboxCounts(RecipientStatus status, Outcome outcome) {
        // given
        Flow flow = new Flow()
                .saw("edge", 100, passedTo(ANA, "in.cloud.example", "250 ok", 100))
                .saw("cloud", 99, is(status, 99));

        // when
        Conclusion conclusion = ana(flow);

        // then
        assertThat(conclusion.outcome()).isEqualTo(outcome);
        assertThat(conclusion.where()).contains("cloud");
        assertThat(conclusion.since()).contains(ago(99));
    }

    @Test
    void aDeliveryBeatsTheQuarantineOfAnEarlierPass() {
        // given
        Flow flow = new Flow()
                .saw("edge", 100, held(QuarantineState.GONE))
                .saw("cloud", 20, is(RecipientStatus.DELIVERED, 20));

        // then
        assertThat(ana(flow).outcome()).isEqualTo(Outcome.DELIVERED);
        assertThat(ana(flow).sentence()).doesNotContain("released");
    }

    @Test
    void aRecallInOneMailboxLeavesTheOtherMailboxItsMessage() {
        // given
        Flow flow = new Flow()
                .saw("house", 100, is(RecipientStatus.RECALLED, 90))
                .saw("cloud", 99, is(RecipientStatus.DELIVERED, 99));

        // then
        assertThat(ana(flow).outcome()).isEqualTo(Outcome.DELIVERED);
        assertThat(ana(flow).where()).contains("cloud");
    }

    @Test
    void aRecallEventAfterTheDeliveryUndoesIt() {
        // given
        var delivered =
                observation("cloud", 100, Optional.of(ID), Optional.empty(), true, is(RecipientStatus.DELIVERED, 100));

        // then
        assertThat(ana(new Flow().saw("cloud", Flow.with(delivered, EventType.RECALL, 50)))
                        .outcome())
                .isEqualTo(Outcome.REMOVED);
        assertThat(ana(new Flow().saw("cloud", Flow.with(delivered, EventType.RECALL, 120)))
                        .outcome())
                .isEqualTo(Outcome.DELIVERED);
    }

    // Rule 2

    @Test
    void aHeldMessageHasReachedNoMailboxOnlyWhenTheMailboxSystemsLooked() {
        // given
        Flow allLooked = new Flow().saw("edge", 100, held(QuarantineState.PRESENT));
        Flow cloudIsAway =
                new Flow().saw("edge", 100, held(QuarantineState.PRESENT)).blind("cloud", SourceState.TIMED_OUT);

        // then
        assertThat(ana(allLooked).outcome()).isEqualTo(Outcome.QUARANTINED);
        assertThat(ana(allLooked).sentence()).isEqualTo("Edge holds it; it has not reached the mailbox.");
        assertThat(ana(cloudIsAway).outcome()).isEqualTo(Outcome.QUARANTINED);
        assertThat(ana(cloudIsAway).sentence())
                .doesNotContain("has not reached")
                .contains("not checked");
    }

    @Test
    void aHeldMessageHasReachedNoMailboxOnlyAsFarAsTheRecordsReach() {
        // given a message that was held at 10:20
        Flow lags = new Flow().saw("edge", 100, held(QuarantineState.PRESENT)).lookedUntil("cloud", ago(60));
        Flow lagsBehind =
                new Flow().saw("edge", 100, held(QuarantineState.PRESENT)).lookedUntil("cloud", ago(101));
        Flow gone = new Flow().saw("edge", 100, held(QuarantineState.GONE)).lookedUntil("cloud", ago(60));
        Flow goneLately =
                new Flow().saw("edge", 100, held(QuarantineState.GONE)).lookedUntil("cloud", ago(101));

        // then
        assertThat(ana(lags).sentence()).isEqualTo("Edge holds it; up to 11:00 it has not reached the mailbox.");
        assertThat(ana(lagsBehind).sentence())
                .isEqualTo("Edge holds it; whether a copy reached the mailbox does not show yet.");
        assertThat(ana(gone).sentence()).contains("no later delivery was seen up to 11:00.");
        assertThat(ana(goneLately).sentence()).contains("whether it was delivered later does not show yet.");
    }

    @Test
    void aQuarantineThatCouldNotBeCheckedIsSaidToBeUnchecked() {
        Conclusion conclusion = ana(new Flow().saw("edge", 100, held(QuarantineState.UNKNOWN)));

        assertThat(conclusion.outcome()).isEqualTo(Outcome.QUARANTINED);
        assertThat(conclusion.sentence()).contains("could not be checked");
    }

    @Test
    void aMessageGoneFromQuarantineIsNotCalledReleased() {
        Conclusion conclusion = ana(new Flow().saw("edge", 100, held(QuarantineState.GONE)));

        assertThat(conclusion.outcome()).isEqualTo(Outcome.UNDETERMINED);
        assertThat(conclusion.sentence()).contains("released", "expired", "deleted");
    }

    // Rule 3

    @ParameterizedTest
    @CsvSource({"FAILED, FAILED", "REJECTED, REJECTED", "SPAM_FILTERED, REJECTED", "DISCARDED, DISCARDED"})
    void theLastCustodiansFinalWordCounts(RecipientStatus status, Outcome outcome) {
        // given
        Flow flow = new Flow()
                .saw("edge", 100, passedTo(ANA, "in.cloud.example", "250 ok", 100))
                .saw("cloud", 99, is(status, 99));

        // then
        assertThat(ana(flow).outcome()).isEqualTo(outcome);
        assertThat(ana(flow).where()).contains("cloud");
    }

    @Test
    void blockedSpamIsNotCalledReleasable() {
        assertThat(ana(new Flow().saw("cloud", 100, is(RecipientStatus.SPAM_FILTERED, 100)))
                        .sentence())
                .contains("cannot be released");
    }

    @Test
    void clocksOfDifferentSystemsDoNotOrderThem() {
        // given the cloud's clock runs four minutes behind, so that its failure looks earlier than the hand-over
        Flow flow = new Flow()
                .saw("edge", 100, passedTo(ANA, "in.cloud.example", "250 ok", 100))
                .saw("cloud", 104, is(RecipientStatus.FAILED, 104));

        // then
        assertThat(ana(flow).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(ana(flow).where()).contains("cloud");
    }

    // Rule 4

    @Test
    void anotherAddressOfTheSameMailboxHasTheSameFate() {
        // given
        Flow flow = new Flow()
                .saw(
                        "house",
                        100,
                        onwards(RecipientStatus.RESOLVED, OTHER),
                        passedTo(OTHER, "in.cloud.example", "250 ok", 100))
                .saw(
                        "cloud",
                        99,
                        row(OTHER, RecipientStatus.DELIVERED, 99, Optional.empty(), List.of(), Optional.empty()));

        // when
        Conclusion conclusion = ana(flow);

        // then
        assertThat(conclusion.outcome()).isEqualTo(Outcome.DELIVERED);
        assertThat(conclusion.where()).contains("cloud");
        assertThat(conclusion.via()).containsExactly(OTHER);
        assertThat(conclusion.readdressedTo()).isEmpty();
    }

    @Test
    void aContactIsAnotherPersonWhoseMailboxIsElsewhere() {
        // given
        String contact = "office@surveyors.example";
        Flow flow = new Flow()
                .saw(
                        "house",
                        100,
                        onwards(RecipientStatus.RESOLVED, contact),
                        passedTo(contact, "mail.surveyors.example", "250 ok", 100));

        // when
        Conclusion conclusion = ana(flow);

        // then
        assertThat(conclusion.outcome()).isEqualTo(Outcome.READDRESSED);
        assertThat(conclusion.readdressedTo()).containsExactly(contact);
        assertThat(conclusion.via()).isEmpty();
        assertThat(conclusion.sentence()).contains(contact, "elsewhere", "mail.surveyors.example accepted it");
    }

    @Test
    void aGroupNamesItsMembersAndCountsOnlyThoseThatHaveIt() {
        // given
        Flow flow = new Flow()
                .saw(
                        "house",
                        100,
                        onwards(RecipientStatus.EXPANDED, "one@rivercounty.example", "two@rivercounty.example"),
                        row(
                                "one@rivercounty.example",
                                RecipientStatus.DELIVERED,
                                99,
                                Optional.empty(),
                                List.of(),
                                Optional.empty()));

        // when
        Conclusion conclusion = ana(flow);

        // then
        assertThat(conclusion.outcome()).isEqualTo(Outcome.READDRESSED);
        assertThat(conclusion.readdressedTo()).containsExactly("one@rivercounty.example", "two@rivercounty.example");
        assertThat(conclusion.sentence()).contains("2 members", "the sources show it delivered to 1");
    }

    @Test
    void addressesThatLeadToEachOtherEnd() {
        // given
        Flow flow = new Flow()
                .saw(
                        "house",
                        100,
                        onwards(RecipientStatus.RESOLVED, OTHER),
                        row(OTHER, RecipientStatus.RESOLVED, 100, Optional.empty(), List.of(ANA), Optional.empty()));

        // then
        assertThat(ana(flow).outcome()).isEqualTo(Outcome.UNDETERMINED);
    }

    // Rule 5

    @ParameterizedTest
    @EnumSource(names = {"IN_TRANSIT", "DEFERRED"})
    void whatIsBeingTriedIsPendingForAsLongAsItsQueueLives(RecipientStatus status) {
        assertThat(ana(new Flow().saw("cloud", 24 * 60, is(status, 10))).outcome())
                .isEqualTo(Outcome.PENDING);
        assertThat(ana(new Flow().saw("cloud", 24 * 60 + 1, is(status, 10))).outcome())
                .isEqualTo(Outcome.UNDETERMINED);
    }

    @ParameterizedTest
    @CsvSource({"QUARANTINED, QUARANTINED", "REJECTED, REJECTED", "FAILED, FAILED"})
    void whoHasItCountsThoughWhoHandedItOverBelievesToBeStillTrying(RecipientStatus status, Outcome outcome) {
        // given that the reply to the edge was lost
        Recipient tried = row(
                ANA,
                RecipientStatus.DEFERRED,
                90,
                Optional.of(new NextHop("in.cloud.example", Optional.of("421 timed out"))),
                List.of(),
                Optional.empty());
        Flow flow = new Flow().saw("edge", 110, tried).saw("cloud", 100, is(status, 100));

        // then
        assertThat(ana(flow).outcome()).isEqualTo(outcome);
        assertThat(ana(flow).where()).contains("cloud");
    }

    // Rule 6

    @Test
    void whatWasPutOffWithoutANextHostIsNotSaidToBeTriedByWhoPutItOff() {
        // given
        Recipient atTheDoor = waits(
                RecipientStatus.DEFERRED, 60, "greylisting", "The sender's server has to try again.", "Wait for it.");
        Recipient longAgo = waits(
                RecipientStatus.DEFERRED, 7 * 24 * 60, "greylisting", "The sender's server has to try again.", "Wait.");

        // when
        Conclusion conclusion = ana(new Flow().saw("edge", 60, atTheDoor));
        Conclusion old = ana(new Flow().saw("edge", 7 * 24 * 60, longAgo));

        // then
        assertThat(conclusion.sentence()).isEqualTo("Edge put it off at 11:00. The sender's server has to try again.");
        assertThat(conclusion.nextAction()).contains("Wait for it.");
        assertThat(old.outcome()).isEqualTo(Outcome.UNDETERMINED);
        assertThat(old.sentence())
                .startsWith("Edge put it off on 16 November")
                .endsWith("The sender's server has to try again. That was longer ago than 5 days, and no end is"
                        + " recorded.");
    }

    @Test
    void whatASourceWaitsForItSaysItselfAndNoCodeWordIsShown() {
        // given
        Recipient unseen = waits(
                RecipientStatus.IN_TRANSIT,
                60,
                "hand-over-not-seen",
                "Its records do not show that the next server took it over.",
                "Look for it in the next system.");

        // when
        Conclusion conclusion = ana(new Flow().saw("edge", 60, unseen));

        // then
        assertThat(conclusion.outcome()).isEqualTo(Outcome.PENDING);
        assertThat(conclusion.sentence())
                .isEqualTo("Edge got it at 11:00. Its records do not show that the next server took it over.");
        assertThat(conclusion.nextAction()).contains("Look for it in the next system.");
        assertThat(conclusion.reason()).contains("hand-over-not-seen");
    }

    @Test
    void aModeratorIsWaitedForUntilItIsRefusedOrExpires() {
        // given
        Recipient waiting = waits(
                RecipientStatus.IN_TRANSIT,
                5 * 24 * 60,
                "moderation",
                "The message waits for a moderator.",
                "Ask the moderator to decide.");

        // when
        Conclusion conclusion = ana(new Flow().saw("cloud", 5 * 24 * 60, waiting));

        // then
        assertThat(conclusion.outcome()).isEqualTo(Outcome.PENDING);
        assertThat(conclusion.sentence()).endsWith("The message waits for a moderator.");
        assertThat(conclusion.nextAction()).contains("Ask the moderator to decide.");
    }

    @Test
    void whoTriesAHostSaysWhatThatAnsweredAndWhenToLookAgain() {
        // given
        Recipient trying = row(
                ANA,
                RecipientStatus.DEFERRED,
                10,
                Optional.of(new NextHop("mx.contoso.example", Optional.of("421 4.7.0 Too busy."))),
                List.of(),
                Optional.empty());

        // when
        Conclusion conclusion = ana(new Flow().saw("edge", 60, trying));

        // then
        assertThat(conclusion.sentence()).isEqualTo("Edge has been trying since 11:00: 421 4.7.0 Too busy.");
        assertThat(conclusion.nextAction()).contains("Do not send it again; look once more at 13:00.");
    }

    private static Recipient waits(
            RecipientStatus status, long minutesAgo, String reason, String explanation, String nextAction) {
        return new Recipient(
                ANA,
                status,
                Optional.of("raw"),
                Optional.of(ago(minutesAgo)),
                Optional.of(reason),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                explanation,
                Optional.of(nextAction));
    }

    @Test
    void aHostOutsideAllSourcesIsQuotedWithItsReply() {
        Conclusion conclusion =
                of(BOB, new Flow().saw("edge", 100, passedTo(BOB, "mx.contoso.example", "250 queued", 100)));

        assertThat(conclusion.outcome()).isEqualTo(Outcome.HANDED_OFF);
        assertThat(conclusion.where()).contains("edge");
        assertThat(conclusion.sentence()).contains("mx.contoso.example accepted it", "250 queued");
    }

    @Test
    void aHandOverToASystemThatIsNotTracedIsNeverSaidToBeMissingThere() {
        // given
        GatewaySettings off = Flow.settings(Map.of("mailtrace.sources.cloud.enabled", "false"));
        Conclude without = new Conclude(off, new NextHops(off), new Words(off, Flow.CLOCK), Flow.CLOCK);
        Flow ours = new Flow().saw("edge", 300, passedTo(ANA, "in.cloud.example", "250 ok", 300));
        Flow theirs = new Flow().saw("edge", 300, passedTo(BOB, "contoso.cloud.example", "250 ok", 300));

        // when
        Conclusion conclusion = without.conclude(ours.message(), ANA, ours.inquiry());
        Conclusion others = without.conclude(theirs.message(), BOB, theirs.inquiry());

        // then
        assertThat(conclusion.outcome()).isEqualTo(Outcome.HANDED_OFF);
        assertThat(conclusion.where()).contains("edge");
        assertThat(conclusion.sentence())
                .startsWith("in.cloud.example accepted it")
                .endsWith("That host belongs to Cloud, which is not searched here, so what happened after that is not"
                        + " known.");
        assertThat(conclusion.nextAction()).contains("Search for it in Cloud itself, with the Message-ID.");
        assertThat(others.outcome()).isEqualTo(Outcome.HANDED_OFF);
        assertThat(others.sentence()).doesNotContain("Cloud").endsWith("only the administrator of that host can see.");
    }

    @Test
    void aHostThatGaveNoReplyIsNotSaidToHaveAccepted() {
        assertThat(of(BOB, new Flow().saw("edge", 100, passedTo(BOB, "mx.contoso.example", "", 100)))
                        .sentence())
                .doesNotContain("accepted");
    }

    @Test
    void theCloudsHostIsAnotherOrganisationsWhenTheRecipientIsNotOursAndOurCloudHasNothing() {
        // given
        Recipient handed = passedTo(BOB, "contoso.cloud.example", "250 ok", 300);

        // then
        assertThat(of(BOB, new Flow().saw("edge", 300, handed)).outcome()).isEqualTo(Outcome.HANDED_OFF);
        assertThat(of(BOB, new Flow().saw("edge", 300, handed).blind("cloud", SourceState.FAILED))
                        .outcome())
                .isEqualTo(Outcome.UNDETERMINED);
    }

    @Test
    void aCloudsHostNamedAfterAnotherDomainIsAnotherOrganisationsWhereverTheMessageBegan() {
        // given
        Recipient toTheEdge = passedTo(BOB, "198.51.100.7", "250 ok", 297);
        Recipient handed = passedTo(BOB, "contoso-example.cloud.example", "250 ok", 300);
        Flow ahead = new Flow().saw("cloud", begunHere("cloud", 299, toTheEdge)).saw("edge", 302, handed);
        Flow dead = new Flow().saw("edge", 300, handed).blind("cloud", SourceState.FAILED);

        // then
        assertThat(of(BOB, ahead).outcome()).isEqualTo(Outcome.HANDED_OFF);
        assertThat(of(BOB, ahead).where()).contains("edge");
        assertThat(of(BOB, new Flow().saw("edge", 10, passedTo(BOB, "contoso-example.cloud.example", "250 ok", 10)))
                        .outcome())
                .as("no row is waited for")
                .isEqualTo(Outcome.HANDED_OFF);
        assertThat(of(BOB, dead).outcome())
                .as("our list of domains may lack one")
                .isEqualTo(Outcome.UNDETERMINED);
        assertThat(of(BOB, dead).rule()).isEqualTo("next-hop-did-not-look");
    }

    @Test
    void whatOurCloudHasFromNobodyElseIsOursWhateverItsHostIsCalled() {
        // given the cloud's clock is a minute slow, and the list of domains lacks the recipient's
        Recipient handed = passedTo(BOB, "contoso-example.cloud.example", "250 ok", 300);
        Recipient quarantined = row(
                BOB,
                RecipientStatus.QUARANTINED,
                301,
                Optional.empty(),
                List.of(),
                Optional.of(new Quarantine(
                        Optional.of("Bulk"), Optional.empty(), QuarantineState.PRESENT, Optional.empty())));
        Flow slow = new Flow().saw("edge", 300, handed).saw("cloud", 301, quarantined);

        // then
        assertThat(of(BOB, slow).outcome()).isEqualTo(Outcome.QUARANTINED);
        assertThat(of(BOB, slow).where()).contains("cloud");
    }

    @Test
    void whatWentThroughOurCloudBeforeIsAnotherOrganisationsAfterwards() {
        // given
        Recipient out = passedTo(BOB, "198.51.100.7", "250 ok", 299);
        Recipient handed = passedTo(BOB, "contoso-example.cloud.example", "250 ok", 297);
        Flow forwarded = new Flow()
                .saw("cloud", 300, out)
                .saw(
                        "edge",
                        Flow.comingFromOurs(observation("edge", 298, Optional.of(ID), Optional.empty(), true, handed)));

        // then
        assertThat(of(BOB, forwarded).outcome()).isEqualTo(Outcome.HANDED_OFF);
        assertThat(of(BOB, forwarded).where()).contains("edge");
    }

    @Test
    void ourOwnCloudsHostStaysOurs() {
        // given
        Recipient handed = passedTo(ANA, "rivercounty-example.cloud.example", "250 ok", 300);

        // then
        assertThat(ana(new Flow().saw("edge", 300, handed)).outcome()).isEqualTo(Outcome.MISSING_AT_NEXT_HOP);
    }

    @Test
    void inACircleTheOneWhoSawTheOriginWasTheFirstWhateverTheClocksSay() {
        // given
        Recipient toTheEdge = passedTo(BOB, "198.51.100.7", "250 ok", 297);
        Recipient back = passedTo(BOB, "in.cloud.example", "250 ok", 300);
        Flow circle = new Flow().saw("edge", 302, back).saw("cloud", begunHere("cloud", 299, toTheEdge));

        // then
        assertThat(of(BOB, circle).where()).contains("edge");
    }

    private static Observation begunHere(String source, long minutesAgo, Recipient recipient) {
        return observation(source, minutesAgo, Optional.of(ID), Optional.of(Origin.MAILBOX), true, recipient);
    }

    // Rule 7

    @Test
    void aPartialListOfTheNextSourceExcludesNobody() {
        // given
        Recipient another = row(
                "eve@rivercounty.example",
                RecipientStatus.DELIVERED,
                299,
                Optional.empty(),
                List.of(),
                Optional.empty());
        Recipient alsoHanded = passedTo("eve@rivercounty.example", "in.cloud.example", "250 2.0.0 ok", 300);
        Recipient handed = passedTo(ANA, "in.cloud.example", "250 2.0.0 ok", 300);
        Flow partial = new Flow()
                .saw("edge", 300, handed, alsoHanded)
                .saw("cloud", observation("cloud", 299, Optional.of(ID), Optional.empty(), false, another));
        Flow whole = new Flow()
                .saw("edge", 300, handed, alsoHanded)
                .saw("cloud", observation("cloud", 299, Optional.of(ID), Optional.empty(), true, another));

        // then
        assertThat(ana(partial).outcome()).isEqualTo(Outcome.UNDETERMINED);
        assertThat(ana(partial).rule()).isEqualTo("taken-up-in-part");
        assertThat(ana(whole).outcome()).isEqualTo(Outcome.MISSING_AT_NEXT_HOP);
    }

    @Test
    void inALoopTheLastWordIsThatOfWhoGotItLast() {
        // given
        Flow failed = new Flow()
                .saw("edge", fromOurs(300, passedTo(ANA, "in.cloud.example", "250 2.0.0 ok", 300)))
                .saw("edge", fromOurs(298, passedTo(ANA, "in.cloud.example", "250 2.0.0 ok", 298)))
                .saw("edge", fromOurs(296, passedTo(ANA, "in.cloud.example", "250 2.0.0 ok", 296)))
                .saw("cloud", 299, is(RecipientStatus.FAILED, 295));
        Flow open = new Flow()
                .saw("edge", fromOurs(300, passedTo(ANA, "in.cloud.example", "250 2.0.0 ok", 300)))
                .saw("edge", fromOurs(298, passedTo(ANA, "in.cloud.example", "250 2.0.0 ok", 298)))
                .saw("cloud", 299, passedTo(ANA, "198.51.100.7", "250 2.0.0 ok", 299));

        // then
        assertThat(ana(failed).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(ana(failed).where()).contains("cloud");
        assertThat(ana(open).outcome()).isEqualTo(Outcome.UNDETERMINED);
        assertThat(ana(open).sentence()).doesNotContain("could not be searched");
    }

    private static Observation fromOurs(long minutesAgo, Recipient recipient) {
        Observation seen = observation("edge", minutesAgo, Optional.of(ID), Optional.empty(), true, recipient);
        return Flow.comingFromOurs(seen);
    }

    @Test
    void whatHasNoIdIsNotMissingWhereItMayBeOneOfSeveral() {
        // given
        Recipient handed = passedTo(ANA, "in.cloud.example", "250 2.0.0 ok", 300);
        Observation nameless = observation("edge", 300, Optional.empty(), Optional.empty(), true, handed);
        Observation one = observation(
                "cloud", 299, Optional.of("<1@x.example>"), Optional.empty(), true, is(RecipientStatus.DELIVERED, 299));
        Flow flow = new Flow().saw("edge", nameless);
        Flow nothingThere = new Flow().saw("edge", nameless);

        // when
        Conclusion conclusion = conclude.conclude(
                flow.message(),
                ANA,
                flow.asked(
                                "cloud",
                                Flow.byAddress(),
                                Flow.answer("cloud", SourceState.ANSWERED, Optional.of(Flow.NOW), one))
                        .inquiry());

        // then
        assertThat(conclusion.outcome()).isEqualTo(Outcome.UNDETERMINED);
        assertThat(conclusion.rule()).isEqualTo("not-tellable");
        assertThat(ana(nothingThere).outcome()).isEqualTo(Outcome.MISSING_AT_NEXT_HOP);
    }

    @Test
    void aGuessOfMembersIsNotSaidAsMembers() {
        // given
        Recipient group = new Recipient(
                ANA,
                RecipientStatus.EXPANDED,
                Optional.empty(),
                Optional.of(ago(100)),
                Optional.of("members-guessed"),
                Optional.empty(),
                List.of("eve@rivercounty.example"),
                Optional.empty(),
                "The address is a group.",
                Optional.empty());

        // when
        Conclusion conclusion = ana(new Flow().saw("cloud", 100, group));

        // then
        assertThat(conclusion.outcome()).isEqualTo(Outcome.READDRESSED);
        assertThat(conclusion.readdressedTo()).isEmpty();
        assertThat(conclusion.sentence()).contains("members are not recorded");
    }

    @Test
    void nobodyIsSaidToMissItWhileSomebodysFateIsOpen() {
        // given
        String bob = "bob@contoso.example";
        Recipient toBob = passedTo(bob, "mail.contoso.example", "250 ok", 99);
        Recipient bobFailed = row(bob, RecipientStatus.FAILED, 99, Optional.empty(), List.of(), Optional.empty());

        // then
        assertThat(ana(new Flow().saw("house", 100, onwards(RecipientStatus.REDIRECTED, bob), toBob))
                        .sentence())
                .contains("cannot be told from here")
                .doesNotContain("nobody");
        assertThat(ana(new Flow().saw("house", 100, onwards(RecipientStatus.REDIRECTED, bob), bobFailed))
                        .sentence())
                .contains("it was not delivered there");
    }

    // Rule 8

    @ParameterizedTest
    @EnumSource(value = SourceState.class, names = "ANSWERED", mode = EnumSource.Mode.EXCLUDE)
    void nothingIsMissingAtASourceThatDidNotLook(SourceState state) {
        // when
        Conclusion conclusion = ana(handedToCloud(300).blind("cloud", state));

        // then
        assertThat(conclusion.outcome()).isEqualTo(Outcome.UNDETERMINED);
        assertThat(conclusion.rule()).isEqualTo("next-hop-did-not-look");
        assertThat(conclusion.where()).contains("edge");
        assertThat(conclusion.sentence()).contains("Cloud", "not known");
    }

    @Test
    void aSourceThatTheCallerLeftOutIsNotBlamed() {
        // when
        Conclusion conclusion = ana(handedToCloud(300).blind("cloud", SourceState.NOT_ASKED));

        // then
        assertThat(conclusion.outcome()).isEqualTo(Outcome.UNDETERMINED);
        assertThat(conclusion.reason()).contains("not-asked");
        assertThat(conclusion.sentence())
                .isEqualTo(
                        "Edge handed it to Cloud at 07:00; Cloud was left out of your question, so what happened there"
                                + " is not known.");
        assertThat(conclusion.nextAction().orElseThrow()).startsWith("Ask again without choosing sources");
    }

    @Test
    void whatWentAsASecureMessageIsSaidToBeANotification() {
        // given
        Recipient secure = new Recipient(
                BOB,
                RecipientStatus.PASSED_ON,
                Optional.of("raw"),
                Optional.of(ago(100)),
                Optional.of("secure-message"),
                Optional.of(new NextHop("mx.contoso.example", Optional.of("250 queued"))),
                List.of(),
                Optional.empty(),
                "The source says so.",
                Optional.empty());

        // when
        Conclusion conclusion = of(BOB, new Flow().saw("edge", 100, secure));

        // then
        assertThat(conclusion.outcome()).isEqualTo(Outcome.HANDED_OFF);
        assertThat(conclusion.sentence())
                .startsWith("mx.contoso.example accepted it at 10:20 (250 queued). It went as a secure message: the"
                        + " recipient got a notification and reads it in the portal of Edge. What happened");
    }

    @Test
    void aSourceThatWasNotAskedFurtherIsNotSaidToHaveFailed() {
        // given that it looked for the caller's own question only
        Flow flow = handedToCloud(300)
                .asked(
                        "cloud",
                        question(Optional.empty(), byAddress().recipients(), ago(400), ago(200)),
                        answer("cloud", SourceState.ANSWERED, Optional.of(NOW)));

        // when
        Conclusion conclusion = ana(flow);

        // then
        assertThat(conclusion.outcome()).isEqualTo(Outcome.UNDETERMINED);
        assertThat(conclusion.reason()).contains("not-asked");
        assertThat(conclusion.sentence())
                .contains("Cloud was not asked further about it", "not known")
                .doesNotContain("could not", "did not answer", "but not the further one");
        assertThat(conclusion.nextAction().orElseThrow())
                .contains("Look this message up by itself", "Message-ID " + Flow.ID);
    }

    @Test
    void whatNoQuestionCanHoldIsNotSaidToHaveBeenTooMuch() {
        // given
        String quoted = "\"a b\"@rivercounty.example";
        Flow flow = new Flow().saw("edge", 300, passedTo(quoted, "in.cloud.example", "250 2.0.0 ok", 300));

        // when
        Conclusion conclusion = of(quoted, flow);

        // then
        assertThat(conclusion.outcome()).isEqualTo(Outcome.UNDETERMINED);
        assertThat(conclusion.reason()).contains("not-askable");
        assertThat(conclusion.sentence())
                .contains("Cloud cannot be asked about it")
                .doesNotContain("too much");
    }

    @Test
    void aSearchByIdAloneDoesNotProveThatItIsMissing() {
        // given
        Flow flow = handedToCloud(300)
                .asked("cloud", byId(), answer("cloud", SourceState.ANSWERED, Optional.of(NOW)))
                .asked("cloud", byAddress(), answer("cloud", SourceState.THROTTLED, Optional.empty()));

        // then
        assertThat(ana(flow).outcome()).isEqualTo(Outcome.UNDETERMINED);
    }

    @Test
    void aSearchThatEndedSoonAfterTheHandOverProvesNothingAboutLater() {
        // given the caller's window ended ten minutes after the hand-over
        var from = NOW.minus(Duration.ofDays(2));
        Flow flow = handedToCloud(300)
                .asked(
                        "cloud",
                        question(Optional.of(MailId.of(ID)), List.of(), from, ago(290)),
                        answer("cloud", SourceState.ANSWERED, Optional.of(NOW)))
                .asked(
                        "cloud",
                        question(Optional.empty(), byAddress().recipients(), from, ago(290)),
                        answer("cloud", SourceState.ANSWERED, Optional.of(NOW)));

        // then
        assertThat(ana(flow).rule()).isEqualTo("next-hop-did-not-look");
    }

    // Rule 9

    @Test
    void aYoungHandOverIsNotVisibleYet() {
        assertThat(ana(handedToCloud(59)).outcome()).isEqualTo(Outcome.PENDING);
        assertThat(ana(handedToCloud(59)).reason()).contains("not-visible-yet");
        assertThat(ana(handedToCloud(59)).sentence()).contains("normal so soon");
    }

    @Test
    void anOldHandOverIsNotVisibleYetWhereTheRecordsLagBehind() {
        // when
        Conclusion conclusion = ana(handedToCloud(300).lookedUntil("cloud", ago(280)));

        // then
        assertThat(conclusion.outcome()).isEqualTo(Outcome.PENDING);
        assertThat(conclusion.sentence()).doesNotContain("so soon").contains("up to 07:20");
    }

    // Rule 10

    @Test
    void whatWasAcceptedAndNeverShowedUpIsMissingAtTheNextHop() {
        // when
        Conclusion conclusion = ana(handedToCloud(300));

        // then
        assertThat(conclusion.outcome()).isEqualTo(Outcome.MISSING_AT_NEXT_HOP);
        assertThat(conclusion.where()).contains("edge");
        assertThat(conclusion.sentence()).contains("Edge handed it to Cloud at 07:00", "up to 12:00", "still arrives");
        assertThat(conclusion.nextAction().orElseThrow()).contains(ID);
    }

    @Test
    void nothingIsMissingWhereTheNextSourceShowsTheSameMessageIdForTheRecipient() {
        // given a row that the join could not tell to be this message's, or another's
        Flow flow = handedToCloud(300);
        Observation another =
                observation("cloud", 299, Optional.of(ID), Optional.empty(), true, is(RecipientStatus.DELIVERED, 299));
        Observation before =
                observation("cloud", 400, Optional.of(ID), Optional.empty(), true, is(RecipientStatus.DELIVERED, 400));

        // when
        Conclusion conclusion = conclude.conclude(flow.message(), ANA, alsoShowing(flow, another));
        Conclusion old = conclude.conclude(flow.message(), ANA, alsoShowing(handedToCloud(300), before));

        // then
        assertThat(conclusion.outcome()).isEqualTo(Outcome.UNDETERMINED);
        assertThat(conclusion.rule()).isEqualTo("other-with-same-id");
        assertThat(conclusion.reason()).contains("same-message-id");
        assertThat(conclusion.sentence())
                .isEqualTo("Edge handed it to Cloud at 07:00; Cloud shows a message with the same Message-ID for this"
                        + " recipient, and whether it is this one cannot be told.");
        assertThat(old.outcome()).as("it was there before").isEqualTo(Outcome.MISSING_AT_NEXT_HOP);
    }

    @Test
    void itIsMissingWhereThatRowCameWhenAnotherMessageOfTheIdWasHandedOver() {
        // given
        Observation row =
                observation("cloud", 200, Optional.of(ID), Optional.empty(), true, is(RecipientStatus.DELIVERED, 200));

        // when
        Conclusion then = conclude.conclude(toldOfItself(300, 300), ANA, handedAgain(200, row));
        Conclusion atThatTimeAsWell = conclude.conclude(toldOfItself(205, 205), ANA, handedAgain(200, row));
        Conclusion atNoneOfBoth = conclude.conclude(toldOfItself(300, 300), ANA, handedAgain(250, row));

        // then
        assertThat(then.outcome()).isEqualTo(Outcome.MISSING_AT_NEXT_HOP);
        assertThat(atThatTimeAsWell.rule()).isEqualTo("other-with-same-id");
        assertThat(atNoneOfBoth.rule()).isEqualTo("other-with-same-id");
    }

    @Test
    void nothingIsMissingWhereTheHandOverOrAnAttemptBeforeItMayHaveBeenAtThatTimeToo() {
        // given
        Observation row =
                observation("cloud", 200, Optional.of(ID), Optional.empty(), true, is(RecipientStatus.DELIVERED, 200));

        // when
        Conclusion atAnyTime = conclude.conclude(handedToCloud(300).message(), ANA, handedAgain(200, row));
        Conclusion afterAttempts = conclude.conclude(toldOfItself(202, 120), ANA, handedAgain(200, row));

        // then
        assertThat(atAnyTime.rule()).isEqualTo("other-with-same-id");
        assertThat(afterAttempts.rule()).isEqualTo("other-with-same-id");
    }

    @Test
    void nothingIsMissingWhereThatRowWasShownOnAPageBefore() {
        // given
        Observation row =
                observation("cloud", 299, Optional.of(ID), Optional.empty(), true, is(RecipientStatus.DELIVERED, 299));
        Inquiry inquiry = alsoShowing(handedToCloud(300), row);

        // when
        inquiry.settle(List.of(new Sighting("cloud", row)));

        // then
        assertThat(conclude.conclude(handedToCloud(300).message(), ANA, inquiry).rule())
                .isEqualTo("other-with-same-id");
    }

    private static Message toldOfItself(long cameMinutesAgo, long handedOverMinutesAgo) {
        return new Flow()
                .saw(
                        "edge",
                        cameMinutesAgo,
                        Flow.byItsOwnRecord(passedTo(ANA, "in.cloud.example", "250 ok", handedOverMinutesAgo)))
                .message();
    }

    private static Inquiry handedAgain(long minutesAgo, Observation row) {
        Observation again = observation(
                "edge",
                minutesAgo,
                Optional.of(ID),
                Optional.empty(),
                true,
                Flow.byItsOwnRecord(passedTo(ANA, "in.cloud.example", "250 ok", minutesAgo)));
        return alsoShowing(
                handedToCloud(300).asked("edge", byId(), answer("edge", SourceState.ANSWERED, Optional.of(NOW), again)),
                row);
    }

    private static Inquiry alsoShowing(Flow flow, Observation row) {
        return flow.looked("cloud")
                .asked("cloud", byId(), answer("cloud", SourceState.ANSWERED, Optional.of(NOW), row))
                .inquiry();
    }

    @Test
    void lateRowsAreOnlyMentionedWhileTheyMayCome() {
        assertThat(ana(handedToCloud(25 * 60)).sentence()).doesNotContain("still arrives");
    }

    @Test
    void aHandOverWithoutAnAcceptingReplyIsNotMissing() {
        for (String reply : List.of("", "451 try later")) {
            Flow flow = new Flow().saw("edge", 300, passedTo(ANA, "in.cloud.example", reply, 300));
            assertThat(ana(flow).outcome()).isEqualTo(Outcome.UNDETERMINED);
        }
    }

    // Rule 11

    @Test
    void aWordNobodyKnowsIsQuoted() {
        Conclusion conclusion = ana(new Flow().saw("cloud", 100, is(RecipientStatus.UNKNOWN, 100)));

        assertThat(conclusion.outcome()).isEqualTo(Outcome.UNDETERMINED);
        assertThat(conclusion.sentence()).contains("\"raw\"");
    }

    @Test
    void passedOnWithoutAHostIsNoDelivery() {
        assertThat(ana(new Flow().saw("edge", 100, is(RecipientStatus.PASSED_ON, 100)))
                        .outcome())
                .isEqualTo(Outcome.UNDETERMINED);
    }

    @Test
    void aRecipientThatNoSourceListsHasNoCustodian() {
        Conclusion conclusion = of("eve@rivercounty.example", handedToCloud(300));

        assertThat(conclusion.outcome()).isEqualTo(Outcome.UNDETERMINED);
        assertThat(conclusion.where()).isEmpty();
    }

    private static Flow handedToCloud(long minutesAgo) {
        return new Flow().saw("edge", minutesAgo, passedTo(ANA, "in.cloud.example", "250 2.0.0 ok", minutesAgo));
    }

    private Conclusion ana(Flow flow) {
        return of(ANA, flow);
    }

    private Conclusion of(String address, Flow flow) {
        return conclude.conclude(flow.message(), address, flow.inquiry());
    }
}
