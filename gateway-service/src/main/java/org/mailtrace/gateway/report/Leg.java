package org.mailtrace.gateway.report;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mailtrace.contract.ReportStatus;
import org.mailtrace.contract.SourceAnswer;
import org.mailtrace.contract.SourceState;

/**
 * How far a report is with one source.
 *
 * @param way how the source is asked
 * @param over whether nothing more is asked
 * @param cursor where its next page begins
 * @param report the source's own report
 * @param status what the source last said about it
 * @param failures outages in a row
 * @param notBefore before this moment it is not asked
 * @param said what it answered, all pages together, without rows
 * @param bytes what its rows take as JSON; 0 for those of reports that began before that was counted
 * @param mark a place that was passed: who comes by there again goes in a circle
 */
@RegisterForReflection
record Leg(
        String source,
        Way way,
        boolean over,
        Optional<String> cursor,
        Optional<String> report,
        Optional<ReportStatus> status,
        int pages,
        int rows,
        int failures,
        Optional<Instant> notBefore,
        Optional<SourceAnswer> said,
        Optional<String> mark,
        long bytes) {
    Leg {
        // Reports that began before circles were looked for have none.
        mark = Optional.ofNullable(mark).flatMap(place -> place);
    }

    /** How a source is asked. */
    enum Way {
        /** It answers at once, page by page. */
        PAGES,
        /** It answers by a report of its own. */
        REPORT
    }

    static Leg to(String source) {
        return new Leg(
                source,
                Way.PAGES,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0);
    }

    boolean isDue(Instant now) {
        return !over && notBefore.map(moment -> !moment.isAfter(now)).orElse(true);
    }

    /** From the beginning, that way. */
    Leg anew(Way other) {
        Leg fresh = to(source);
        return new Leg(
                source,
                other,
                false,
                fresh.cursor(),
                fresh.report(),
                fresh.status(),
                0,
                0,
                0,
                fresh.notBefore(),
                fresh.said(),
                fresh.mark(),
                0);
    }

    Leg ordered(String id, Instant lookAgain) {
        return new Leg(
                source,
                way,
                false,
                cursor,
                Optional.of(id),
                status,
                pages,
                rows,
                0,
                Optional.of(lookAgain),
                said,
                mark,
                bytes);
    }

    Leg stands(ReportStatus now, Optional<Instant> lookAgain) {
        return new Leg(
                source, way, false, cursor, report, Optional.of(now), pages, rows, 0, lookAgain, said, mark, bytes);
    }

    /**
     * A page was read. The mark moves on at the first, second, fourth, eighth page, so that any circle meets it (Brent).
     *
     * @param kept what of its rows was kept
     */
    Leg read(SourceAnswer page, Rows.Page kept, Optional<String> next) {
        SourceAnswer all = said.map(before -> together(before, page)).orElse(withoutRows(page, page.state()));
        return new Leg(
                source,
                way,
                next.isEmpty(),
                next,
                report,
                status,
                pages + 1,
                rows + kept.rows(),
                0,
                Optional.empty(),
                Optional.of(all),
                Integer.bitCount(pages + 1) == 1 ? next : mark,
                bytes + kept.finding().body().length());
    }

    /** It failed and is asked again later. */
    Leg failed(Instant again) {
        return waits(failures + 1, again);
    }

    /** It cannot be asked before that moment. */
    Leg waits(Instant until) {
        return waits(failures, until);
    }

    private Leg waits(int failed, Instant until) {
        return new Leg(
                source, way, false, cursor, report, status, pages, rows, failed, Optional.of(until), said, mark, bytes);
    }

    /**
     * It is given up: what was read stays, and the state says that something is missing. What its pages were to cover was
     * not read to its end, so that no stretch is said to have been searched.
     */
    Leg ends(SourceState state, String why) {
        SourceAnswer last = SourceAnswer.without(source, state, why, 0);
        return new Leg(
                source,
                way,
                true,
                Optional.empty(),
                report,
                status,
                pages,
                rows,
                failures,
                Optional.empty(),
                Optional.of(said.map(before -> together(withoutStretch(before), last))
                        .orElse(last)),
                mark,
                bytes);
    }

    private static SourceAnswer withoutStretch(SourceAnswer answer) {
        return copy(answer, answer.state(), Optional.empty(), Optional.empty());
    }

    /** Whether a page that begins there was read before. */
    boolean knows(String place) {
        return cursor.filter(place::equals).isPresent()
                || mark.filter(place::equals).isPresent();
    }

    private static SourceAnswer together(SourceAnswer before, SourceAnswer page) {
        SourceState state = page.state().looked() ? before.state() : page.state();
        SourceAnswer all = withoutRows(before, state);
        Optional<Instant> proven = before.absenceProvenUntil()
                .flatMap(one -> page.absenceProvenUntil().map(other -> one.isBefore(other) ? one : other));
        return new SourceAnswer(
                all.source(),
                state,
                all.searchedFrom(),
                all.searchedTo(),
                all.searchableFrom(),
                all.dataAsOf(),
                proven,
                before.tookMs() + page.tookMs(),
                Optional.empty(),
                page.parts().isEmpty() ? before.parts() : page.parts(),
                before.equivalent(),
                state.looked() ? Optional.empty() : page.explanation().or(before::explanation),
                before.warnings().isEmpty() ? page.warnings() : before.warnings(),
                List.of(),
                Optional.empty());
    }

    private static SourceAnswer withoutRows(SourceAnswer answer, SourceState state) {
        return copy(answer, state, answer.searchedFrom(), answer.searchedTo());
    }

    private static SourceAnswer copy(
            SourceAnswer answer, SourceState state, Optional<Instant> searchedFrom, Optional<Instant> searchedTo) {
        return new SourceAnswer(
                answer.source(),
                state,
                searchedFrom,
                searchedTo,
                answer.searchableFrom(),
                answer.dataAsOf(),
                answer.absenceProvenUntil(),
                answer.tookMs(),
                Optional.empty(),
                answer.parts(),
                answer.equivalent(),
                answer.explanation(),
                answer.warnings(),
                List.of(),
                Optional.empty());
    }
}
