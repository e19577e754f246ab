package org.mailtrace.gateway.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.mailtrace.contract.Fault;
import org.mailtrace.contract.InvalidQuestionException;
import org.mailtrace.gateway.Flow;
import org.mailtrace.gateway.Settings;
import org.mailtrace.gateway.ask.Caller;
import org.mailtrace.gateway.audit.AuditSettings;
import org.mailtrace.gateway.audit.Purpose;
import org.mailtrace.gateway.settings.GatewaySettings;
import org.mailtrace.gateway.words.PageWords;

class AskingParserTest {
    private static final Instant FROM = Flow.NOW.minus(Duration.ofDays(1));

    private final GatewaySettings settings = Flow.settings();
    private final Cursors cursors = new Cursors(new Seal(settings));
    private final AskingParser parser = new AskingParser(
            settings,
            new Purpose(Settings.of(AuditSettings.class, Map.of("mailtrace.audit.file", "unused"))),
            cursors,
            Flow.CLOCK);

    @Test
    void aBadCursorAndTooWideAWindowAreSaidTogetherWithEverythingElse() {
        // when
        List<Fault> faults = faults(Map.of(
                "recipient", "nobody",
                "limit", "0",
                "cursor", "AAAA",
                "source", "moon",
                "from", Flow.NOW.minus(Duration.ofDays(500)).toString()));

        // then
        assertThat(faults)
                .extracting(Fault::parameter)
                .containsExactlyInAnyOrder("recipient", "limit", "cursor", "source", "from");
    }

    @Test
    void tooWideAWindowIsSaidForItself() {
        assertThat(faults(Map.of(
                        "recipient",
                        Flow.ANA,
                        "from",
                        Flow.NOW.minus(Duration.ofDays(500)).toString())))
                .singleElement()
                .satisfies(fault -> assertThat(fault.message()).contains("400 days"));
    }

    @Test
    void theWindowOfACursorIsHeldToTheSameRules() {
        assertThat(faults(asking(cursor(Flow.NOW.minus(Duration.ofDays(500)), Flow.NOW))))
                .singleElement()
                .satisfies(fault -> assertThat(fault.message()).contains("400 days"));
        assertThat(faults(asking(cursor(Flow.NOW.plusSeconds(60), Flow.NOW.plusSeconds(120)))))
                .extracting(Fault::parameter)
                .containsExactly("cursor");
        assertThat(faults(asking(cursor(Flow.NOW, FROM))))
                .extracting(Fault::parameter)
                .containsExactly("cursor");
    }

    @Test
    void aCursorOfAnEarlierVersionIsToldApartFromOneThatWasChanged() {
        // given
        String earlier = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("1700000000000\n1700000001000\n1700000000500\n900000\nedge e1"
                        .getBytes(StandardCharsets.UTF_8));
        String own = cursor(FROM, Flow.NOW);
        String changed = own.substring(0, 20) + (own.charAt(20) == 'A' ? 'B' : 'A') + own.substring(21);

        // then
        assertThat(faults(asking(earlier))).containsExactly(new Fault("cursor", PageWords.OTHER_VERSION));
        assertThat(faults(asking(changed))).containsExactly(new Fault("cursor", PageWords.NOT_OURS));
        assertThat(faults(asking("!"))).containsExactly(new Fault("cursor", PageWords.NOT_OURS));
    }

    @Test
    void aCursorBringsTheWindowOfTheFirstPage() {
        // when
        Asking asking = parser.parse(
                given(asking(cursor(FROM, Flow.NOW.minusSeconds(60)))), List.of(), new Caller("Bearer none", "id"));

        // then
        assertThat(asking.question().from()).isEqualTo(FROM);
        assertThat(asking.question().to()).isEqualTo(Flow.NOW.minusSeconds(60));
        assertThat(asking.cursor().orElseThrow().living()).containsExactly("edge");
    }

    private String cursor(Instant from, Instant to) {
        return cursors.encoded(new Cursor(from, to, Spot.before(to), Cursor.SKEW, Set.of("edge"), 0, Memory.EMPTY));
    }

    private static Map<String, String> asking(String cursor) {
        return Map.of("recipient", Flow.ANA, "cursor", cursor);
    }

    private List<Fault> faults(Map<String, String> parameters) {
        return catchThrowableOfType(
                        InvalidQuestionException.class,
                        () -> parser.parse(given(parameters), List.of(), new Caller("Bearer none", "id")))
                .faults();
    }

    private static Map<String, List<String>> given(Map<String, String> parameters) {
        return new HashMap<>(parameters.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> List.of(entry.getValue()))));
    }
}
