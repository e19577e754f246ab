package org.mailtrace.onprem.follow;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.mailtrace.http.guard.Guarded;
import org.mailtrace.index.TraceIndex;
import org.mailtrace.onprem.OnPremSettings;
import org.mailtrace.onprem.record.Fields;

/**
 * One thread per server, so that a share that hangs never holds up the others. They begin when the service starts and
 * nothing waits for them: until a server is read, its part says so.
 */
@ApplicationScoped
public class Followers {
    private static final Duration LAST_LOOK = Duration.ofSeconds(5);

    private final Map<String, ServerFollower> followers = new TreeMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Duration poll;
    private final Retention retention;

    Followers(OnPremSettings settings, TraceIndex index, Clock clock) {
        this.poll = settings.poll();
        this.retention = new Retention(settings.retention());
        settings.servers().forEach((server, each) -> {
            Guarded guard = new Guarded("The tracking-log directory of " + server, settings.directories(), clock);
            followers.put(
                    server,
                    new ServerFollower(
                            server,
                            new GuardedDirectory(new LocalDirectory(each.directory()), guard, server),
                            index,
                            new FollowRules(
                                    each.fieldsWhenMissing().flatMap(Fields::ofSetting),
                                    settings.maxRecord(),
                                    settings.settling(),
                                    settings.closedAfter(),
                                    settings.quietAfter()),
                            retention,
                            clock));
        });
    }

    /** How every server stands, by name. */
    public List<ServerState> states() {
        return followers.values().stream().map(ServerFollower::state).toList();
    }

    void start(@Observes StartupEvent event) {
        followers.forEach((server, follower) -> threads.add(
                Thread.ofPlatform().daemon().name("follow-" + server).start(() -> run(follower))));
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopped.countDown();
        for (Thread thread : threads) {
            thread.join(LAST_LOOK);
        }
    }

    private void run(ServerFollower follower) {
        try {
            do {
                follower.look();
            } while (!stopped.await(poll.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
