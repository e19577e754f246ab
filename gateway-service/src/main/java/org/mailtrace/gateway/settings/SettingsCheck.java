package org.mailtrace.gateway.settings;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Stops the service at start with one sentence that names the wrong setting. */
@ApplicationScoped
class SettingsCheck {
    private static final Duration LONGEST_DEADLINE = Duration.ofSeconds(20);

    /** What joining takes at most, before a further round begins. */
    private static final Duration WORK = Duration.ofMillis(500);

    private final GatewaySettings settings;

    SettingsCheck(GatewaySettings settings) {
        this.settings = settings;
    }

    void check(@Observes StartupEvent start) {
        if (settings.deadline().compareTo(LONGEST_DEADLINE) > 0) {
            throw wrong("mailtrace.deadline", "must be at most 20s, because callers give up soon after.");
        }
        if (settings.sources().isEmpty()) {
            throw wrong("mailtrace.sources", "switches every source off; at least one must be asked.");
        }
        if (settings.domains().orElse(Set.of()).isEmpty()) {
            throw wrong(
                    "mailtrace.domains",
                    "must name the organisation's own mail domains, separated by commas, or every recipient would be taken"
                            + " for somebody else's.");
        }
        if (settings.answersInMemory() < settings.answerLimit()) {
            throw wrong(
                    "mailtrace.answers-in-memory",
                    "must be at least mailtrace.answer-limit, or such an answer never fits.");
        }
        settings.sources().forEach(this::checkSource);
        // One that is switched off may be named: the defaults name all.
        Set<String> names = settings.namedSources().keySet();
        settings.nextHops().orElse(List.of()).stream()
                .filter(hop -> !names.contains(hop.source()))
                .findFirst()
                .ifPresent(hop -> {
                    throw wrong("mailtrace.next-hops", "names the source \"" + hop.source() + "\", which is not set.");
                });
        settings.applicability()
                .orElse(List.of())
                .forEach(line -> line.none().stream()
                        .filter(name -> !names.contains(name))
                        .findFirst()
                        .ifPresent(name -> {
                            throw wrong(
                                    "mailtrace.applicability", "names the source \"" + name + "\", which is not set.");
                        }));
    }

    private void checkSource(String name, GatewaySettings.Source source) {
        URI url = source.url();
        if (url.getHost() == null || !Set.of("http", "https").contains(String.valueOf(url.getScheme()))) {
            throw wrong("mailtrace.sources." + name + ".url", "must be an address such as http://localhost:8081.");
        }
        Duration together = source.guard().timeout().plus(settings.roundNeeds()).plus(WORK);
        if (together.compareTo(settings.deadline()) > 0) {
            throw wrong(
                    "mailtrace.sources." + name + ".guard.timeout",
                    "and mailtrace.round-needs must fit into mailtrace.deadline together, with half a second to spare, or what a slow source shows could"
                            + " not be followed.");
        }
    }

    private static ConfigurationException wrong(String key, String sentence) {
        return new ConfigurationException("The setting " + key + " " + sentence, Set.of(key));
    }
}
