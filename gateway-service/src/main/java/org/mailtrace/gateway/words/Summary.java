package org.mailtrace.gateway.words;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mailtrace.contract.Question;
import org.mailtrace.contract.SourceAnswer;
import org.mailtrace.contract.SourceState;
import org.mailtrace.gateway.answer.Trace;
import org.mailtrace.gateway.settings.GatewaySettings;

/** The sentence over all traces: what was found, what is not proven, and until when. */
@ApplicationScoped
public class Summary {
    private final GatewaySettings settings;
    private final Times times;
    private final Clock clock;

    Summary(GatewaySettings settings, Clock clock) {
        this.settings = settings;
        this.times = new Times(settings.zone());
        this.clock = clock;
    }

    /**
     * What one page shows.
     *
     * @param found how many messages this page shows
     * @param hidden how many it found and does not show, because they have another outcome
     * @param more whether further pages follow
     * @param further whether pages came before: what was not found on this one may have been on those
     * @param held whether it shows nothing because what it would show is held back, or may be
     * @param loose how many of those that it shows may be part of another message
     */
    public record Page(int found, int hidden, boolean more, boolean further, boolean held, long loose) {
        /** An answer without pages. */
        public static Page whole(int found, int hidden) {
            return new Page(found, hidden, false, false, false, 0);
        }

        /** The same page, with these traces on it. */
        public Page showing(List<Trace> traces) {
            long parts = traces.stream()
                    .filter(trace -> trace.notices().stream()
                            .anyMatch(notice -> notice.code().equals(Trace.Notice.MAYBE_PART_OF_ANOTHER)))
                    .count();
            return new Page(found, hidden, more, further, held, parts);
        }
    }

    /**
     * Says it all in one line, and the zone of the times in it and in the sentences below it.
     *
     * @param blind the sources that would have had to look and did not
     * @param provenUntil up to when those that looked prove absence
     * @param showed the sources that showed anything, to this question or to a further one
     */
    public String say(
            Question question, Page page, List<SourceAnswer> blind, Optional<Instant> provenUntil, Set<String> showed) {
        List<String> sentences = new ArrayList<>();
        sentences.add(found(question, page, blind, provenUntil));
        blind.forEach(answer -> sentences.add(notKnown(answer, showed.contains(answer.source()))));
        String said = String.join(" ", sentences);
        return page.found() > 0 ? said + " " + times.areInZone() : inZone(said);
    }

    /** The zone of all times in what is said of messages. */
    public String timeZone() {
        return times.zone();
    }

    private String inZone(String said) {
        return Times.areIn(said) ? said + " " + times.areInZone() : said;
    }

    /**
     * Of a trace that was looked up again and not found, although not everybody looked.
     *
     * @param blind the sources that would have had to look and did not
     */
    public String notSeenAgain(List<SourceAnswer> blind) {
        return inZone(Stream.concat(
                        Stream.of(LookUpWords.PROVES_NOTHING), blind.stream().map(answer -> notKnown(answer, false)))
                .collect(Collectors.joining(" ")));
    }

    /** A warning that more was recorded around a moment than can be read. */
    public String crowded(Instant at) {
        return PageWords.crowded(time(at));
    }

    private String found(Question question, Page page, List<SourceAnswer> blind, Optional<Instant> provenUntil) {
        String ruledOut = blind.isEmpty() ? upTo(question, provenUntil, " Further ones are ruled out only up to ") : "";
        if (page.found() > 0) {
            String messages = Words.count(page.found(), page.further() ? "further message" : "message") + " found";
            String where = page.more() ? " on this page; more follow." : page.further() ? " on this last page." : ".";
            return messages + where + loose(page) + ruledOut;
        }
        if (page.more()) {
            return page.held() ? PageWords.HELD : "Nothing on this page matches; more pages follow.";
        }
        if (page.hidden() > 0) {
            return Words.count(page.hidden(), page.further() ? "further message" : "message") + " found"
                    + (page.further() ? " on this last page" : "") + ", none of them with the outcome asked for."
                    + ruledOut;
        }
        String by = question.sender().isPresent() ? " by that envelope sender" : "";
        String message = page.further() ? "No further message" : "No message";
        if (!blind.isEmpty()) {
            return message + " was seen" + by + ", but that does not prove that there is none.";
        }
        String window = page.further() ? "" : " between " + time(question.from()) + " and " + time(end(question));
        return message + " found" + by + window + "; every source looked."
                + upTo(question, provenUntil, " That is proven up to ");
    }

    private static String loose(Page page) {
        if (page.loose() == 0) {
            return "";
        }
        if (page.found() == 1) {
            return " It may be part of another message.";
        }
        return page.loose() == 1
                ? " One of them may be part of another."
                : " " + page.loose() + " of them may be parts of others.";
    }

    private String upTo(Question question, Optional<Instant> provenUntil, String words) {
        return provenUntil
                .filter(proven -> proven.isBefore(end(question)))
                .map(proven -> words + time(proven) + "; newer messages may not be visible yet.")
                .orElse("");
    }

    private Instant end(Question question) {
        return question.to().isBefore(clock.instant()) ? question.to() : clock.instant();
    }

    private String notKnown(SourceAnswer answer, boolean showed) {
        GatewaySettings.Source source = settings.sources().get(answer.source());
        return source.title() + " " + did(answer) + ", so " + source.knows() + " is not known"
                + (showed || !answer.observations().isEmpty() ? " in full." : ".");
    }

    private String did(SourceAnswer answer) {
        SourceState state = answer.state();
        return switch (state) {
            case ANSWERED ->
                answer.next().isPresent() && answer.observations().isEmpty()
                        ? "says that it has more records, and showed none of them"
                        : "has only looked up to "
                                + answer.absenceProvenUntil().map(this::time).orElse("a time that it does not tell");
            case NOT_ASKED -> "was left out of this question";
            case CANNOT_ANSWER -> "cannot search by what was asked";
            case TRUNCATED -> "has more records than it can give for this question";
            case REPORT_REQUIRED -> "can answer this only by a report";
            case OUT_OF_RETENTION -> "does not keep records for the whole of that time";
            case PARTIAL -> "could look only in part";
            case THROTTLED -> "has spent its quota for the moment";
            case TIMED_OUT -> "did not answer in time";
            case CIRCUIT_OPEN -> "keeps failing and was not asked";
            case FAILED -> "did not answer";
            case DENIED -> "refused the access";
        };
    }

    private String time(Instant instant) {
        return times.say(instant, clock.instant());
    }
}
