package org.mailtrace.http.problem;

import java.util.List;
import java.util.Optional;
import org.mailtrace.contract.Fault;
import org.mailtrace.contract.Problem;
import org.mailtrace.contract.SourceAnswer;

/** Ends a request with a problem document. The detail is shown to the caller: it names no class, host or secret. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ProblemKind kind;
    private final transient List<Fault> faults;
    private final transient List<SourceAnswer> sources;
    private final transient Optional<Long> retryAfterSeconds;

    public ProblemException(ProblemKind kind, String detail) {
        this(kind, detail, List.of(), List.of(), Optional.empty());
    }

    public ProblemException(
            ProblemKind kind,
            String detail,
            List<Fault> faults,
            List<SourceAnswer> sources,
            Optional<Long> retryAfterSeconds) {
        super(detail);
        this.kind = kind;
        this.faults = List.copyOf(faults);
        this.sources = List.copyOf(sources);
        this.retryAfterSeconds = retryAfterSeconds;
    }

    /** The problem document of the request that it ended, for an answer whose status has been sent already. */
    public Problem document(String requestId) {
        return new Problem(
                kind.type(),
                kind.title(),
                kind.status(),
                Optional.of(getMessage()),
                Optional.of("urn:mailtrace:request:" + requestId),
                faults,
                sources);
    }

    /** Which kind of problem it is. */
    public ProblemKind kind() {
        return kind;
    }

    Optional<Long> retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
