package org.mailtrace.onprem.follow;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.time.Clock;
import org.mailtrace.index.TraceIndex;
import org.mailtrace.onprem.OnPremSettings;

/** Followers outside of the service, for tests of what uses them. */
public final class FollowersFixture {
    private FollowersFixture() {}

    public static Followers started(OnPremSettings settings, TraceIndex index) {
        Followers followers = new Followers(settings, index, Clock.systemUTC(), new SimpleMeterRegistry());
        followers.start(new StartupEvent());
        return followers;
    }

    public static void stop(Followers followers) throws InterruptedException {
        followers.stop(new ShutdownEvent());
    }
}
