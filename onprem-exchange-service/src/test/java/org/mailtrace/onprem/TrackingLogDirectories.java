package org.mailtrace.onprem;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Directories of several servers, made before the service starts. */
public class TrackingLogDirectories implements QuarkusTestResourceLifecycleManager {
    private static final Path ROOT = Path.of("target", "tracking-logs").toAbsolutePath();

    /** When the synthetic messages were sent; the servers have logs since a day before. */
    public static Instant sent() {
        try {
            return Instant.parse(Files.readString(ROOT.resolve("sent")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The directory of a server. */
    public static Path directory(String server) {
        return ROOT.resolve(server);
    }

    @Override
    public Map<String, String> start() {
        try {
            clear();
            Instant sent = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofHours(3));
            Files.writeString(ROOT.resolve("sent"), sent.toString());
            Instant logsSince = sent.minus(Duration.ofDays(1));
            for (String server : List.of("EXCH01", "EXCH02")) {
                Files.createDirectories(directory(server));
                Files.write(
                        directory(server).resolve(LogFixture.file("MSGTRK", logsSince)),
                        LogFixture.bytes(LogFixture.header(logsSince)));
                Files.write(
                        directory(server).resolve(LogFixture.file("MSGTRK", Instant.now())),
                        LogFixture.bytes(
                                LogFixture.header(Instant.now().truncatedTo(ChronoUnit.MILLIS)), rows(server)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> settings = new HashMap<>();
        settings.put(
                "mailtrace.onprem.servers.EXCH01.directory", directory("EXCH01").toString());
        settings.put(
                "mailtrace.onprem.servers.EXCH02.directory", directory("EXCH02").toString());
        settings.put("mailtrace.onprem.index-file", ROOT.resolve("index.db").toString());
        settings.put("mailtrace.onprem.poll", "50ms");
        settings.put("mailtrace.onprem.settling", "1s");
        settings.put("mailtrace.onprem.directories.breaker-delay", "200ms");
        settings.put("mailtrace.domains", "rivercounty.example");
        settings.put("mailtrace.devices", "10.20.0.0/16");
        return settings;
    }

    @Override
    public void stop() {
        // The next start clears the directories; until then they tell what a failed test saw.
    }

    private static String rows(String server) {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 3 && server.equals("EXCH01"); i++) {
            rows.append(LogFixture.line(
                    sent().plusSeconds(i),
                    "SMTP",
                    "RECEIVE",
                    "message-id",
                    "<contract-" + i + "@contoso.example>",
                    "recipient-address",
                    "ana@rivercounty.example",
                    "return-path",
                    "sam@contoso.example",
                    "original-client-ip",
                    "192.0.2.7",
                    "message-subject",
                    "Contract " + i));
        }
        return rows.toString();
    }

    private static void clear() throws IOException {
        if (Files.exists(ROOT)) {
            try (Stream<Path> all = Files.walk(ROOT)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
        Files.createDirectories(ROOT);
    }
}
