package org.mailtrace.gateway.audit;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.logging.Logger;
import org.mailtrace.contract.NameValue;
import org.mailtrace.gateway.answer.TraceAnswer;
import org.mailtrace.gateway.words.AuditWords;
import org.mailtrace.http.problem.ProblemException;
import org.mailtrace.http.problem.ProblemKind;

/** Writes down what is asked and what came of it. What cannot be written down is not shown. */
@ApplicationScoped
public class Audit {
    private static final Logger LOG = Logger.getLogger(Audit.class);
    private static final int OK = 200;
    private static final int FAILED = 500;

    private final AuditFile file;
    private final SecurityIdentity identity;
    private final Clock clock;

    Audit(AuditFile file, SecurityIdentity identity, Clock clock) {
        this.file = file;
        this.identity = identity;
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
        return identity.getPrincipal() instanceof JsonWebToken token && token.getSubject() != null
                ? token.getSubject()
                : identity.getPrincipal().getName();
    }

    /** One question that is being answered. */
    public final class Entry {
        private final String operation;
        private final Map<String, List<String>> given;
        private final String requestId;
        private final String who;
        private final String name;

        private Entry(String operation, Map<String, List<String>> given, String requestId, String who, String name) {
            this.operation = operation;
            this.given = given;
            this.requestId = requestId;
            this.who = who;
            this.name = name;
        }

        /**
         * Does the work and writes down how it ended.
         *
         * @param told the answer in what the work brought, if there is one
         * @throws ProblemException 503 if it cannot be written down
         */
        public <T> T of(Supplier<T> work, Function<T, Optional<TraceAnswer>> told) {
            T result;
            try {
                result = work.get();
            } catch (ProblemException e) {
                write("REFUSED", e.kind().status(), Optional.empty());
                throw e;
            } catch (RuntimeException e) {
                write("FAILED", FAILED, Optional.empty());
                throw e;
            }
            write("ANSWERED", OK, told.apply(result));
            return result;
        }

        private void write(String result, int status, Optional<TraceAnswer> answer) {
            try {
                file.append(new AuditRecord(
                        "",
                        clock.instant(),
                        who,
                        name,
                        operation,
                        filter(answer),
                        result,
                        status,
                        answer.map(told -> told.traces().size()),
                        answer.map(TraceAnswer::complete),
                        answer.stream()
                                .flatMap(told -> told.sources().stream())
                                .map(source -> new NameValue(
                                        source.source(), source.state().name()))
                                .toList(),
                        one("ticket"),
                        one("reason"),
                        requestId));
            } catch (IOException e) {
                LOG.errorf("an audit record cannot be written, so nothing is shown reason=%s", e.getClass());
                throw new ProblemException(ProblemKind.AUDIT_UNAVAILABLE, AuditWords.CANNOT_BE_WRITTEN);
            }
        }

        /** An id of ours tells an auditor nothing, so that of the message stands beside it; a subject tells too much. */
        private List<NameValue> filter(Optional<TraceAnswer> answer) {
            Stream<NameValue> shown = answer.filter(told -> given.containsKey("id")).stream()
                    .flatMap(told -> told.traces().stream())
                    .flatMap(trace -> trace.messageId().stream())
                    .limit(1)
                    .map(id -> new NameValue("messageId", AuditWords.shown(id)));
            Stream<NameValue> asked = given.entrySet().stream()
                    .filter(parameter -> !parameter.getKey().equals("ticket")
                            && !parameter.getKey().equals("reason"))
                    .map(parameter -> new NameValue(
                            AuditWords.shown(parameter.getKey()),
                            parameter.getKey().equals("subject")
                                    ? AuditWords.GIVEN
                                    : AuditWords.shown(String.join(",", parameter.getValue()))));
            return Stream.concat(asked, shown).toList();
        }

        private Optional<String> one(String parameter) {
            return given.getOrDefault(parameter, List.of()).stream().findFirst().map(AuditWords::shown);
        }
    }
}
