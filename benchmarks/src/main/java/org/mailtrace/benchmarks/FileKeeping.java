package org.mailtrace.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** In a file of SQLite with its write-ahead log; a service's {@link Life} says where. */
record FileKeeping(Path file) implements Keeping {
    private static final double MEGABYTE = 1 << 20;

    @Override
    public Map<String, String> settings() {
        return Map.of();
    }

    @Override
    public List<Growth.Amount> amounts() throws IOException {
        Path log = file.resolveSibling(file.getFileName() + "-wal");
        long bytes = Files.size(file) + (Files.exists(log) ? Files.size(log) : 0);
        return List.of(new Growth.Amount("file and log MB", bytes / MEGABYTE, 0.1));
    }
}
