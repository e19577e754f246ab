package org.mailtrace.proofpoint;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mailtrace.contract.SourcePart;
import org.mailtrace.contract.SourceState;
import org.mailtrace.proofpoint.row.MessageRow;

/**
 * What one way of looking brought, and how well it looked.
 *
 * @param rows in Smart Search's columns
 * @param completeDownTo from the window's end down to this moment no row is missing, except where a part says so
 * @param parts how well each part looked
 * @param searched the stretch that was looked at; empty if none of it could be
 * @param searchableFrom the oldest that could have been found, UTC
 * @param provenUntil finding nothing proves that there is nothing up to here, where all parts looked, UTC
 * @param dataAsOf how new the newest data are, where that is known, UTC
 */
record Looked(
        List<MessageRow> rows,
        Instant completeDownTo,
        List<SourcePart> parts,
        Optional<Stretch> searched,
        Optional<Instant> searchableFrom,
        Instant provenUntil,
        Optional<Instant> dataAsOf,
        Optional<Duration> retryAfter) {
    Looked {
        rows = List.copyOf(rows);
        parts = List.copyOf(parts);
    }

    /** From one moment to another, UTC. */
    record Stretch(Instant from, Instant to) {}

    /** Nothing was asked, because nothing can be behind the question. */
    static Looked nothing(String part, Instant until) {
        return new Looked(
                List.of(),
                Instant.MIN,
                List.of(new SourcePart(
                        part, SourceState.ANSWERED, Optional.empty(), Optional.empty(), Optional.empty())),
                Optional.empty(),
                Optional.empty(),
                until,
                Optional.empty(),
                Optional.empty());
    }

    SourceState state() {
        return SourceState.ofParts(parts.stream().map(SourcePart::state).toList());
    }

    /** The same, if finding nothing proves nothing: a row was left out that may be what was asked for. */
    Looked provingNothing() {
        Instant from = searched.map(Stretch::from).orElse(provenUntil);
        return new Looked(rows, completeDownTo, parts, searched, searchableFrom, from, dataAsOf, retryAfter);
    }

    /** The same with another part beside the others. */
    Looked with(SourcePart part) {
        return new Looked(
                rows,
                completeDownTo,
                Stream.concat(parts.stream(), Stream.of(part)).toList(),
                searched,
                searchableFrom,
                provenUntil,
                dataAsOf,
                retryAfter);
    }
}
