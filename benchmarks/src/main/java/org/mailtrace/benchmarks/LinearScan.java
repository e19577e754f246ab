package org.mailtrace.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.mailtrace.index.TraceIndex;

/** The same question by reading every file from its beginning to its end; both ways have to find the same rows. */
final class LinearScan {
    private static final int QUESTIONS = 5;

    private final Map<String, Path> servers;
    private final TraceIndex index;
    private final Samples samples;
    private final PrintStream out;

    LinearScan(Map<String, Path> servers, TraceIndex index, Samples samples, PrintStream out) {
        this.servers = servers;
        this.index = index;
        this.samples = samples;
        this.out = out;
    }

    void compare() throws IOException {
        Random random = new Random(3);
        long scanning = Long.MAX_VALUE;
        long asking = Long.MAX_VALUE;
        for (int i = 0; i < QUESTIONS; i++) {
            String id = samples.id(random);
            long begun = System.nanoTime();
            long scanned = scan(id.getBytes(StandardCharsets.UTF_8));
            long between = System.nanoTime();
            long found = index.search(Questions.byId(id, samples)).messages().stream()
                    .mapToLong(message -> message.rows().size())
                    .sum();
            scanning = Math.min(scanning, between - begun);
            asking = Math.min(asking, System.nanoTime() - between);
            if (scanned != found) {
                throw new IllegalStateException("reading found " + scanned + " rows, the index " + found);
            }
        }
        out.printf(
                Locale.ROOT,
                "reading    all files for one message id: %.0f ms; the index: %.2f ms, %,.0f times faster, same rows%n",
                scanning / 1e6,
                asking / 1e6,
                scanning / (double) asking);
    }

    private long scan(byte[] text) throws IOException {
        long rows = 0;
        for (Path folder : servers.values()) {
            try (Stream<Path> files = Files.list(folder)) {
                List<Path> all = files.toList();
                for (Path file : all) {
                    rows += count(Files.readAllBytes(file), text);
                }
            }
        }
        return rows;
    }

    /** Lines that hold the text. */
    private static long count(byte[] bytes, byte[] text) {
        long lines = 0;
        int i = 0;
        while (i <= bytes.length - text.length) {
            if (bytes[i] == text[0]
                    && bytes[i + text.length - 1] == text[text.length - 1]
                    && Arrays.equals(bytes, i, i + text.length, text, 0, text.length)) {
                lines++;
                while (i < bytes.length && bytes[i] != '\n') {
                    i++;
                }
            }
            i++;
        }
        return lines;
    }
}
