package org.mailtrace.standins.story;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mailtrace.standins.StandInsConfig;

/** Gives every stand-in the same stories, loaded once at the start. */
@ApplicationScoped
class StoryBookProducer {
    private static final List<String> DEMO =
            List.of("demo/rivercounty.yaml", "demo/exchange-online.yaml", "demo/situations.yaml");

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    StoryBook storyBook(StandInsConfig config, Clock clock) {
        StoryLoader loader = new StoryLoader(clock.instant().truncatedTo(ChronoUnit.SECONDS));
        return config.stories().map(loader::loadDirectory).orElseGet(() -> loader.load(demo()));
    }

    private static Map<String, String> demo() {
        Map<String, String> files = new LinkedHashMap<>();
        DEMO.forEach(file -> files.put(file, text(file)));
        return files;
    }

    private static String text(String file) {
        try (InputStream in = Thread.currentThread().getContextClassLoader().getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("The built-in stories " + file + " are missing from this build.");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
