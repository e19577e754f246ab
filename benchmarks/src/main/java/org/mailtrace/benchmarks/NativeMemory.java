package org.mailtrace.benchmarks;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a Java machine says of its own memory, by purpose, in MB; it has to run with
 * {@code -XX:NativeMemoryTracking=summary}. What libraries allocate (SQLite, zlib) and what the allocator keeps is not in it.
 */
record NativeMemory(Map<String, Double> committed) {
    static final String OPTION = "-XX:NativeMemoryTracking=summary";
    private static final Pattern PURPOSE =
            Pattern.compile("(?m)^-\\s+(\\S[^(]*?) \\(reserved=\\d+KB, committed=(\\d+)KB");

    static NativeMemory of(Service service) throws IOException, InterruptedException {
        Map<String, Double> committed = new TreeMap<>();
        Matcher purpose = PURPOSE.matcher(service.jcmd("VM.native_memory", "summary", "scale=KB"));
        while (purpose.find()) {
            committed.put(purpose.group(1), Double.parseDouble(purpose.group(2)) / 1024);
        }
        return new NativeMemory(committed);
    }

    double megabytes(String purpose) {
        return committed.getOrDefault(purpose, 0.0);
    }

    double total() {
        return committed.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    /** Everything but the heap, each purpose with what it gained. */
    String since(NativeMemory before) {
        StringBuilder text = new StringBuilder();
        committed.forEach((purpose, now) -> {
            double gained = now - before.megabytes(purpose);
            if (!purpose.equals("Java Heap") && (now >= 1 || Math.abs(gained) >= 0.05)) {
                text.append(String.format(Locale.ROOT, "%s %.1f MB (%+.2f), ", purpose, now, gained));
            }
        });
        return text.append(String.format(Locale.ROOT, "all %.1f MB (%+.2f)", total(), total() - before.total()))
                .toString();
    }
}
