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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.mailtrace.gateway.settings.GatewaySettings;

/** All configured sources, asked in parallel. */
@ApplicationScoped
public class Sources {
    private final Map<String, Source> byName = new LinkedHashMap<>();
    private final ExecutorService threads;
    private final Clock clock;

    Sources(
            GatewaySettings settings,
            SourceClients clients,
            ObjectMapper json,
            Clock clock,
            @VirtualThreads ExecutorService threads) {
        this.threads = threads;
        this.clock = clock;
        new TreeMap<>(settings.sources()).forEach((name, source) -> {
            SourceApi api = clients.to(source, SourceApi.class);
            byName.put(name, new Source(name, source, api, settings.answerLimit(), json, clock));
        });
    }

    /** Every configured source, by name. */
    public List<Source> all() {
        return List.copyOf(byName.values());
    }

    /** The source of that name, if one is configured. */
    public Optional<Source> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /**
     * Runs one call for each key in parallel and waits no longer than the deadline; a call that is late then is
     * interrupted.
     *
     * @param late what stands in for a call that was cut off, given how long it had
     */
    public <K, V> Map<K, V> inParallel(
            List<K> keys, Instant deadline, Function<K, V> call, BiFunction<K, Duration, V> late) {
        Instant start = clock.instant();
        Map<K, Future<V>> running = new LinkedHashMap<>();
        keys.forEach(key -> running.put(key, threads.submit(() -> call.apply(key))));
        Map<K, V> results = new LinkedHashMap<>();
        running.forEach((key, future) -> results.put(
                key,
                await(future, deadline).orElseGet(() -> late.apply(key, Duration.between(start, clock.instant())))));
        return results;
    }

    private <V> Optional<V> await(Future<V> future, Instant deadline) {
        long left = Math.max(0, Duration.between(clock.instant(), deadline).toMillis());
        try {
            return Optional.of(future.get(left, TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            future.cancel(true);
            return Optional.empty();
        } catch (InterruptedException e) {
            future.cancel(true);
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a source call must turn every failure into a state", e.getCause());
        }
    }
}
