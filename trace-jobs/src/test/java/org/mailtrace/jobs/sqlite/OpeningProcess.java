package org.mailtrace.jobs.sqlite;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.mailtrace.jobs.NewJob;

/** Opens each file that it is told, and submits a job. */
final class OpeningProcess {
    static final String KIND = "opened";

    private OpeningProcess() {}

    /** Reads the names of the files from its input. */
    public static void main(String[] arguments) throws IOException {
        BufferedReader names = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String name = names.readLine(); name != null; name = names.readLine()) {
            try (SqliteStore store = SqliteStore.open(Path.of(name), Clock.systemUTC())) {
                store.jobs().submit(new NewJob(KIND, "alex", Optional.empty(), "asked", "", Duration.ofDays(1)));
            }
            System.out.println("submitted");
        }
    }
}
