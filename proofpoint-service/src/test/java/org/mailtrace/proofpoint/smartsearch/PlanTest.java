package org.mailtrace.proofpoint.smartsearch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailtrace.contract.Question;
import org.mailtrace.proofpoint.row.MessageRow;

class PlanTest {
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");

    @ParameterizedTest
    @ValueSource(strings = {"ana@rivercounty.example", "office@partner.example"})
    void asksForWhatRulesRedirectedToTheRecipientOursOrNot(String recipient) {
        // when
        Plan.Possible plan = (Plan.Possible) plan("recipient", recipient, "sender", "sam@shop.example");

        // then
        assertThat(plan.queries())
                .filteredOn(VendorQuery::asksForRedirected)
                .extracting(VendorQuery::parameters)
                .containsExactly(Map.of("action", "redirect", "env_from", "sam@shop.example"));
        assertThat(plan.mayBeTargets()).isTrue();
    }

    @Test
    void aRedirectedMessageWhoseNewAddressIsNotRecordedYetMayBeTheOne() {
        // given
        MessageRow waiting = sentTo("redirect", "");

        // then
        assertThat(filter("recipient", "office@partner.example").lacksTarget(waiting))
                .isTrue();
        assertThat(filter("recipient", "office@partner.example", "sender", "sam@shop.example")
                        .lacksTarget(waiting))
                .isTrue();
        assertThat(filter("recipient", "office@partner.example", "sender", "tom@shop.example")
                        .lacksTarget(waiting))
                .isFalse();
        assertThat(filter("recipient", "claims@rivercounty.example").lacksTarget(waiting))
                .as("it is shown as what it was before")
                .isFalse();
        assertThat(filter("sender", "sam@shop.example").lacksTarget(waiting)).isFalse();
        assertThat(filter("recipient", "office@partner.example").lacksTarget(sentTo("continue", "")))
                .isFalse();
        assertThat(filter("recipient", "office@partner.example")
                        .lacksTarget(sentTo("redirect", "<other@partner.example>")))
                .isFalse();
    }

    private static RowFilter filter(String... pairs) {
        return new RowFilter(question(pairs), Set.of(), Set.of());
    }

    @Test
    void findsAMessageByTheAddressThatItWasRedirectedTo() {
        // given
        RowFilter filter = new RowFilter(question("recipient", "office@partner.example"), Set.of(), Set.of());

        // then
        assertThat(filter.accepts(sentTo("redirect", "<office@partner.example>")))
                .isTrue();
        assertThat(filter.accepts(sentTo("redirect", "<other@partner.example>")))
                .isFalse();
        assertThat(filter.accepts(sentTo("continue", "<office@partner.example>")))
                .isFalse();
    }

    private static MessageRow sentTo(String action, String to) {
        return new MessageRow(Map.of(
                "Sender",
                "sam@shop.example",
                "Recipients",
                "claims@rivercounty.example",
                "Final_Action",
                action,
                "Sendmail_To",
                to));
    }

    @Test
    void asksForOneRecipientPerRequest() {
        assertThat(queries("recipient", "ana@rivercounty.example,*@contoso.example", "sender", "sam@shop.example"))
                .containsExactly(
                        Map.of("env_rcpt", "ana@rivercounty.example", "env_from", "sam@shop.example"),
                        Map.of("env_rcpt", "@contoso.example", "env_from", "sam@shop.example"),
                        Map.of("action", "redirect", "env_from", "sam@shop.example"));
    }

    @Test
    void asksForTheMessageIdInBothForms() {
        assertThat(queries("messageId", "a@b.example", "recipient", "ana@rivercounty.example"))
                .containsExactly(Map.of("hdr_mid", "<a@b.example>"), Map.of("hdr_mid", "a@b.example"));
    }

    @Test
    void cannotAnswerForANetworkMessageId() {
        assertThat(plan("messageId", "4451a062-48cb-e80d-e8c0-196330437ae6")).isInstanceOf(Plan.Impossible.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"is it on", "The ... THERE", "a b c d", "!!! ??"})
    void cannotAnswerForASubjectOfStopWordsOnly(String subject) {
        assertThat(plan("subject", subject)).isInstanceOf(Plan.Impossible.class);
    }

    @Test
    void warnsThatSubjectsAreComparedByStemsAndProvesNothingByThem() {
        // when
        Plan.Possible plan = (Plan.Possible) plan("subject", "is it Quarterly");

        // then
        assertThat(plan.queries()).containsExactly(VendorQuery.of("subject", "is it Quarterly"));
        assertThat(plan.warnings()).hasSize(1);
        assertThat(plan.provesAbsence()).isFalse();
    }

    @Test
    void filtersTheSubjectItselfWhereAnAddressNarrowsTheSearch() {
        // when
        Plan.Possible plan = (Plan.Possible) plan("subject", "is it", "recipient", "ana@rivercounty.example");

        // then
        assertThat(plan.queries())
                .containsExactly(VendorQuery.of("env_rcpt", "ana@rivercounty.example"), VendorQuery.redirected());
        assertThat(plan.provesAbsence()).isTrue();
    }

    @Test
    void neverSendsTheNullSenderToTheVendor() {
        assertThat(queries("sender", "<>")).containsExactly(Map.of());
        assertThat(queries("sender", "<>", "recipient", "ana@rivercounty.example"))
                .containsExactly(Map.of("env_rcpt", "ana@rivercounty.example"), Map.of("action", "redirect"));
    }

    @Test
    void saysThatAdvancedChangesNothing() {
        assertThat(((Plan.Possible) plan("sender", "sam@shop.example", "advanced", "true")).warnings())
                .hasSize(1);
    }

    @Test
    void filtersAgainWhatTheVendorMatchedGenerously() {
        // given
        RowFilter filter = new RowFilter(
                question("recipient", "ana@rivercounty.example", "subject", "OFFER", "sender", "*@shop.example"),
                Set.of(),
                Set.of());

        // then
        assertThat(filter.accepts(row("Autumn offers", "a@shop.example", "bo@x.example,ANA@rivercounty.example")))
                .isTrue();
        assertThat(filter.accepts(row("Autumn offers", "a@shop.example", "joana@rivercounty.example")))
                .isFalse();
        assertThat(filter.accepts(row("Autumn off", "a@shop.example", "ana@rivercounty.example")))
                .isFalse();
        assertThat(filter.accepts(row("Autumn offers", "a@myshop.example", "ana@rivercounty.example")))
                .isFalse();
    }

    @Test
    void matchesTheNullSenderOnly() {
        // given
        RowFilter filter = new RowFilter(question("sender", "<>"), Set.of(), Set.of());

        // then
        assertThat(filter.accepts(row("Undeliverable", "", "ana@rivercounty.example")))
                .isTrue();
        assertThat(filter.accepts(row("Undeliverable", "<>", "ana@rivercounty.example")))
                .isTrue();
        assertThat(filter.accepts(row("Undeliverable", "a@b.example", "ana@rivercounty.example")))
                .isFalse();
    }

    @Test
    void hidesHousekeepingUnlessSomebodyAsksForIt() {
        // given
        MessageRow probe = row("Report", "probe@m1.ppops.net", "ana@rivercounty.example");
        Set<String> domains = Set.of("ppops.net");

        // then
        assertThat(new RowFilter(question("recipient", "ana@rivercounty.example"), domains, Set.of())
                        .isHiddenNoise(probe))
                .isTrue();
        assertThat(new RowFilter(
                                question("recipient", "ana@rivercounty.example", "include", "noise"), domains, Set.of())
                        .isHiddenNoise(probe))
                .isFalse();
        assertThat(new RowFilter(question("sender", "*@m1.ppops.net"), domains, Set.of()).isHiddenNoise(probe))
                .isFalse();
    }

    private static MessageRow row(String subject, String sender, String recipients) {
        return new MessageRow(Map.of("Subject", subject, "Sender", sender, "Recipients", recipients));
    }

    private static List<Map<String, String>> queries(String... pairs) {
        return ((Plan.Possible) plan(pairs))
                .queries().stream().map(VendorQuery::parameters).toList();
    }

    private static Plan plan(String... pairs) {
        return Plan.of(question(pairs));
    }

    private static Question question(String... pairs) {
        return Question.parse(
                java.util.stream.IntStream.range(0, pairs.length / 2)
                        .boxed()
                        .collect(Collectors.toMap(i -> pairs[2 * i], i -> List.of(pairs[2 * i + 1]))),
                NOW);
    }
}
