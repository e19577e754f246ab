package org.mailtrace.benchmarks;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** The audit records of a gateway: what an auditor reads of them, and an operator who moves them away. */
final class AuditFolder {
    private final Path file;
    private final Path archive;
    private long records;
    private long bytes;

    AuditFolder(Path folder, Path archive) throws IOException {
        this.file = Files.createDirectories(folder).resolve("gateway.jsonl");
        this.archive = Files.createDirectories(archive);
    }

    Path folder() {
        return file.getParent();
    }

    Path file() {
        return file;
    }

    /**
     * Lets an auditor look, and moves the file away.
     *
     * @param shown how many answers were given until now
     * @return whether the chain was whole, and there are at least as many records as answers
     */
    boolean isWhole(Doors auditor, long shown) throws IOException, InterruptedException {
        HttpResponse<String> page = auditor.look("/audit?limit=20", "application/json");
        Path away = archive.resolve(records + ".jsonl");
        bytes = Files.size(file);
        Files.move(file, away);
        try (Stream<String> lines = Files.lines(away)) {
            records += lines.count();
        }
        return page.statusCode() == 200 && page.body().contains("\"intact\":true") && records >= shown;
    }

    String told() {
        return String.format(Locale.ROOT, "audit %.1f MB today, %,d records", bytes / 1048576.0, records);
    }
}
