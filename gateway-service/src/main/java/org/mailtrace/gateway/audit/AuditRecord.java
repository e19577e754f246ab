package org.mailtrace.gateway.audit;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.mailtrace.contract.NameValue;

/**
 * What was asked, by whom, and what came of it. Subjects, tokens and what the answer told are not in it.
 *
 * @param previous SHA-256 of the line before this one, in hexadecimal digits; empty in the first record of all
 * @param at when the answer was ready, UTC
 * @param who the subject of the token
 * @param name of the user or client, as the token has it
 * @param operation what was done, by its name in the description
 * @param filter the parameters; of a subject and of an address to call back only that one was given
 * @param result {@code ANSWERED}, {@code ORDERED} for a report that goes on, {@code DONE} for what
 *     an operator did, {@code BEGUN} before either of these two, {@code NOT_ANSWERED} with the status of the
 *     problem that the caller got instead, {@code ABANDONED} if the caller left before, {@code FAILED} by an error of ours
 * @param status HTTP status
 * @param traces how many traces were shown
 * @param complete whether every source looked
 * @param sources how each source did
 * @param requestId as the caller had it in {@code X-Request-Id}
 */
@RegisterForReflection
public record AuditRecord(
        String previous,
        Instant at,
        String who,
        String name,
        String operation,
        List<NameValue> filter,
        String result,
        int status,
        Optional<Integer> traces,
        Optional<Boolean> complete,
        List<NameValue> sources,
        Optional<String> ticket,
        Optional<String> reason,
        String requestId) {
    public AuditRecord {
        // A line that lacks any of these is no record.
        Objects.requireNonNull(previous, "previous");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(who, "who");
        Objects.requireNonNull(name, "name");
        filter = List.copyOf(filter);
        sources = List.copyOf(sources);
    }

    AuditRecord after(String line) {
        return new AuditRecord(
                line, at, who, name, operation, filter, result, status, traces, complete, sources, ticket, reason,
                requestId);
    }
}
