package org.mailtrace.onprem.follow;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.mailtrace.http.guard.Guarded;
import org.mailtrace.index.TraceIndex;
import org.mailtrace.onprem.Ask;
import org.mailtrace.onprem.OnPremSettings;
import org.mailtrace.onprem.record.Fields;

/**
 * One thread per server, so that a share that hangs never holds up the others. They begin when the service starts and
 * nothing waits for them: until a server is read, its part says so.
 */
@ApplicationScoped
public class Followers {
    private static final Duration LAST_LOOK = Duration.ofSeconds(5);
    private static final Duration PURGE_EVERY = Duration.ofMinutes(1);

    private final Map<String, ServerFollower> followers = new TreeMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Duration poll;
    private final Retention retention;
    private final Purge purge;

    Followers(OnPremSettings settings, TraceIndex index, Clock clock, MeterRegistry registry) {
        this.poll = settings.poll();
        this.retention = new Retention(settings.retention());
        this.purge = new Purge(index, retention);
        FollowMetrics metrics = new FollowMetrics(registry, clock);
        settings.servers()
                .forEach((server, each) -> directory(each, clock).ifPresent(directory -> {
                    if (settings.ask() == Ask.LIVE) {
                        return;
                    }
                    Guarded guard =
                            new Guarded("The tracking-log directory of " + server, settings.directories(), clock);
                    followers.put(
                            server,
                            new ServerFollower(
                                    server,
                                    new GuardedDirectory(directory, guard, server),
                                    index,
                                    new FollowRules(
                                            each.fieldsWhenMissing().flatMap(Fields::ofSetting),
                                            settings.maxRecord(),
                                            settings.settling(),
                                            settings.closedAfter(),
                                            settings.quietAfter()),
                                    retention,
                                    clock));
                    metrics.watch(server, followers.get(server));
                }));
    }

    private static Optional<TrackingDirectory> directory(OnPremSettings.Server server, Clock clock) {
        return server.smb()
                .<TrackingDirectory>map(smb -> new SmbDirectory(
                        new SmbConnector(smb, clock), smb.path().orElse("").replace('/', '\\')))
                .or(() -> server.directory().map(LocalDirectory::new));
    }

    /** How every server stands, by name. */
    public List<ServerState> states() {
        return followers.values().stream().map(ServerFollower::state).toList();
    }

    void start(@Observes StartupEvent event) {
        followers.forEach((server, follower) -> start("follow-" + server, follower::look, () -> follower.pause(poll)));
        start("purge", purge::run, () -> PURGE_EVERY);
    }

    private void start(String name, Runnable work, Supplier<Duration> every) {
        threads.add(Thread.ofPlatform().daemon().name(name).start(() -> run(work, every)));
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopped.countDown();
        for (Thread thread : threads) {
            thread.join(LAST_LOOK);
        }
    }

    private void run(Runnable work, Supplier<Duration> every) {
        try {
            do {
                work.run();
            } while (!stopped.await(every.get().toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
