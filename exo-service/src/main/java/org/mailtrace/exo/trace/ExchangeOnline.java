package org.mailtrace.exo.trace;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mailtrace.contract.AddressPattern;
import org.mailtrace.contract.MailId;
import org.mailtrace.contract.Observation;
import org.mailtrace.contract.Question;
import org.mailtrace.contract.SourceAnswer;
import org.mailtrace.contract.SourceInfo;
import org.mailtrace.contract.SourceState;
import org.mailtrace.exo.detail.DetailSettings;
import org.mailtrace.exo.detail.Details;
import org.mailtrace.exo.quota.Errand;
import org.mailtrace.exo.quota.RequestBudget;
import org.mailtrace.exo.rows.MessageTraces;
import org.mailtrace.exo.rows.TraceFilter;
import org.mailtrace.exo.token.CredentialWatch;
import org.mailtrace.exo.words.ReportWords;
import org.mailtrace.exo.words.Words;
import org.mailtrace.http.guard.SourceFailure;
import org.mailtrace.source.Page;
import org.mailtrace.source.SourceId;
import org.mailtrace.source.TraceSource;

/** Exchange Online as a source: message traces of the last 90 days, ten days at a time. */
@ApplicationScoped
public class ExchangeOnline implements TraceSource {
    /** The name of this source. */
    public static final String NAME = "exchange-online";

    /** By how much the vendor's clock may be ahead of ours before an id is taken for invented. */
    private static final Duration CLOCK_DIFFERENCE = Duration.ofHours(1);

    private final MessageTraces traces;
    private final Gatherer gatherer;
    private final Details details;
    private final Observations observations;
    private final RequestBudget budget;
    private final Costs costs;
    private final CredentialWatch credentials;
    private final TraceSettings settings;
    private final DetailSettings detailSettings;
    private final Clock clock;

    ExchangeOnline(
            MessageTraces traces,
            Gatherer gatherer,
            Details details,
            Observations observations,
            RequestBudget budget,
            Costs costs,
            CredentialWatch credentials,
            TraceSettings settings,
            DetailSettings detailSettings,
            Clock clock) {
        this.traces = traces;
        this.gatherer = gatherer;
        this.details = details;
        this.observations = observations;
        this.budget = budget;
        this.costs = costs;
        this.credentials = credentials;
        this.settings = settings;
        this.detailSettings = detailSettings;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public SourceAnswer search(Question question) {
        question.cursor().ifPresent(Page::place);
        Instant now = clock.instant();
        Answer answer = new Answer(question, settings.settlingTime(), clock);
        Optional<Window> window = costs.searchable(question, now);
        if (window.isEmpty()) {
            return answer.without(SourceState.OUT_OF_RETENTION, Words.outOfRetention(Window.searchableFrom(now)));
        }
        Window searched = window.orElseThrow();
        List<TraceFilter> plan = Plan.of(question, searched, traces.takesSeveralRecipients());
        if (plan.isEmpty()) {
            return answer.without(SourceState.CANNOT_ANSWER, Words.NULL_SENDER_ALONE);
        }
        Optional<String> report = costs.whyByReport(question, now);
        if (report.isPresent()) {
            return answer.without(SourceState.REPORT_REQUIRED, report.orElseThrow(), Equivalent.of(question, searched));
        }
        Optional<Duration> wait = costs.refusal(plan.size());
        if (wait.isPresent()) {
            return answer.throttled(
                    ReportWords.beyondBudget(plan.size(), wait.orElseThrow()),
                    wait.orElseThrow(),
                    Equivalent.of(question, searched));
        }
        boolean tooOld = question.from().isBefore(Window.searchableFrom(now));
        return searched(answer, searched, plan, tooOld);
    }

    private SourceAnswer searched(Answer answer, Window window, List<TraceFilter> plan, boolean tooOld) {
        Question question = answer.question();
        Errand errand = Errand.question(settings.budget(), clock);
        Gathered gathered = gatherer.gather(plan, errand);
        List<Message> messages = Message.of(gathered.rows().stream()
                .filter(row -> Plan.wants(question, row) && question.covers(row.receivedAt()))
                .toList());
        boolean rowsAreComplete =
                question.recipients().isEmpty() && gathered.state().looked();
        Enrichment read = enrichment(detailSettings.perQuestion(), errand);
        Map<String, Message> byId = messages.stream().collect(Collectors.toMap(Message::sourceId, Function.identity()));
        Page page =
                Page.of(messages.stream().map(message -> bare(message, read)).toList(), question);
        List<Message> onPage = page.observations().stream()
                .map(observation -> byId.get(observation.sourceId()))
                .toList();
        List<Observation> closer = new Reading(
                        question,
                        rowsAreComplete,
                        question.to().isAfter(latest(answer.askedAt())),
                        read,
                        observations,
                        detailSettings.perMessage())
                .of(onPage, answer.askedAt(), latest(answer.askedAt()));
        return answer.with(
                gathered,
                new Page(closer, page.next()),
                warnings(question, gathered, !messages.isEmpty(), read),
                window,
                tooOld);
    }

    @Override
    public SourceAnswer find(String sourceId) {
        Instant now = clock.instant();
        Optional<SourceId> id = SourceId.decode(sourceId)
                .filter(given ->
                        MailId.guid(given.key()).filter(given.key()::equals).isPresent())
                .filter(given -> !given.firstSeen().isAfter(now.plus(CLOCK_DIFFERENCE)));
        if (id.isEmpty()) {
            return Answer.nothing(clock);
        }
        Instant firstSeen = id.orElseThrow().firstSeen();
        Question question = byId(id.orElseThrow(), now);
        Answer answer = new Answer(question, settings.settlingTime(), clock);
        Instant searchable = Window.searchableFrom(now);
        if (firstSeen.isBefore(searchable)) {
            return answer.without(SourceState.OUT_OF_RETENTION, Words.outOfRetention(searchable));
        }
        Window window = Window.ofMessage(firstSeen, now, latest(now));
        Errand errand = Errand.question(settings.budget(), clock);
        Gathered gathered = gatherer.gather(
                List.of(TraceFilter.ofMessage(id.orElseThrow().key(), window.from(), window.to())), errand);
        List<Message> messages = Message.of(gathered.rows().stream()
                .filter(row -> row.traceId().equals(id.orElseThrow().key()))
                .toList());
        Enrichment read = enrichment(detailSettings.perLookup(), errand);
        messages.forEach(message -> read.readEvents(message.rows()));
        boolean looked = gathered.state().looked();
        Page page = new Page(
                messages.stream()
                        .map(message -> observations.of(sourceId, message, message.rows(), read, looked, true))
                        .toList(),
                Optional.empty());
        return answer.with(gathered, page, read.warnings(), window, false);
    }

    @Override
    public SourceInfo info() {
        return new SourceInfo(
                NAME,
                traces.circuit(),
                traces.lastSuccess(),
                Optional.of(Window.searchableFrom(clock.instant())),
                Optional.empty(),
                Optional.empty(),
                quotaRemaining(),
                credentials.state(),
                credentials.since(),
                List.of());
    }

    /** Unknown while it cannot be counted; everything else about the source is still worth telling. */
    private Optional<Integer> quotaRemaining() {
        try {
            return Optional.of(budget.remaining());
        } catch (SourceFailure e) {
            return Optional.empty();
        }
    }

    private Enrichment enrichment(int allowance, Errand errand) {
        return new Enrichment(traces, details, detailSettings.atOnce(), allowance, errand);
    }

    private Observation bare(Message message, Enrichment nothingRead) {
        return observations.of(message.sourceId(), message, message.rows(), nothingRead, false, false);
    }

    /** Exchange Online refuses a window that ends in its own future. */
    private Instant latest(Instant now) {
        return now.minus(settings.clockMargin());
    }

    private static List<String> warnings(Question question, Gathered gathered, boolean found, Enrichment read) {
        List<String> warnings = new ArrayList<>(read.warnings());
        if (!found && gathered.state().looked()) {
            boolean wholeDomain = Stream.concat(question.sender().stream(), question.recipients().stream())
                    .anyMatch(AddressPattern::isWholeDomain);
            if (wholeDomain) {
                warnings.add(Words.NOT_WHOLE_DOMAIN);
            }
            if (question.sender().filter(sender -> !sender.isNullSender()).isPresent()
                    && question.recipients().isEmpty()) {
                warnings.add(Words.BY_ENVELOPE_SENDER);
            }
        }
        return warnings;
    }

    private static Question byId(SourceId id, Instant now) {
        return new Question(
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.of(new MailId(MailId.Kind.NETWORK_MESSAGE_ID, id.key())),
                id.firstSeen(),
                now.isAfter(id.firstSeen()) ? now : id.firstSeen().plusMillis(1),
                1,
                Optional.empty(),
                Set.of(),
                false,
                Optional.empty(),
                Optional.empty());
    }
}
