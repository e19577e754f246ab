package org.mailtrace.proofpoint;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mailtrace.contract.MailId;
import org.mailtrace.contract.Question;
import org.mailtrace.contract.SourceAnswer;
import org.mailtrace.contract.SourceInfo;
import org.mailtrace.proofpoint.fate.Message;
import org.mailtrace.proofpoint.settings.ProofpointSettings;
import org.mailtrace.proofpoint.slicing.Deadline;
import org.mailtrace.proofpoint.smartsearch.Plan;
import org.mailtrace.proofpoint.smartsearch.RowFilter;
import org.mailtrace.proofpoint.smartsearch.VendorQuery;
import org.mailtrace.source.Page;
import org.mailtrace.source.SourceId;
import org.mailtrace.source.SourceSettings;
import org.mailtrace.source.TraceSource;

/** Proofpoint as a source: searches, then asks the quarantine about what is held on the page that is shown. */
@ApplicationScoped
class ProofpointSource implements TraceSource {
    /** A row without a readable date is named by the start of its window, and clocks of agents differ. */
    private static final Duration MARGIN = Duration.ofHours(1);

    private final String name;
    private final Ways ways;
    private final Families families;
    private final Telling telling;
    private final Condition condition;
    private final ProofpointSettings settings;
    private final Clock clock;

    ProofpointSource(
            SourceSettings source,
            Ways ways,
            Families families,
            Telling telling,
            Condition condition,
            ProofpointSettings settings,
            Clock clock) {
        this.name = source.name();
        this.ways = ways;
        this.families = families;
        this.telling = telling;
        this.condition = condition;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public SourceAnswer search(Question question) {
        question.cursor().ifPresent(Page::place);
        Answer answer = new Answer(name);
        SourceAnswer said = switch (Plan.of(question)) {
            case Plan.Impossible(String explanation) when isImpossible(question) -> answer.cannotAnswer(explanation);
            case Plan plan -> search(question, plan, answer);
        };
        return condition.remember(said);
    }

    /** The stream's records know every subject, and no network message ids either. */
    private boolean isImpossible(Question question) {
        return !settings.ask().readsStream()
                || question.messageId()
                        .filter(id -> id.kind() == MailId.Kind.NETWORK_MESSAGE_ID)
                        .isPresent();
    }

    private SourceAnswer search(Question question, Plan plan, Answer answer) {
        Findings findings = new Findings(
                question,
                new RowFilter(question, settings.noiseDomains(), settings.noiseRules()),
                question.from(),
                telling::draft);
        Deadline deadline = Deadline.in(settings.search().budget());
        Looked looked = ways.look(
                question,
                plan,
                question.cursor().map(cursor -> Page.place(cursor).firstSeen().plusSeconds(1)),
                (rows, downTo) -> findings.page(rows, downTo).next().isPresent(),
                deadline);
        if (plan instanceof Plan.Possible possible) {
            Looked.Stretch searched = looked.searched().orElse(new Looked.Stretch(question.from(), question.to()));
            answer.equivalent(possible.equivalent(question, searched.from(), searched.to()));
            if (looked.parts().stream().anyMatch(part -> part.name().equals(SmartSearchWay.PART))) {
                answer.warn(possible.warnings());
            }
        }
        answer.warn(findings.warnings(looked.rows()));
        Findings.MessagePage page = findings.page(looked.rows(), looked.completeDownTo());
        return answer.with(
                findings.leavesOut(looked.rows()) ? looked.provingNothing() : looked,
                telling.tell(settled(families.whole(page.messages(), deadline), answer, deadline), question),
                page.next());
    }

    /** The messages with everything that is known of their hand-over. */
    private List<Message> settled(List<Message> messages, Answer answer, Deadline deadline) {
        Ways.Lines lines = ways.lines(messages, telling::isUnsettled, deadline);
        answer.parts(lines.parts());
        return lines.messages();
    }

    @Override
    public SourceAnswer find(String sourceId) {
        Answer answer = new Answer(name);
        Instant now = clock.instant();
        Optional<SourceId> id = SourceId.decode(sourceId);
        Optional<VendorQuery> query = id.flatMap(place -> VendorQuery.forKey(place.key()));
        if (query.isEmpty()) {
            // No id of ours looks like this: nothing can be behind it.
            return answer.with(Looked.nothing(SmartSearchWay.PART, now), Told.nothing(), Optional.empty());
        }
        SourceId place = id.orElseThrow();
        Deadline deadline = Deadline.in(settings.search().budget());
        Looked looked = ways.find(
                place.key(), List.of(query.get()), place.firstSeen().minus(MARGIN), now.plus(MARGIN), deadline);
        List<Message> messages = Message.of(looked.rows(), place.firstSeen()).stream()
                .filter(message -> message.isOf(place.key()))
                .toList();
        return condition.remember(answer.with(
                looked,
                telling.tellAll(settled(families.wholeWithoutHint(messages, deadline), answer, deadline)),
                Optional.empty()));
    }

    @Override
    public SourceInfo info() {
        return condition.info();
    }
}
