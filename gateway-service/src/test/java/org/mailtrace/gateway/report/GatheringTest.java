package org.mailtrace.gateway.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mailtrace.contract.Observation;
import org.mailtrace.contract.SourceState;
import org.mailtrace.gateway.Flow;
import org.mailtrace.gateway.MovableClock;
import org.mailtrace.gateway.Settings;
import org.mailtrace.gateway.ask.Caller;
import org.mailtrace.gateway.store.StoredJson;
import org.mailtrace.http.json.JsonRules;

/** How much a report takes of a source: rows are in memory when it is concluded, and some are long. */
class GatheringTest {
    private static final Caller CALLER = new Caller("Bearer own", "r1");
    private static final List<Observation> ROWS = IntStream.range(0, 50)
            .mapToObj(number -> ScriptedDesk.row("edge", number))
            .toList();

    private final ObjectMapper mapper = new ObjectMapper().findAndRegisterModules();
    private final StoredJson json = new StoredJson(mapper);
    private final ScriptedDesk desk = new ScriptedDesk();

    @BeforeEach
    void givesFiftyRowsAPageForEver() {
        new JsonRules().customize(mapper);
        desk.answers.put(
                "edge",
                cursor -> ScriptedDesk.answer(
                        "edge", SourceState.ANSWERED, ROWS, Optional.of(desk.asked.getLast() + "+")));
    }

    @Test
    void takesNoMoreOfASourceThanAReportMayHoldAndSaysThatOlderMessagesAreMissing() {
        // given: room for one page and a half
        long page = json.write(ROWS).length();
        Gathering gathering = gathering(page * 3 / 2);

        // when
        Turn first = next(gathering, Leg.to("edge"));
        Turn second = next(gathering, first.leg());

        // then
        assertThat(first.leg().over()).isFalse();
        assertThat(first.leg().bytes()).isEqualTo(page);
        assertThat(second.leg().over()).isTrue();
        assertThat(second.leg().rows()).isBetween(70, 75);
        assertThat(second.leg().bytes()).isLessThanOrEqualTo(page * 3 / 2);
        assertThat(stored(second)).isEqualTo(ROWS.subList(0, second.leg().rows() - ROWS.size()));
        assertThat(second.leg().said().orElseThrow().state()).isEqualTo(SourceState.TRUNCATED);
        assertThat(second.leg().said().orElseThrow().explanation().orElseThrow())
                .contains("the newest " + second.leg().rows() + " are here, and older ones are missing");
    }

    @Test
    void goesOnWhereEverythingFits() {
        // given
        Gathering gathering = gathering(json.write(ROWS).length());

        // when
        Turn first = next(gathering, Leg.to("edge"));

        // then
        assertThat(first.leg().over()).isFalse();
        assertThat(stored(first)).isEqualTo(ROWS);
    }

    private Gathering gathering(long bytes) {
        ReportSettings settings =
                Settings.of(ReportSettings.class, Map.of("mailtrace.reports.max-bytes", Long.toString(bytes)));
        return new Gathering(desk, new Rows(json), settings, new MovableClock(Flow.NOW));
    }

    private static Turn next(Gathering gathering, Leg leg) {
        return gathering.next(leg, "r1", Flow.byAddress(), CALLER);
    }

    private List<Observation> stored(Turn turn) {
        return json.read(turn.findings().getFirst().body(), new TypeReference<>() {});
    }
}
