package org.mailtrace.exo.report;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mailtrace.contract.ReportPhase;
import org.mailtrace.exo.trace.Window;
import org.mailtrace.jobs.Place;

/**
 * All that a report needs to go on, in whichever process; stored with the rows of each step.
 *
 * @param begunAt when the first row was asked for, UTC
 * @param again the newest stretch that is read once more, once that has begun
 * @param againAt when that began
 * @param cutFrom before this moment rows were too old by the time they were asked for
 * @param failures outages in a row
 * @param splits how often a stretch had to be halved
 * @param detailsAfter the last message whose events need no more looking after
 * @param memory what another way of searching wants to be remembered; empty for the usual way
 */
record Checkpoint(
        Spot spot,
        Tally tally,
        Instant begunAt,
        Optional<Window> again,
        Optional<Instant> againAt,
        Optional<Instant> cutFrom,
        int failures,
        int splits,
        Optional<Place> detailsAfter,
        Optional<String> memory,
        List<Gap> gaps,
        List<String> warnings) {
    Checkpoint {
        gaps = List.copyOf(gaps);
        warnings = List.copyOf(warnings);
    }

    static Checkpoint beginning(Instant now) {
        return new Checkpoint(
                Spot.beginning(ReportPhase.ROWS),
                Tally.NOTHING,
                now,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of());
    }

    /** As it is, after a step that succeeded. */
    Checkpoint at(Spot next, Tally read) {
        return with(next, read, 0, splits, memory, gaps, warnings);
    }

    Checkpoint moved(Spot next) {
        return with(next, tally, failures, splits, memory, gaps, warnings);
    }

    Checkpoint failedOnce() {
        return with(spot, tally.failed(), failures + 1, splits, memory, gaps, warnings);
    }

    Checkpoint halved(Spot next) {
        return with(next, tally, failures, splits + 1, memory, gaps, warnings);
    }

    Checkpoint missing(Gap gap) {
        return gaps.contains(gap)
                ? this
                : with(
                        spot,
                        tally,
                        failures,
                        splits,
                        memory,
                        Stream.concat(gaps.stream(), Stream.of(gap)).toList(),
                        warnings);
    }

    Checkpoint warned(List<String> further) {
        return with(
                spot,
                tally,
                failures,
                splits,
                memory,
                gaps,
                Stream.concat(warnings.stream(), further.stream()).distinct().toList());
    }

    Checkpoint remembering(Optional<String> remembered) {
        return with(spot, tally, 0, splits, remembered, gaps, warnings);
    }

    /** What became too old stays so, whatever older stretch is looked at afterwards. */
    Checkpoint cutAt(Instant from) {
        return new Checkpoint(
                spot,
                tally,
                begunAt,
                again,
                againAt,
                cutFrom.filter(cut -> cut.isAfter(from)).or(() -> Optional.of(from)),
                failures,
                splits,
                detailsAfter,
                memory,
                gaps,
                warnings);
    }

    Checkpoint readingAgain(Window window, Instant now) {
        return new Checkpoint(
                Spot.beginning(ReportPhase.LATE_ROWS),
                tally,
                begunAt,
                Optional.of(window),
                Optional.of(now),
                cutFrom,
                failures,
                splits,
                detailsAfter,
                memory,
                gaps,
                warnings);
    }

    Checkpoint readingDetails(Optional<Place> after) {
        return new Checkpoint(
                Spot.beginning(ReportPhase.DETAILS),
                tally,
                begunAt,
                again,
                againAt,
                cutFrom,
                failures,
                splits,
                after,
                memory,
                gaps,
                warnings);
    }

    private Checkpoint with(
            Spot at,
            Tally read,
            int failed,
            int halvings,
            Optional<String> remembered,
            List<Gap> missing,
            List<String> said) {
        return new Checkpoint(
                at, read, begunAt, again, againAt, cutFrom, failed, halvings, detailsAfter, remembered, missing, said);
    }
}
