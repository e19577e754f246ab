package org.mailtrace.gateway.ask;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.tls.TlsConfiguration;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.mailtrace.contract.AddressPattern;
import org.mailtrace.contract.Question;
import org.mailtrace.contract.SourceAnswer;
import org.mailtrace.gateway.Settings;
import org.mailtrace.gateway.settings.GatewaySettings;

/** The source {@code archive} with settings of its own, asked without a gateway around it. */
final class DirectSource {
    private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();

    private final Source source;

    DirectSource(String url, Map<String, String> guard, Optional<TlsConfiguration> tls, ObjectMapper json) {
        this(url, guard, tls, json, Clock.systemUTC());
    }

    DirectSource(
            String url, Map<String, String> guard, Optional<TlsConfiguration> tls, ObjectMapper json, Clock clock) {
        Map<String, String> settings = new HashMap<>();
        settings.put("mailtrace.sources.archive.url", url);
        settings.put("mailtrace.sources.archive.title", "Archive");
        settings.put("mailtrace.answer-limit", "100000");
        guard.forEach((name, value) -> settings.put("mailtrace.sources.archive.guard." + name, value));
        source = new Sources(Settings.of(GatewaySettings.class, settings), new SourceClients(tls), json, clock, THREADS)
                .named("archive")
                .orElseThrow();
    }

    Source source() {
        return source;
    }

    SourceAnswer ask() {
        Instant now = Instant.now();
        Question question = new Question(
                Optional.empty(),
                List.of(new AddressPattern("ana@rivercounty.example")),
                Optional.empty(),
                Optional.empty(),
                now.minus(Duration.ofDays(1)),
                now,
                100,
                Optional.empty(),
                Set.of(),
                false,
                Optional.empty(),
                Optional.empty());
        return source.ask(question, new Caller("Bearer synthetic", "direct"));
    }
}
