package org.mailtrace.gateway.report;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailtrace.contract.Observation;
import org.mailtrace.contract.SourceAnswer;
import org.mailtrace.contract.SourceState;
import org.mailtrace.gateway.ask.Asked;
import org.mailtrace.gateway.ask.Caller;
import org.mailtrace.gateway.ask.Inquiry;
import org.mailtrace.gateway.ask.Rounds;
import org.mailtrace.gateway.search.Asking;
import org.mailtrace.gateway.search.Whole;
import org.mailtrace.gateway.settings.GatewaySettings;
import org.mailtrace.gateway.words.ReportWords;

/** A report is concluded by the same rules as an answer at once, further rounds included. */
@ApplicationScoped
class SameRules implements Concluding {
    private final Rounds rounds;
    private final Whole whole;
    private final GatewaySettings settings;
    private final ReportSettings reports;
    private final Clock clock;

    SameRules(Rounds rounds, Whole whole, GatewaySettings settings, ReportSettings reports, Clock clock) {
        this.rounds = rounds;
        this.whole = whole;
        this.settings = settings;
        this.reports = reports;
        this.clock = clock;
    }

    @Override
    public Whole.Result conclude(
            Asking asking, Checkpoint gathered, Map<String, List<Observation>> rows, Caller caller) {
        Inquiry inquiry = new Inquiry();
        for (String source : settings.sources().keySet()) {
            SourceAnswer answer = gathered.legs().stream()
                    .filter(leg -> leg.source().equals(source))
                    .findFirst()
                    .flatMap(Leg::said)
                    .map(said -> with(said, rows.getOrDefault(source, List.of())))
                    .orElseGet(() -> SourceAnswer.without(source, SourceState.NOT_ASKED, ReportWords.LEFT_OUT, 0));
            inquiry.add(source, new Asked(asking.question(), answer));
        }
        rounds.followAll(
                inquiry,
                asking.question(),
                asking.sources(),
                caller,
                clock.instant().plus(reports.followFor()));
        return whole.of(asking, inquiry);
    }

    private static SourceAnswer with(SourceAnswer said, List<Observation> rows) {
        return new SourceAnswer(
                said.source(),
                said.state(),
                said.searchedFrom(),
                said.searchedTo(),
                said.searchableFrom(),
                said.dataAsOf(),
                said.absenceProvenUntil(),
                said.tookMs(),
                Optional.empty(),
                said.parts(),
                said.equivalent(),
                said.explanation(),
                said.warnings(),
                rows,
                Optional.empty());
    }
}
