package org.mailtrace.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The Proofpoint service's: the log stream sends live, every closed hour is read once more from the archive, and seven days
 * are kept.
 */
final class LogStreamLife implements Life {
    private static final Duration KEPT = Duration.ofDays(7);

    private final Map<String, String> settings = new LinkedHashMap<>();
    private final SentMail sent = new SentMail();
    private final StreamServer server;
    private final Path file;
    private Instant until = LogGenerator.BEGIN;

    LogStreamLife(Path work, int messages, PrintStream out) throws IOException {
        server = new StreamServer(Math.max(1, messages / (int) LogGenerator.SPAN.toHours()), out);
        file = work.resolve("index.db");
        settings.put("mailtrace.proofpoint.ask", "log-stream");
        settings.put("mailtrace.proofpoint.index-file", file.toString());
        String stream = "mailtrace.proofpoint.stream.";
        settings.put(stream + "url", server.url());
        settings.put(stream + "cluster-id", "synthetic_hosted");
        settings.put(stream + "token", "synthetic-live");
        settings.put(stream + "archive-token", "synthetic-archive");
        settings.put(stream + "backfill", "1h");
        settings.put(stream + "retention", KEPT.toString());
        settings.put(stream + "archive-reach", KEPT.toString());
        // Waits are of real time, and a second of it is most of an hour here.
        settings.put(stream + "lease-poll", "200ms");
        settings.put(stream + "first-wait", "200ms");
        settings.put(stream + "batch-every", "200ms");
    }

    @Override
    public Map<String, String> settings() {
        return settings;
    }

    @Override
    public Path file() {
        return file;
    }

    @Override
    public Optional<String> store() {
        return Optional.of("mailtrace.store");
    }

    @Override
    public void goOn(Doors doors, Instant now) throws IOException, InterruptedException {
        if (server.isFollowed()) {
            server.live(until, now)
                    .forEach(mail ->
                            sent.add(mail.at(), mail.id(), mail.recipients().getFirst()));
        }
        // What nobody follows yet is not sent, as with the vendor.
        until = now;
        sent.askForARecipient(doors, now);
    }

    @Override
    public Found look(Doors doors, Instant now, Duration late, Duration reading)
            throws IOException, InterruptedException {
        return sent.look(doors, now, KEPT, late, reading);
    }

    @Override
    public long asked() {
        return sent.asked();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
