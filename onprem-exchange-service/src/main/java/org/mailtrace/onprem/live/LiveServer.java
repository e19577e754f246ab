package org.mailtrace.onprem.live;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mailtrace.contract.CircuitState;
import org.mailtrace.contract.CredentialState;
import org.mailtrace.contract.MailId;
import org.mailtrace.contract.SourceState;
import org.mailtrace.http.guard.Guarded;
import org.mailtrace.http.guard.SourceFailure;
import org.mailtrace.index.IndexRow;
import org.mailtrace.onprem.LiveSettings;
import org.mailtrace.onprem.live.wsman.Deadline;

/** One server: how many shells may be open there, whether it is worth asking, and how it last answered. */
final class LiveServer {
    private final String name;
    private final LiveSettings settings;
    private final Duration quietAfter;
    private final Shells shells;
    private final Clock clock;
    private final Guarded guard;
    private final Failures failures;
    private final Semaphore permits;
    private final Evidence evidence = new Evidence();
    private final AtomicReference<Credentials> credentials =
            new AtomicReference<>(new Credentials(CredentialState.UNKNOWN, Optional.empty()));

    LiveServer(String name, LiveSettings settings, Duration quietAfter, Shells shells, Clock clock) {
        this.name = name;
        this.settings = settings;
        this.quietAfter = quietAfter;
        this.shells = shells;
        this.clock = clock;
        this.guard = new Guarded("The remote PowerShell of " + name, settings.guard(), clock);
        this.failures = new Failures(name);
        this.permits = new Semaphore(settings.sessions(), true);
    }

    CircuitState circuit() {
        return guard.circuit();
    }

    Optional<Instant> lastSuccess() {
        return guard.lastSuccess();
    }

    Credentials credentials() {
        return credentials.get();
    }

    Optional<Instant> since() {
        return evidence.since(clock.instant());
    }

    /**
     * Asks; never throws.
     *
     * @param rows takes every row, also of an answer that ends badly
     */
    LivePart ask(LiveTarget target, LiveInquiry inquiry, Pursuit pursuit, Collection<IndexRow> rows) {
        Finish finish = new Finish(pursuit);
        CmdletPlan plan = inquiry.plan().from(target.from());
        Deadline deadline = Deadline.in(settings.deadline());
        boolean permitted = false;
        try {
            if (plan.refusal().isPresent()) {
                return LivePart.without(
                        name, SourceState.CANNOT_ANSWER, plan.refusal().get());
            }
            permitted = permits.tryAcquire(deadline.left().toMillis(), TimeUnit.MILLISECONDS);
            if (!permitted) {
                return LivePart.without(name, SourceState.TIMED_OUT, LiveSentences.busy(name, settings.sessions()));
            }
            LivePart part =
                    guard.call(() -> answered(target, inquiry, plan, new Sink(rows), finish, deadline), LivePart.class);
            note(CredentialState.WORKING);
            return part;
        } catch (SourceFailure e) {
            if (e.state() == SourceState.DENIED) {
                note(CredentialState.REFUSED);
            }
            return LivePart.without(name, e.state(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return LivePart.without(name, SourceState.TIMED_OUT, LiveSentences.slow(name));
        } finally {
            finish.run();
            if (permitted) {
                permits.release();
            }
        }
    }

    private LivePart answered(
            LiveTarget target, LiveInquiry inquiry, CmdletPlan plan, Sink sink, Finish finish, Deadline deadline)
            throws InterruptedException {
        Instant askedAt = clock.instant();
        try (LiveSession session = shells.open(deadline)) {
            Instant from = plan.byId() ? target.followFrom() : target.from();
            Instant to = plan.byId() ? inquiry.followTo() : inquiry.to();
            boolean capped = first(session, plan, from, to, sink, deadline);
            if (!plan.byId()) {
                finish.pursuit.found(pursued(sink.all(), inquiry));
            }
            finish.run();
            Optional<LivePart> blind =
                    capped ? Optional.empty() : blind(session, target, inquiry.to(), askedAt, deadline);
            boolean followedAll = plan.byId() || follow(session, target, inquiry, sink, finish.pursuit, deadline);
            if (capped || !followedAll) {
                return part(
                        SourceState.TRUNCATED,
                        Optional.of(LiveSentences.capped(name, settings.resultCap())),
                        askedAt,
                        inquiry,
                        false);
            }
            if (blind.isPresent()) {
                return blind.get();
            }
            return plan.limitation().isPresent()
                    ? part(SourceState.TRUNCATED, plan.limitation(), askedAt, inquiry, false)
                    : part(SourceState.ANSWERED, Optional.empty(), askedAt, inquiry, true);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw failures.of(e);
        }
    }

    /** The question itself; whether there was more than is read. */
    private boolean first(LiveSession session, CmdletPlan plan, Instant from, Instant to, Sink sink, Deadline deadline)
            throws Exception {
        LiveSession.Result result = session.ask(plan.filters(), from, to, settings.resultCap(), deadline);
        if (result.rows().isEmpty() && !plan.otherwise().isEmpty()) {
            result = session.ask(plan.otherwise(), from, to, settings.resultCap(), deadline);
        }
        take(result, sink);
        return result.capped();
    }

    /** Asks again for each message that any server found; whether all of it could be read. */
    private boolean follow(
            LiveSession session, LiveTarget target, LiveInquiry inquiry, Sink sink, Pursuit pursuit, Deadline deadline)
            throws Exception {
        boolean all = true;
        Optional<MailId> next = pursuit.at(0, deadline);
        for (int place = 1; next.isPresent(); place++) {
            CmdletPlan plan = CmdletPlan.byId(next.get());
            LiveSession.Result result = session.ask(
                    plan.filters(), target.followFrom(), inquiry.followTo(), settings.resultCap(), deadline);
            take(result, sink);
            all &= !result.capped();
            next = pursuit.at(place, deadline);
        }
        return all;
    }

    /**
     * Whether the server's own log reaches over the window: a row from before it and one near its end are the witnesses.
     * Without them, no row would prove nothing.
     */
    private Optional<LivePart> blind(
            LiveSession session, LiveTarget target, Instant to, Instant askedAt, Deadline deadline) throws Exception {
        if (!evidence.reaches(target.from(), askedAt)) {
            session.ask(List.of(), target.from().minus(settings.witness()), target.from(), 1, deadline)
                    .rows()
                    .forEach(row -> evidence.seen(row.at(), askedAt));
        }
        if (!evidence.reaches(target.from(), askedAt)) {
            return Optional.of(
                    LivePart.without(name, SourceState.OUT_OF_RETENTION, LiveSentences.noWitness(name, target.from())));
        }
        Instant end = to.isBefore(askedAt) ? to : askedAt;
        if (!evidence.isAlive(end, quietAfter)) {
            session.ask(List.of(), end.minus(quietAfter), end, 1, deadline)
                    .rows()
                    .forEach(row -> evidence.seen(row.at(), askedAt));
        }
        return evidence.isAlive(end, quietAfter)
                ? Optional.empty()
                : Optional.of(LivePart.without(name, SourceState.PARTIAL, LiveSentences.silent(name, quietAfter)));
    }

    private void take(LiveSession.Result result, Sink sink) {
        result.rows().forEach(row -> {
            evidence.seen(row.at(), clock.instant());
            sink.take(row);
        });
    }

    private static List<MailId> pursued(List<IndexRow> rows, LiveInquiry inquiry) {
        Map<String, List<IndexRow>> groups =
                rows.stream().collect(Collectors.groupingBy(IndexRow::group, LinkedHashMap::new, Collectors.toList()));
        Stream<MailId> found =
                groups.values().stream().filter(inquiry.wanted()).flatMap(group -> LiveServers.idOf(group).stream());
        return found.toList();
    }

    private LivePart part(
            SourceState state, Optional<String> sentence, Instant askedAt, LiveInquiry inquiry, boolean proves) {
        Instant settled = askedAt.minus(settings.settling()).truncatedTo(ChronoUnit.MILLIS);
        return new LivePart(
                name,
                state,
                sentence,
                since(),
                Optional.of(askedAt),
                proves ? Optional.of(settled.isBefore(inquiry.to()) ? settled : inquiry.to()) : Optional.empty());
    }

    private void note(CredentialState state) {
        credentials.updateAndGet(
                known -> known.state() == state ? known : new Credentials(state, Optional.of(clock.instant())));
    }

    /**
     * Whether the server accepts the account.
     *
     * @param since since when that is so, UTC
     */
    record Credentials(CredentialState state, Optional<Instant> since) {}

    /** Tells the others, once, that this server will find nothing more by itself. */
    private static final class Finish implements Runnable {
        private final Pursuit pursuit;
        private boolean told;

        Finish(Pursuit pursuit) {
            this.pursuit = pursuit;
        }

        @Override
        public void run() {
            if (!told) {
                told = true;
                pursuit.finished();
            }
        }
    }

    /** This server's rows, each once. */
    private static final class Sink {
        private final Collection<IndexRow> shared;
        private final Map<String, IndexRow> own = new LinkedHashMap<>();

        Sink(Collection<IndexRow> shared) {
            this.shared = shared;
        }

        void take(IndexRow row) {
            if (own.putIfAbsent(row.key(), row) == null) {
                shared.add(row);
            }
        }

        List<IndexRow> all() {
            return List.copyOf(own.values());
        }
    }
}
