package org.mailtrace.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The on-premises service's: two servers write logs by the hour and delete those of nine days ago; seven days are kept. */
final class TrackingLogLife implements Life {
    private static final Duration KEPT = Duration.ofDays(7);
    /** What a server keeps by itself. */
    private static final Duration DELETED = Duration.ofDays(9);

    private final Map<String, String> settings = new LinkedHashMap<>();
    private final SentMail sent = new SentMail();
    private final Path file;
    private final BufferedReader rows;
    private final LogFolders folders;
    private Optional<String> pending = Optional.empty();

    TrackingLogLife(Path work, int messages) throws IOException {
        Path all = work.resolve("rows.csv");
        new LogGenerator(42).write(all, messages);
        rows = Files.newBufferedReader(all);
        folders = new LogFolders(work.resolve("logs"), LogGenerator.COLUMNS);
        file = work.resolve("index.db");
        settings.put("mailtrace.onprem.poll", "500ms");
        settings.put("mailtrace.onprem.retention", KEPT.toString());
        settings.put("mailtrace.onprem.index-file", file.toString());
        for (Map.Entry<String, Path> server : folders.servers().entrySet()) {
            Files.createDirectories(server.getValue());
            settings.put(
                    "mailtrace.onprem.servers." + server.getKey() + ".directory",
                    server.getValue().toString());
        }
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
        write(now);
        folders.flush(now);
        folders.deleteBefore(now.minus(DELETED));
        sent.askForARecipient(doors, now);
    }

    private void write(Instant now) throws IOException {
        while (true) {
            String row = pending.orElse(rows.readLine());
            if (row == null) {
                return;
            }
            pending = Optional.of(row);
            if (!row.startsWith("#")) {
                Instant at = Instant.parse(row.substring(0, row.indexOf(',')));
                if (at.isAfter(now)) {
                    return;
                }
                folders.add(row);
                if (row.contains(",STOREDRIVER,DELIVER,")) {
                    List<String> cells = Samples.cells(row);
                    sent.add(at, cells.get(10), cells.get(12));
                }
            }
            pending = Optional.empty();
        }
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
        folders.close();
        rows.close();
    }
}
