package org.mailtrace.proofpoint;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mailtrace.contract.Question;
import org.mailtrace.contract.SourceAnswer;
import org.mailtrace.contract.SourceInfo;
import org.mailtrace.proofpoint.fate.Message;
import org.mailtrace.proofpoint.row.MessageRow;
import org.mailtrace.proofpoint.settings.ProofpointSettings;
import org.mailtrace.proofpoint.slicing.Deadline;
import org.mailtrace.proofpoint.slicing.Harvest;
import org.mailtrace.proofpoint.slicing.Window;
import org.mailtrace.proofpoint.smartsearch.Plan;
import org.mailtrace.proofpoint.smartsearch.RowFilter;
import org.mailtrace.proofpoint.smartsearch.SmartSearch;
import org.mailtrace.proofpoint.smartsearch.VendorQuery;
import org.mailtrace.source.Page;
import org.mailtrace.source.SourceId;
import org.mailtrace.source.TraceSource;

/** Proofpoint as a source: searches, then asks the quarantine about what is held on the page that is shown. */
@ApplicationScoped
class ProofpointSource implements TraceSource {
    static final String NAME = "proofpoint";

    /** A row without a readable date is named by the start of its window, and clocks of agents differ. */
    private static final Duration MARGIN = Duration.ofHours(1);

    private final SmartSearch search;
    private final Telling telling;
    private final Condition condition;
    private final ProofpointSettings settings;
    private final Clock clock;

    ProofpointSource(
            SmartSearch search, Telling telling, Condition condition, ProofpointSettings settings, Clock clock) {
        this.search = search;
        this.telling = telling;
        this.condition = condition;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public SourceAnswer search(Question question) {
        question.cursor().ifPresent(Page::place);
        Reach reach = reach(question.from(), question.to());
        Answer answer = new Answer(reach);
        SourceAnswer said = switch (Plan.of(question)) {
            case Plan.Impossible(String explanation) -> answer.cannotAnswer(explanation);
            case Plan.Possible plan -> search(question, plan, reach, answer);
        };
        return condition.remember(said);
    }

    private SourceAnswer search(Question question, Plan.Possible plan, Reach reach, Answer answer) {
        answer.warn(plan.warnings());
        answer.equivalent(plan.equivalent(question, reach.from(), reach.to()));
        if (!plan.provesAbsence()) {
            answer.provesNoAbsence();
        }
        Findings findings = new Findings(
                question,
                new RowFilter(question, settings.noiseDomains(), settings.noiseRules()),
                reach.from(),
                telling::draft);
        List<Harvest<MessageRow>> harvests = reach.window()
                .map(window -> search.search(
                        plan.queries(),
                        upToCursor(window, question),
                        (rows, downTo) -> findings.page(rows, downTo).next().isPresent(),
                        deadline()))
                .orElse(List.of());
        answer.searched(harvests);
        List<MessageRow> rows = rowsOf(harvests);
        answer.warn(findings.warnings(rows));
        Findings.MessagePage page = findings.page(rows, Findings.completeDownTo(harvests));
        return answer.with(telling.tell(page.messages(), question), page.next());
    }

    /** Rows newer than the cursor were shown on earlier pages. */
    private static Window upToCursor(Window window, Question question) {
        return question.cursor()
                .map(cursor -> Page.place(cursor).firstSeen().plusSeconds(1))
                .filter(end -> end.isBefore(window.to()) && end.isAfter(window.from()))
                .map(end -> new Window(window.from(), end))
                .orElse(window);
    }

    @Override
    public SourceAnswer find(String sourceId) {
        Optional<SourceId> id = SourceId.decode(sourceId);
        Reach reach = reach(
                id.map(SourceId::firstSeen).orElse(clock.instant()).minus(MARGIN),
                clock.instant().plus(MARGIN));
        Answer answer = new Answer(reach);
        Optional<VendorQuery> query = id.flatMap(place -> VendorQuery.forKey(place.key()));
        if (query.isEmpty()) {
            // No id of ours looks like this: nothing can be behind it.
            return answer.foundNothing();
        }
        List<Harvest<MessageRow>> harvests = reach.window()
                .map(window -> search.search(List.of(query.get()), window, (rows, downTo) -> false, deadline()))
                .orElse(List.of());
        answer.searched(harvests);
        List<MessageRow> rows = rowsOf(harvests).stream()
                .filter(row -> row.key().equals(id.map(SourceId::key)))
                .toList();
        List<Message> messages = Message.of(rows, id.orElseThrow().firstSeen());
        return condition.remember(answer.with(telling.tellAll(messages), Optional.empty()));
    }

    @Override
    public SourceInfo info() {
        return condition.info();
    }

    private Reach reach(Instant from, Instant to) {
        return new Reach(from, to, clock.instant(), settings.retention(), settings.settlingTime());
    }

    private Deadline deadline() {
        return Deadline.in(settings.search().budget());
    }

    private static List<MessageRow> rowsOf(List<Harvest<MessageRow>> harvests) {
        return harvests.stream()
                .flatMap(harvest -> harvest.rows().stream())
                .distinct()
                .toList();
    }
}
