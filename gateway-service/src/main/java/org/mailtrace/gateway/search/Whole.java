package org.mailtrace.gateway.search;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.mailtrace.contract.Question;
import org.mailtrace.contract.SourceAnswer;
import org.mailtrace.gateway.answer.Trace;
import org.mailtrace.gateway.answer.TraceAnswer;
import org.mailtrace.gateway.ask.Inquiry;
import org.mailtrace.gateway.conclude.Completeness;
import org.mailtrace.gateway.join.Joiner;
import org.mailtrace.gateway.join.Kinship;
import org.mailtrace.gateway.join.Message;
import org.mailtrace.gateway.join.NextHops;
import org.mailtrace.gateway.settings.GatewaySettings;
import org.mailtrace.gateway.words.Summary;

/** Joins and concludes everything that an inquiry brought, as one answer without pages; it is kept and read later. */
@ApplicationScoped
public class Whole {
    private final Assembly assembly;
    private final Search search;
    private final Completeness completeness;
    private final Summary summary;
    private final Joiner joiner;

    Whole(
            Assembly assembly,
            Search search,
            Completeness completeness,
            Summary summary,
            GatewaySettings settings,
            NextHops hops) {
        this.assembly = assembly;
        this.search = search;
        this.completeness = completeness;
        this.summary = summary;
        this.joiner = new Joiner(settings.sameMessageWithin(), hops);
    }

    /**
     * One trace of it.
     *
     * @param key its place among those of the same moment; the same whenever the same is concluded
     */
    public record Kept(String key, Trace trace) {}

    /**
     * All of it.
     *
     * @param traces newest first; the address in their links is relative
     * @param answer everything else of the answer
     * @param anybody whether any source looked or gave a row, so that there is something to say at all
     */
    public record Result(List<Kept> traces, TraceAnswer answer, boolean anybody) {
        public Result {
            traces = List.copyOf(traces);
        }
    }

    /** Concludes. */
    public Result of(Asking asking, Inquiry inquiry) {
        Question question = asking.question();
        List<Message> known = inquiry.messages(joiner);
        List<Message> matches = Search.matches(known, question, asking.outcomes(), inquiry);
        Kinship kinship = new Kinship(known);
        List<Kept> traces = matches.stream()
                .map(message ->
                        new Kept(Assembly.keyOf(message), assembly.trace(message, kinship, question, inquiry, "")))
                .filter(kept -> asking.outcomes().isEmpty()
                        || kept.trace().recipients().stream()
                                .anyMatch(recipient -> asking.outcomes().contains(recipient.outcome())))
                .toList();
        List<SourceAnswer> blind = completeness.blind(question, matches, inquiry);
        TraceAnswer answer = new TraceAnswer(
                Search.echo(question),
                blind.isEmpty(),
                summary.say(
                        question,
                        Summary.Page.whole(traces.size(), matches.size() - traces.size())
                                .showing(traces.stream().map(Kept::trace).toList()),
                        blind,
                        completeness.provenUntil(inquiry),
                        inquiry.showed()),
                Optional.of(summary.timeZone()),
                List.of(),
                search.reports(inquiry),
                Search.warnings(question, matches, inquiry),
                new TraceAnswer.PageLinks(Optional.empty()));
        boolean anybody = !inquiry.sightings().isEmpty()
                || inquiry.sources().stream()
                        .anyMatch(source -> inquiry.answerOf(source).state().looked());
        return new Result(traces, answer, anybody);
    }
}
