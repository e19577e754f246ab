package org.mailtrace.exo.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.mailtrace.contract.Question;
import org.mailtrace.exo.rows.TraceFilter;

class PlanTest {
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
    private static final String ANA = "ana@rivercounty.example";
    private static final String BEN = "ben@rivercounty.example";

    @Test
    void makesOneRequestOfEachRecipient() {
        assertThat(plan(Map.of("recipient", ANA + "," + BEN)))
                .extracting(TraceFilter::recipients)
                .containsExactly(List.of(ANA), List.of(BEN));
    }

    @Test
    void asksOnceBySenderWhenThereAreSeveralRecipients() {
        assertThat(plan(Map.of("recipient", ANA + "," + BEN, "sender", "sam@contoso.example")))
                .singleElement()
                .satisfies(filter -> {
                    assertThat(filter.sender()).contains("sam@contoso.example");
                    assertThat(filter.recipients()).isEmpty();
                });
    }

    @Test
    void asksForSeveralRecipientsAtOnceWhereTheInterfaceTakesThem() {
        // given
        Question question =
                question(Map.of("recipient", ANA + ",*@contoso.example," + BEN, "sender", "sam@contoso.example"));

        // when
        List<TraceFilter> plan = Plan.of(question, new Window(NOW.minusSeconds(3600), NOW), true);

        // then
        assertThat(plan)
                .extracting(TraceFilter::recipients)
                .containsExactlyInAnyOrder(List.of(ANA, BEN), List.of("*@contoso.example"));
        assertThat(plan).allMatch(filter -> filter.sender().isPresent());
    }

    @Test
    void filtersADomainOfSendersHereWhenARecipientIsExact() {
        assertThat(plan(Map.of("recipient", ANA, "sender", "*@contoso.example")))
                .singleElement()
                .satisfies(filter -> assertThat(filter.sender()).isEmpty());
    }

    @Test
    void asksByIdAloneAndFiltersTheRestHere() {
        assertThat(plan(Map.of("messageId", "a@contoso.example", "recipient", ANA + "," + BEN, "subject", "report")))
                .singleElement()
                .satisfies(filter -> {
                    assertThat(filter.messageId()).contains("<a@contoso.example>");
                    assertThat(filter.recipients()).isEmpty();
                    assertThat(filter.subject()).isEmpty();
                });
    }

    @Test
    void asksByTraceIdForANetworkMessageId() {
        assertThat(plan(Map.of("messageId", "4451A06248CBE80DE8C0196330437AE6")))
                .singleElement()
                .satisfies(filter -> assertThat(filter.traceId()).contains("4451a062-48cb-e80d-e8c0-196330437ae6"));
    }

    @Test
    void neverAsksForEverythingInPlaceOfTheNullSender() {
        assertThat(plan(Map.of("sender", "<>"))).isEmpty();
        assertThat(plan(Map.of("sender", "<>", "recipient", ANA)))
                .singleElement()
                .satisfies(filter -> assertThat(filter.recipients()).contains(ANA));
    }

    @Test
    void dropsRowsThatGraphShouldNotHaveGiven() {
        // given
        Question question = question(Map.of("sender", "sam@contoso.example", "subject", "REPORT", "recipient", ANA));

        // then
        assertThat(Plan.wants(question, TestRows.row(ANA, "delivered"))).isTrue();
        assertThat(Plan.wants(question, TestRows.row(BEN, "delivered"))).isFalse();
        assertThat(Plan.wants(question(Map.of("sender", "*@fabrikam.example")), TestRows.row(ANA, "delivered")))
                .isFalse();
        assertThat(Plan.wants(question(Map.of("subject", "invoice")), TestRows.row(ANA, "delivered")))
                .isFalse();
        assertThat(Plan.wants(question(Map.of("messageId", "<other@x.example>")), TestRows.row(ANA, "delivered")))
                .isFalse();
    }

    private static List<TraceFilter> plan(Map<String, String> parameters) {
        return Plan.of(question(parameters), new Window(NOW.minusSeconds(3600), NOW), false);
    }

    private static Question question(Map<String, String> parameters) {
        Map<String, List<String>> all = new TreeMap<>();
        parameters.forEach((name, value) -> all.put(name, List.of(value)));
        return Question.parse(all, NOW);
    }
}
