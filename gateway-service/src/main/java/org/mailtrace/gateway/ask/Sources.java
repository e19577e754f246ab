package org.mailtrace.gateway.ask;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.virtual.threads.VirtualThreads;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.mailtrace.gateway.settings.GatewaySettings;

/** All configured sources, asked in parallel. */
@ApplicationScoped
public class Sources {
    private final Map<String, Source> byName = new LinkedHashMap<>();
    private final List<Source> all;
    private final ExecutorService threads;
    private final Clock clock;
    private final Semaphore portions;
    /** A report asks further for a minute and more: it must not hold meanwhile what everybody's answers need. */
    private final Semaphore portionsOfReports;

    Sources(
            GatewaySettings settings,
            SourceClients clients,
            ObjectMapper json,
            Clock clock,
            @VirtualThreads ExecutorService threads) {
        this.threads = threads;
        this.clock = clock;
        this.portions = new Semaphore(settings.answersInMemory() / Load.PORTION);
        this.portionsOfReports = new Semaphore(settings.reportAnswersInMemory() / Load.PORTION);
        new TreeMap<>(settings.sources()).forEach((name, source) -> {
            SourceApi api = clients.to(source, SourceApi.class);
            byName.put(name, new Source(name, source, api, settings.answerLimit(), portions, json, clock));
        });
        this.all = List.copyOf(byName.values());
    }

    /** Every configured source, by name. */
    public List<Source> all() {
        return all;
    }

    /** The source of that name, if one is configured. */
    public Optional<Source> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** What the answers to one inquiry weigh; to be closed when nothing of them is needed any more. */
    public Load load() {
        return new Load(portions);
    }

    /** What the answers to the further questions of a report weigh; as above, but of another measure. */
    Load loadOfReport() {
        return new Load(portionsOfReports);
    }

    /** Nothing yet; what is begun in it runs in parallel, and is weighed there. */
    Underway underway(Instant deadline, Load load) {
        return new Underway(threads, deadline, clock, load);
    }

    /**
     * Runs one call for each key in parallel and waits no longer than the deadline; a call that is late then is
     * interrupted.
     *
     * @param late what stands in for a call that was cut off, given how long it had
     * @throws AbandonedException if the thread is interrupted
     */
    public <K, V> Map<K, V> inParallel(
            List<K> keys, Instant deadline, Function<K, V> call, BiFunction<K, Duration, V> late) {
        Instant start = clock.instant();
        Map<K, Future<V>> running = new LinkedHashMap<>();
        keys.forEach(key -> running.put(key, threads.submit(() -> call.apply(key))));
        Map<K, V> results = new LinkedHashMap<>();
        try {
            running.forEach((key, future) -> results.put(
                    key,
                    await(future, deadline)
                            .orElseGet(() -> late.apply(key, Duration.between(start, clock.instant())))));
        } finally {
            running.values().forEach(future -> future.cancel(true));
        }
        return results;
    }

    private <V> Optional<V> await(Future<V> future, Instant deadline) {
        long left = Math.max(0, Duration.between(clock.instant(), deadline).toMillis());
        try {
            return Optional.of(future.get(left, TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AbandonedException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a source call must turn every failure into a state", e.getCause());
        }
    }
}
