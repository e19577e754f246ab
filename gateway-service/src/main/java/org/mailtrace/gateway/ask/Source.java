package org.mailtrace.gateway.ask;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.ClientWebApplicationException;
import org.mailtrace.contract.CircuitState;
import org.mailtrace.contract.Observation;
import org.mailtrace.contract.Problem;
import org.mailtrace.contract.Question;
import org.mailtrace.contract.SourceAnswer;
import org.mailtrace.contract.SourceInfo;
import org.mailtrace.contract.SourceState;
import org.mailtrace.gateway.settings.GatewaySettings;
import org.mailtrace.gateway.words.CircuitWords;
import org.mailtrace.gateway.words.ReportWords;
import org.mailtrace.http.guard.Guarded;
import org.mailtrace.http.guard.SourceFailure;
import org.mailtrace.http.problem.ProblemKind;

/** One source as the gateway asks it. Whatever goes wrong becomes a state with a sentence, never an empty answer. */
public final class Source {
    private static final Logger LOG = Logger.getLogger(Source.class);

    /** A source is not given up for longer because of one refusal, whatever the refusal says. */
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /** What a service says that has no such address. */
    private static final Set<Integer> NOT_KNOWN = Set.of(404, 405);

    private final String name;
    private final GatewaySettings.Source settings;
    private final SourceApi api;
    private final int limit;
    private final Semaphore portions;
    private final ObjectReader json;
    private final Clock clock;
    private final Guarded guarded;
    private final Guarded ofReports;
    private final Scrutiny scrutiny;
    private final AtomicReference<Instant> notBefore = new AtomicReference<>(Instant.MIN);

    Source(
            String name,
            GatewaySettings.Source settings,
            SourceApi api,
            int limit,
            Semaphore portions,
            ObjectMapper json,
            Clock clock) {
        this.name = name;
        this.portions = portions;
        this.limit = limit;
        this.settings = settings;
        this.api = api;
        this.json = SourceClients.strict(json);
        this.clock = clock;
        this.guarded = new Guarded(settings.title(), settings.guard(), clock);
        // Another name than the guard of questions has, because metrics are kept by it.
        this.ofReports = new Guarded(settings.title() + " (reports)", settings.guard(), clock);
        this.scrutiny = new Scrutiny(settings.title(), clock);
    }

    public String name() {
        return name;
    }

    public GatewaySettings.Source settings() {
        return settings;
    }

    /** The gateway's own circuit towards this source. */
    public CircuitState circuit() {
        return guarded.circuit();
    }

    /** The guard for reports, which do not spend what questions need. */
    public Guarded guardOfReports() {
        return ofReports;
    }

    /**
     * Sets the gateway's own circuits towards this source back, and then those of its service towards the vendor.
     *
     * @return how the source is doing
     * @throws SourceFailure says why the service's circuits are not set back; the gateway's own are
     */
    public SourceInfo resetCircuits(Caller caller) throws SourceFailure {
        guarded.reset();
        ofReports.reset();
        try (Load load = new Load(portions)) {
            return guarded.call(
                    () -> translating(caller, () -> {
                        try {
                            InputStream body =
                                    caller.make(one -> api.resetCircuits(one.authorization(), one.requestId()));
                            return read(body, SourceInfo.class, load);
                        } catch (ClientWebApplicationException e) {
                            throw NOT_KNOWN.contains(e.getResponse().getStatus()) ? knowsNoReset(e) : e;
                        }
                    }),
                    SourceInfo.class);
        }
    }

    private RuntimeException knowsNoReset(ClientWebApplicationException e) {
        e.getResponse().close();
        return new SourceFailure(SourceState.CANNOT_ANSWER, CircuitWords.unknownToService(settings.title()));
    }

    /** Asks; never throws. What is read is weighed only until it has been read. */
    public SourceAnswer ask(Question question, Caller caller) {
        try (Load load = new Load(portions)) {
            return ask(question, caller, load);
        }
    }

    /** Asks; never throws. */
    SourceAnswer ask(Question question, Caller caller, Load load) {
        Instant start = clock.instant();
        return guard(start, caller, () -> {
            InputStream body =
                    caller.make(one -> api.traces(one.authorization(), one.requestId(), question.toParameters()));
            return believed(question, read(body, SourceAnswer.class, load));
        });
    }

    /**
     * What can be believed of an answer of this source, whichever way it came.
     *
     * @throws SourceFailure if nothing can
     */
    public SourceAnswer believed(Question question, SourceAnswer answer) {
        if (!answer.source().equals(name)) {
            throw unusable();
        }
        return scrutiny.of(question, answer);
    }

    /** Looks one observation up; the answer holds it, or none together with whether the source looked. */
    SourceAnswer find(String sourceId, Caller caller, Load load) {
        Instant start = clock.instant();
        return guard(start, caller, () -> {
            try {
                InputStream body = caller.make(one -> api.trace(one.authorization(), one.requestId(), sourceId));
                return found(List.of(scrutiny.of(sourceId, read(body, Observation.class, load))), start);
            } catch (ClientWebApplicationException e) {
                if (saysNotFound(e)) {
                    e.getResponse().close();
                    return found(List.of(), start);
                }
                throw e;
            }
        });
    }

    /** Only a source's own problem document proves that an id is unknown: any web server can say 404. */
    private boolean saysNotFound(ClientWebApplicationException e) {
        return e.getResponse().getStatus() == ProblemKind.NOT_FOUND.status()
                && problemIn(e)
                        .filter(problem -> problem.type().equals(ProblemKind.NOT_FOUND.type()))
                        .isPresent();
    }

    /** How the source is doing; the failure says why that cannot be told. */
    public SourceInfo info(Caller caller) throws SourceFailure {
        try (Load load = new Load(portions)) {
            return info(caller, load);
        }
    }

    private SourceInfo info(Caller caller, Load load) {
        return guarded.call(
                () -> translating(
                        caller,
                        () -> read(
                                caller.make(one -> api.source(one.authorization(), one.requestId())),
                                SourceInfo.class,
                                load)),
                SourceInfo.class);
    }

    /** The answer of a source that was cut off by the gateway's own deadline. */
    SourceAnswer late(Duration after) {
        return SourceAnswer.without(
                name, SourceState.TIMED_OUT, settings.title() + " did not answer in time.", after.toMillis());
    }

    /** The answer of a source that cannot be searched for a message without a Message-ID. */
    SourceAnswer cannotAnswerWithoutId() {
        return SourceAnswer.without(
                name,
                SourceState.CANNOT_ANSWER,
                "The message has no Message-ID by which " + settings.title() + " could be searched.",
                0);
    }

    /** The answer of a source that the caller left out. */
    SourceAnswer notAsked() {
        return SourceAnswer.without(
                name, SourceState.NOT_ASKED, settings.title() + " was left out of this question.", 0);
    }

    private SourceAnswer guard(Instant start, Caller caller, Callable<SourceAnswer> call) {
        try {
            refuseWhileItWantsToBeLeftAlone(start);
            return guarded.call(() -> translating(caller, call), SourceAnswer.class);
        } catch (SourceFailure e) {
            return SourceAnswer.without(
                    name,
                    e.state(),
                    e.getMessage(),
                    Duration.between(start, clock.instant()).toMillis(),
                    e.retryAfter().map(Duration::toSeconds));
        }
    }

    /** Whoever asks on after a refusal that says when to ask again makes it worse for everybody. */
    private void refuseWhileItWantsToBeLeftAlone(Instant now) {
        Instant until = notBefore.get();
        if (now.isBefore(until)) {
            throw throttled(Optional.of(Duration.ofSeconds(1).plus(Duration.between(now, until))));
        }
    }

    private SourceFailure throttled(Optional<Duration> retryAfter) {
        return new SourceFailure(
                SourceState.THROTTLED,
                settings.title() + " is being asked too often; ask again in a moment.",
                retryAfter,
                null);
    }

    private <T> T translating(Caller caller, Callable<T> call) throws Exception {
        try {
            return call.call();
        } catch (ClientWebApplicationException e) {
            try {
                throw failureOf(e, caller);
            } finally {
                e.getResponse().close();
            }
        }
    }

    private SourceFailure failureOf(ClientWebApplicationException e, Caller caller) {
        int status = e.getResponse().getStatus();
        LOG.warnf("source refused the question source=%s status=%d", name, status);
        return switch (status) {
            case 401, 403 ->
                new SourceFailure(
                        SourceState.DENIED,
                        caller.isGateway()
                                ? ReportWords.denied(settings.title(), status)
                                : "The service for " + settings.title()
                                        + " refused your token; ask an administrator for access.");
            case 429 -> {
                Optional<Duration> pause = RetryAfter.of(e, clock.instant())
                        .map(told -> told.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : told);
                pause.ifPresent(wait -> notBefore.set(clock.instant().plus(wait)));
                yield throttled(pause);
            }
            // It is the question that it takes offence at: it works, and asking again changes nothing.
            case 400, 414 ->
                toldBy(e)
                        .orElseGet(() -> new SourceFailure(
                                SourceState.CANNOT_ANSWER,
                                "The service for " + settings.title()
                                        + " refused the question as one that it cannot be asked."));
            default ->
                toldBy(e)
                        .orElseGet(() -> new SourceFailure(
                                SourceState.FAILED,
                                "The service for " + settings.title() + " failed to answer.",
                                RetryAfter.of(e, clock.instant()),
                                e));
        };
    }

    /** A source that could not look says in its problem document why. */
    private Optional<SourceFailure> toldBy(ClientWebApplicationException e) {
        return problemIn(e).stream()
                .flatMap(problem -> problem.sources().stream())
                .filter(answer -> !answer.state().looked())
                .findFirst()
                .map(answer -> new SourceFailure(
                        answer.state(),
                        answer.explanation().orElse("It did not say why."),
                        answer.retryAfterSeconds().map(Duration::ofSeconds),
                        e));
    }

    private Optional<Problem> problemIn(ClientWebApplicationException e) {
        try (Load load = new Load(portions)) {
            return Optional.of(read(e.getResponse().readEntity(InputStream.class), Problem.class, load));
        } catch (RuntimeException notAProblem) {
            return Optional.empty();
        }
    }

    /** Reads no more than allowed, so that an answer without end is refused and never held. */
    private <T> T read(InputStream body, Class<T> type, Load load) {
        try (body) {
            T value = json.forType(type).<T>readValue(bytes(body, load));
            if (value == null) {
                throw unusable();
            }
            return value;
        } catch (IOException e) {
            throw unusable();
        }
    }

    private byte[] bytes(InputStream body, Load load) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream(Load.PORTION);
        for (byte[] next = body.readNBytes(Load.PORTION); next.length > 0; next = body.readNBytes(Load.PORTION)) {
            if (read.size() + next.length > limit) {
                throw unusable();
            }
            if (!load.takesOneMore()) {
                throw SourceFailure.ofOurOwn(
                        SourceState.FAILED,
                        "Mailtrace holds as many answers as it can, so that of " + settings.title()
                                + " could not be read; ask again in a moment, or more narrowly.",
                        null);
            }
            read.write(next);
        }
        return read.toByteArray();
    }

    private SourceFailure unusable() {
        return new SourceFailure(
                SourceState.FAILED, "The service for " + settings.title() + " gave an answer that cannot be read.");
    }

    private SourceAnswer found(List<Observation> observations, Instant start) {
        return new SourceAnswer(
                name,
                SourceState.ANSWERED,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Duration.between(start, clock.instant()).toMillis(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                observations,
                Optional.empty());
    }
}
