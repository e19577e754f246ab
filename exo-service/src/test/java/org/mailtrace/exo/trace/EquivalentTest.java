package org.mailtrace.exo.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.mailtrace.contract.Question;

class EquivalentTest {
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
    private static final String ANA = "ana@rivercounty.example";
    private static final Window MINUTE = new Window(NOW.minusSeconds(60), NOW);

    @Test
    void escapesEveryQuoteThatPowerShellKnows() {
        assertThat(command(Map.of("subject", "\u2018a\u2019 \u201ab\u201b", "recipient", ANA), MINUTE))
                .contains(" -Subject '\u2018\u2018a\u2019\u2019 \u201a\u201ab\u201b\u201b' ");
        assertThat(command(Map.of("subject", "O'Brien\u2019s $(x) `n \"q\"", "recipient", ANA), MINUTE))
                .isEqualTo("Get-MessageTraceV2 -RecipientAddress 'ana@rivercounty.example'"
                        + " -Subject 'O''Brien\u2019\u2019s $(x) `n \"q\"' -SubjectFilterType Contains"
                        + " -StartDate '2026-11-23T07:59:00Z' -EndDate '2026-11-23T08:00:00Z' -ResultSize 5000");
    }

    @Test
    void asksForTheEventsOfOneMessageWithAWindow() {
        assertThat(command(Map.of("messageId", "4451A06248CBE80DE8C0196330437AE6"), MINUTE))
                .isEqualTo("Get-MessageTraceV2 -MessageTraceId '4451a062-48cb-e80d-e8c0-196330437ae6'"
                        + " -StartDate '2026-11-23T07:59:00Z' -EndDate '2026-11-23T08:00:00Z' -ResultSize 5000"
                        + " | ForEach-Object { $_; Get-MessageTraceDetailV2 -MessageTraceId $_.MessageTraceId"
                        + " -RecipientAddress $_.RecipientAddress"
                        + " -StartDate '2026-11-23T07:59:00Z' -EndDate '2026-11-23T08:00:00Z' }");
        assertThat(command(Map.of("messageId", "a@contoso.example"), MINUTE))
                .startsWith("Get-MessageTraceV2 -MessageId '<a@contoso.example>' ");
    }

    @Test
    void asksOncePerTenDays() {
        // when
        String command = command(Map.of("recipient", ANA), new Window(NOW.minus(Duration.ofDays(25)), NOW));

        // then
        assertThat(command.split("; ", -1))
                .hasSize(3)
                .allMatch(each -> each.startsWith("Get-MessageTraceV2 -RecipientAddress"));
        assertThat(command)
                .contains("-StartDate '2026-11-13T08:00:00Z' -EndDate '2026-11-23T08:00:00Z'")
                .contains("-StartDate '2026-10-29T08:00:00Z' -EndDate '2026-11-03T08:00:00Z'");
    }

    @Test
    void filtersTheNullSenderAfterwards() {
        assertThat(command(Map.of("sender", "<>", "recipient", ANA), MINUTE))
                .endsWith(" -ResultSize 5000 | Where-Object { $_.SenderAddress -in '<>','' }");
    }

    @Test
    void hasNoneForTheNullSenderAlone() {
        assertThat(Equivalent.of(question(Map.of("sender", "<>")), MINUTE)).isEmpty();
    }

    private static String command(Map<String, String> parameters, Window window) {
        return Equivalent.of(question(parameters), window).orElseThrow();
    }

    private static Question question(Map<String, String> parameters) {
        Map<String, List<String>> all = new TreeMap<>();
        parameters.forEach((name, value) -> all.put(name, List.of(value)));
        return Question.parse(all, NOW);
    }
}
