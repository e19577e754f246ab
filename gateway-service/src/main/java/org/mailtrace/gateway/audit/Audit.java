package org.mailtrace.gateway.audit;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.mailtrace.contract.InvalidQuestionException;
import org.mailtrace.contract.NameValue;
import org.mailtrace.gateway.answer.TraceAnswer;
import org.mailtrace.gateway.ask.AbandonedException;
import org.mailtrace.gateway.settings.GatewaySettings;
import org.mailtrace.gateway.words.AuditWords;
import org.mailtrace.http.problem.ProblemException;
import org.mailtrace.http.problem.ProblemKind;
import org.mailtrace.http.request.Subject;

/** Writes down what is asked and what came of it. What cannot be written down is not shown. */
@ApplicationScoped
public class Audit {
    private static final Logger LOG = Logger.getLogger(Audit.class);
    private static final int INVALID = 400;
    private static final int FAILED = 500;
    /** No status of HTTP: none was sent. Many servers' logs say it so. */
    private static final int CALLER_GONE = 499;

    private static final Set<String> PURPOSE = Set.of("ticket", "reason");
    /** Subjects tell too much, and an address to call back may carry a secret. */
    private static final Set<String> HIDDEN = Set.of("subject", "callbackUrl");

    private final AuditFile file;
    private final SecurityIdentity identity;
    private final Duration deadline;
    private final Clock clock;

    Audit(AuditFile file, SecurityIdentity identity, GatewaySettings settings, Clock clock) {
        this.file = file;
        this.identity = identity;
        this.deadline = settings.deadline();
        this.clock = clock;
    }

    /**
     * Begins an entry; on the request's own thread, because who asks is known there alone.
     *
     * @param operation by its name in the description
     * @param given the parameters as they came
     */
    public Entry entry(String operation, Map<String, List<String>> given, String requestId) {
        return new Entry(
                operation,
                new TreeMap<>(given),
                requestId,
                who(),
                identity.getPrincipal().getName());
    }

    private String who() {
        return Subject.of(identity);
    }

    /** One question that is being answered, or one thing that is being done; on one thread. */
    public final class Entry {
        private final Until answered = Until.after(deadline);
        private final String operation;
        private final Map<String, List<String>> given;
        private final String requestId;
        private final String who;
        private final String name;
        private boolean begun;

        private Entry(String operation, Map<String, List<String>> given, String requestId, String who, String name) {
            this.operation = operation;
            this.given = given;
            this.requestId = requestId;
            this.who = who;
            this.name = name;
        }

        /**
         * Writes down that something begins that changes more than what is shown. It has to be called before that is done: so
         * nothing is done of which there is no record, and who is refused for the audit knows that it was not done. What came of
         * it is written down as well; where that fails, the caller is told all the same, because it was done.
         *
         * @throws ProblemException 503 if it cannot be written down; then it must not be done
         */
        public void begin() {
            try {
                append(Told.begun());
            } catch (IOException e) {
                LOG.errorf("an audit record cannot be written, so nothing is done reason=%s", e.getClass());
                throw new ProblemException(ProblemKind.AUDIT_UNAVAILABLE, AuditWords.CANNOT_BE_BEGUN);
            }
            begun = true;
        }

        /**
         * Does work that changes something: writes down that it begins, does it, and writes down how it ended.
         *
         * @param told what the work brought
         * @throws ProblemException 503 if it cannot be written down that it begins; then it was not done
         */
        public <T> T ofChange(Supplier<T> work, Function<T, Told> told) {
            begin();
            return of(work, told);
        }

        /**
         * Does the work and writes down how it ended.
         *
         * @param told what the work brought
         * @throws ProblemException 503 if it cannot be written down
         */
        public <T> T of(Supplier<T> work, Function<T, Told> told) {
            T result;
            try {
                result = work.get();
            } catch (ProblemException e) {
                if (e.kind() == ProblemKind.AUDIT_UNAVAILABLE) {
                    throw e;
                }
                write(Told.failed("NOT_ANSWERED", e.kind().status()));
                throw e;
            } catch (InvalidQuestionException e) {
                write(Told.failed("NOT_ANSWERED", INVALID));
                throw e;
            } catch (AbandonedException e) {
                write(Told.failed("ABANDONED", CALLER_GONE));
                throw e;
            } catch (RuntimeException e) {
                write(Told.failed("FAILED", FAILED));
                throw e;
            }
            write(told.apply(result));
            return result;
        }

        private void write(Told told) {
            try {
                append(told);
            } catch (IOException e) {
                if (begun) {
                    LOG.errorf(
                            "an audit record of what came of what was begun cannot be written reason=%s", e.getClass());
                    return;
                }
                LOG.errorf("an audit record cannot be written, so nothing is shown reason=%s", e.getClass());
                throw new ProblemException(ProblemKind.AUDIT_UNAVAILABLE, AuditWords.CANNOT_BE_WRITTEN);
            }
        }

        private void append(Told told) throws IOException {
            Map<String, List<String>> asked = new TreeMap<>(given);
            asked.putAll(told.known());
            Optional<TraceAnswer> answer = told.answer();
            file.append(
                    new AuditRecord(
                            "",
                            clock.instant(),
                            who,
                            name,
                            operation,
                            filter(asked, answer),
                            told.result(),
                            told.status(),
                            answer.map(shown -> shown.traces().size()),
                            answer.map(TraceAnswer::complete),
                            answer.stream()
                                    .flatMap(shown -> shown.sources().stream())
                                    .map(source -> new NameValue(
                                            source.source(), source.state().name()))
                                    .toList(),
                            one(asked, "ticket"),
                            one(asked, "reason"),
                            requestId),
                    answered);
        }

        /** An id of ours tells an auditor nothing, so that of the message stands beside it. */
        private static List<NameValue> filter(Map<String, List<String>> asked, Optional<TraceAnswer> answer) {
            Stream<NameValue> shown = answer.filter(any -> asked.containsKey("id")).stream()
                    .flatMap(told -> told.traces().stream())
                    .flatMap(trace -> trace.messageId().stream())
                    .limit(1)
                    .map(id -> new NameValue("messageId", AuditWords.shown(id)));
            Stream<NameValue> parameters = asked.entrySet().stream()
                    .filter(parameter -> !PURPOSE.contains(parameter.getKey()))
                    .map(parameter -> new NameValue(
                            AuditWords.shown(parameter.getKey()),
                            HIDDEN.contains(parameter.getKey())
                                    ? AuditWords.GIVEN
                                    : AuditWords.shown(String.join(",", parameter.getValue()))));
            return Stream.concat(parameters, shown).toList();
        }

        private static Optional<String> one(Map<String, List<String>> asked, String parameter) {
            return asked.getOrDefault(parameter, List.of()).stream().findFirst().map(AuditWords::shown);
        }
    }
}
