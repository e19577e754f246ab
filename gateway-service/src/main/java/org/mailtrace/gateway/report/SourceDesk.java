package org.mailtrace.gateway.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jboss.resteasy.reactive.ClientWebApplicationException;
import org.mailtrace.contract.Problem;
import org.mailtrace.contract.Question;
import org.mailtrace.contract.Report;
import org.mailtrace.contract.ReportLinks;
import org.mailtrace.contract.ReportProgress;
import org.mailtrace.contract.RequestCost;
import org.mailtrace.contract.SourceAnswer;
import org.mailtrace.contract.SourceState;
import org.mailtrace.gateway.ask.Caller;
import org.mailtrace.gateway.ask.RetryAfter;
import org.mailtrace.gateway.ask.SourceClients;
import org.mailtrace.gateway.ask.Sources;
import org.mailtrace.gateway.settings.GatewaySettings;
import org.mailtrace.gateway.words.ReportWords;
import org.mailtrace.http.guard.Guarded;
import org.mailtrace.http.guard.SourceFailure;
import org.mailtrace.http.problem.ProblemKind;

/** The configured sources over HTTP; reports have guards of their own, so that they do not spend what questions need. */
@ApplicationScoped
@RegisterForReflection(targets = {Report.class, ReportLinks.class, ReportProgress.class, RequestCost.class})
class SourceDesk implements Desk {
    private record Counter(String title, ReportApi api, Guarded guarded) {}

    private final Map<String, Counter> counters = new TreeMap<>();
    private final Sources sources;
    private final ObjectReader json;
    private final int limit;
    private final Clock clock;

    SourceDesk(Sources sources, SourceClients clients, GatewaySettings settings, ObjectMapper json, Clock clock) {
        this.sources = sources;
        this.json = SourceClients.strict(json);
        this.limit = settings.answerLimit();
        this.clock = clock;
        settings.sources().forEach((name, source) -> {
            ReportApi api = clients.to(source, ReportApi.class);
            Guarded guard = sources.named(name).orElseThrow().guardOfReports();
            counters.put(name, new Counter(source.title(), api, guard));
        });
    }

    @Override
    public SourceAnswer ask(String source, Question question, Caller caller) {
        return sources.named(source)
                .map(known -> known.ask(question, caller))
                .orElseGet(() ->
                        SourceAnswer.without(source, SourceState.CANNOT_ANSWER, ReportWords.NO_LONGER_CONFIGURED, 0));
    }

    @Override
    public Report order(String source, Question question, String key, Caller caller) {
        Map<String, String> body = question.toParameters();
        body.remove("cursor");
        return call(
                source,
                counter -> read(
                        counter,
                        caller.make(one -> counter.api().order(one.authorization(), one.requestId(), key, body)),
                        Report.class));
    }

    @Override
    public Optional<Report> look(String source, String id, Caller caller) {
        return call(source, counter -> {
            try {
                return Optional.of(read(
                        counter,
                        caller.make(one -> counter.api().look(one.authorization(), one.requestId(), id)),
                        Report.class));
            } catch (ClientWebApplicationException e) {
                if (problemIn(e)
                        .filter(problem -> problem.type().equals(ProblemKind.NOT_FOUND.type()))
                        .isPresent()) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    @Override
    public SourceAnswer read(String source, String id, Question page, Caller caller) {
        Map<String, String> place = new TreeMap<>(Map.of("limit", Integer.toString(page.limit())));
        page.cursor().ifPresent(cursor -> place.put("cursor", cursor));
        return call(source, counter -> {
            SourceAnswer answer = read(
                    counter,
                    caller.make(one -> counter.api().read(one.authorization(), one.requestId(), id, place)),
                    SourceAnswer.class);
            return sources.named(source).orElseThrow().believed(page, answer);
        });
    }

    @Override
    public void cancel(String source, String id, Caller caller) {
        call(source, counter -> {
            caller.make(one -> counter.api().cancel(one.authorization(), one.requestId(), id))
                    .close();
            return true;
        });
    }

    private interface Call<T> {
        T of(Counter counter) throws IOException;
    }

    @SuppressWarnings("unchecked")
    private <T> T call(String source, Call<T> call) {
        Counter counter = Optional.ofNullable(counters.get(source))
                .orElseThrow(() -> new SourceFailure(SourceState.CANNOT_ANSWER, ReportWords.NO_LONGER_CONFIGURED));
        Callable<Object> guarded = () -> {
            try {
                return call.of(counter);
            } catch (ClientWebApplicationException e) {
                try {
                    throw failureOf(counter, e);
                } finally {
                    e.getResponse().close();
                }
            }
        };
        return (T) counter.guarded().call(guarded, Object.class);
    }

    private SourceFailure failureOf(Counter counter, ClientWebApplicationException e) {
        Optional<Duration> retryAfter = RetryAfter.of(e, clock.instant());
        return switch (e.getResponse().getStatus()) {
            case 401, 403 ->
                new SourceFailure(
                        SourceState.DENIED,
                        ReportWords.denied(counter.title(), e.getResponse().getStatus()));
            case 429 -> new SourceFailure(SourceState.THROTTLED, ReportWords.throttled(counter.title()), retryAfter, e);
            case 404, 405, 422 ->
                toldBy(e)
                        .orElseGet(() ->
                                new SourceFailure(SourceState.CANNOT_ANSWER, ReportWords.noReports(counter.title())));
            default ->
                toldBy(e)
                        .orElseGet(() -> new SourceFailure(
                                SourceState.FAILED, ReportWords.failed(counter.title()), retryAfter, e));
        };
    }

    private Optional<SourceFailure> toldBy(ClientWebApplicationException e) {
        return problemIn(e).stream()
                .flatMap(problem -> problem.sources().stream())
                .filter(answer -> !answer.state().looked())
                .findFirst()
                .map(answer -> new SourceFailure(
                        answer.state(),
                        answer.explanation().orElse(ReportWords.NOT_SAID),
                        answer.retryAfterSeconds().map(Duration::ofSeconds),
                        e));
    }

    private Optional<Problem> problemIn(ClientWebApplicationException e) {
        try (InputStream body = e.getResponse().readEntity(InputStream.class)) {
            return Optional.ofNullable(json.forType(Problem.class).<Problem>readValue(body.readNBytes(limit)));
        } catch (IOException | RuntimeException notAProblem) {
            return Optional.empty();
        }
    }

    private <T> T read(Counter counter, InputStream body, Class<T> type) {
        try (body) {
            byte[] bytes = body.readNBytes(limit + 1);
            T value = bytes.length > limit ? null : json.forType(type).<T>readValue(bytes);
            if (value == null) {
                throw unusable(counter);
            }
            return value;
        } catch (IOException e) {
            throw unusable(counter);
        }
    }

    private static SourceFailure unusable(Counter counter) {
        return new SourceFailure(SourceState.FAILED, ReportWords.unusable(counter.title()));
    }
}
