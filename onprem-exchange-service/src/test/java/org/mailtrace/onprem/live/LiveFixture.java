package org.mailtrace.onprem.live;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.mailtrace.onprem.OnPremSettings;

/** Settings and servers for tests without a framework. */
public final class LiveFixture {
    private LiveFixture() {}

    /** Settings with these besides the defaults. */
    public static OnPremSettings settings(Map<String, String> values) {
        Map<String, String> all = new HashMap<>();
        all.put("mailtrace.onprem.live.guard.timeout", "15s");
        all.put("mailtrace.onprem.live.guard.retries", "0");
        all.put("mailtrace.onprem.live.guard.breaker-volume", "4");
        all.putAll(values);
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(OnPremSettings.class)
                .withSources(new PropertiesConfigSource(all, "test", 100))
                .build();
        return config.getConfigMapping(OnPremSettings.class);
    }

    public static Map<String, String> reaching(Map<String, StandInExchange> servers) {
        Map<String, String> values = new HashMap<>();
        values.put("mailtrace.onprem.ask", "live");
        servers.forEach((name, server) -> {
            String prefix = "mailtrace.onprem.servers." + name + ".live.";
            values.put(prefix + "url", server.url().toString());
            values.put(prefix + "authentication", "basic");
            values.put(prefix + "user", StandInExchange.USER);
            values.put(prefix + "password", StandInExchange.PASSWORD);
        });
        return values;
    }

    /** Servers by settings, with a clock that moves. */
    public static LiveServers servers(OnPremSettings settings) {
        return new LiveServers(settings, Clock.systemUTC(), Optional.empty());
    }

    public static LiveServers servers(Map<String, String> values, Instant now) {
        return new LiveServers(settings(values), Clock.fixed(now, java.time.ZoneOffset.UTC), Optional.empty());
    }
}
