package org.mailtrace.jobs.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes on one store, judged twice: by what they saw themselves, and by what the store remembers. */
class SharedQuotaTest {
    private final long seed = System.nanoTime();

    @TempDir
    private Path folder;

    @Test
    void twoProcessesOnOneStoreTogetherNeverExceedTheQuota() throws IOException, InterruptedException {
        // given
        Path file = folder.resolve("jobs.db");
        List<Take> seen = new ArrayList<>();
        try (ChildJvm one = ChildJvm.start(SpendingProcess.class, file, seed);
                ChildJvm two = ChildJvm.start(SpendingProcess.class, file, seed + 100)) {
            assertThat(one.hear()).isEqualTo("ready");
            assertThat(two.hear()).isEqualTo("ready");

            // when
            one.say("go");
            two.say("go");
            one.hearAll().forEach(line -> seen.add(Take.read(line)));
            two.hearAll().forEach(line -> seen.add(Take.read(line)));
        }

        // then
        List<Take> remembered = remembered(file);
        assertThat(requests(remembered))
                .as("what was taken is what is remembered, seed %d", seed)
                .isEqualTo(requests(seen))
                .isGreaterThan(SpendingProcess.ALLOWED * 5);
        for (Take first : seen) {
            assertThat(requests(within(first.before(), seen)))
                    .as("seed %d", seed)
                    .isLessThanOrEqualTo(SpendingProcess.ALLOWED);
        }
        for (Take first : remembered) {
            assertThat(requests(within(first.before(), remembered)))
                    .as("seed %d", seed)
                    .isLessThanOrEqualTo(SpendingProcess.ALLOWED);
        }
    }

    /** What was surely taken inside the window that begins then. */
    private static List<Take> within(Instant begin, List<Take> takes) {
        Instant end = begin.plus(SpendingProcess.WINDOW);
        return takes.stream()
                .filter(take -> !take.before().isBefore(begin) && take.after().isBefore(end))
                .toList();
    }

    private static int requests(List<Take> takes) {
        return takes.stream().mapToInt(Take::requests).sum();
    }

    private static List<Take> remembered(Path file) {
        try (SqliteStore store = SqliteStore.open(file, Clock.systemUTC())) {
            return store.read(connection -> {
                List<Take> takes = new ArrayList<>();
                try (PreparedStatement statement = connection.prepareStatement("SELECT at, requests FROM spent");
                        ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        Instant at = Instant.ofEpochMilli(rows.getLong(1));
                        takes.add(new Take(at, at, rows.getInt(2)));
                    }
                }
                return takes;
            });
        }
    }

    /** Requests taken at some moment between two. */
    private record Take(Instant before, Instant after, int requests) {
        static Take read(String line) {
            String[] words = line.split(" ", 3);
            return new Take(Instant.parse(words[0]), Instant.parse(words[1]), Integer.parseInt(words[2]));
        }
    }
}
