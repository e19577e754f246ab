package org.mailtrace.proofpoint.recorded;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailtrace.contract.SourceState;
import org.mailtrace.proofpoint.slicing.Window;
import org.mailtrace.proofpoint.stream.Known;
import org.mailtrace.proofpoint.words.RecordSentences;

/**
 * How much of a window the records of one type cover.
 *
 * @param known what is known of the type
 * @param from start of the window, UTC
 * @param to its end
 * @param now when it is asked
 * @param settling how late a record may arrive without anything being wrong
 */
public record Reached(Known known, Instant from, Instant to, Instant now, Duration settling) {

    /** The oldest record that can be here; empty before the first connection. */
    public Optional<Instant> since() {
        return known.since();
    }

    /** From the window's start to here everything that was logged is here, but for the open stretches. */
    public Instant provenUntil() {
        Instant settled = until().orElse(from).minus(settling);
        Instant end = settled.isBefore(to) ? settled : to;
        return end.isAfter(from) ? end : from;
    }

    /** Stretches of the window in which records may be missing, oldest first. */
    public List<Window> open() {
        List<Window> open = new ArrayList<>();
        Instant since = known.since().orElse(to);
        add(open, from, since);
        known.gaps().forEach(gap -> add(open, gap.from().isBefore(since) ? since : gap.from(), gap.to()));
        Instant until = until().orElse(since);
        if (isBehind(until)) {
            // What was logged just before may be late, too.
            Instant settled = until.minus(settling);
            add(open, settled.isBefore(since) ? since : settled, to);
        }
        return open;
    }

    /** Nothing of the future is here, whatever a clock that was set back may have noted. */
    private Optional<Instant> until() {
        return known.until().map(until -> until.isAfter(now) ? now : until);
    }

    /** The same, if records before this moment were removed in the meantime. */
    public Reached notBefore(Instant floor) {
        return new Reached(known.notBefore(floor), from, to, now, settling);
    }

    /** Whether the newest part of the window has not come although it should have. */
    private boolean isBehind(Instant until) {
        return until.isBefore(to) && until.isBefore(now.minus(settling));
    }

    /**
     * The state of a source that has only these records. What does not come because the token is refused will not come
     * by waiting either.
     */
    public SourceState state() {
        boolean nothingComes =
                known.since().isEmpty() || isBehind(until().orElse(known.since().get()));
        if (nothingComes && known.isDenied()) {
            return SourceState.DENIED;
        }
        if (known.since().isEmpty()) {
            return SourceState.PARTIAL;
        }
        List<Window> open = open();
        if (open.isEmpty()) {
            return SourceState.ANSWERED;
        }
        boolean onlyTooOld = open.size() == 1 && from.isBefore(known.since().get());
        return onlyTooOld ? SourceState.OUT_OF_RETENTION : SourceState.PARTIAL;
    }

    /** Why the window is not covered; empty if it is. */
    public Optional<String> explanation(String type) {
        if (known.since().isEmpty()) {
            return Optional.of(withTrouble(RecordSentences.nothingYet(type)));
        }
        List<String> sentences = new ArrayList<>();
        Instant since = known.since().get();
        if (from.isBefore(since)) {
            sentences.add(RecordSentences.begins(type, since));
        }
        known.gaps().stream()
                .filter(this::touches)
                .map(gap -> RecordSentences.gap(type, gap.from(), gap.to(), gap.reason()))
                .forEach(sentences::add);
        Instant until = until().orElse(since);
        if (isBehind(until)) {
            sentences.add(RecordSentences.behind(type, until));
        }
        if (isBehind(until) || known.gaps().stream().anyMatch(this::isAwaited)) {
            known.trouble().ifPresent(sentences::add);
        }
        return sentences.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", sentences));
    }

    private boolean touches(Known.Gap gap) {
        return gap.from().isBefore(to)
                && gap.to().isAfter(from)
                && gap.to().isAfter(known.since().orElse(to));
    }

    /** Whether the stretch can still be filled, so that what is wrong at the moment matters for it. */
    private boolean isAwaited(Known.Gap gap) {
        return touches(gap) && !gap.lost();
    }

    private String withTrouble(String sentence) {
        return known.trouble().map(trouble -> sentence + " " + trouble).orElse(sentence);
    }

    private void add(List<Window> open, Instant start, Instant end) {
        Instant first = start.isBefore(from) ? from : start;
        Instant last = end.isAfter(to) ? to : end;
        if (first.isBefore(last)) {
            open.add(new Window(first, last));
        }
    }
}
